"""Answers that stay open: pages hear what changed as it happens (server-sent events).

A page names what it shows (`/live/?about=objective:12`); Django says who asks and what of it they may see. From then
on the answer lives in the event loop alone. One thread for the whole process looks into the database once a second,
so it does not matter in which process a change was made.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from granian.rsgi import HTTPProtocol  # type: ignore[attr-defined]

    from tandem.activity.live import Changes

logger = logging.getLogger(__name__)
PATH, ENVIRON = "/live/", "tandem.live"
MOST, MOST_OF_ONE = 1_000, 12
PAUSE, HEARTBEAT = 1.0, 20.0  # seconds
LOOKS_BETWEEN_CHECKS = 10  # after so many looks: is everybody still signed in?
LONGEST = 1_800.0
HEADERS = [
    ("content-type", "text/event-stream"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),
    ("x-content-type-options", "nosniff"),
]
BELL = "bell"


@dataclass(eq=False)
class Listener:
    """One open page. What it has not been told yet is a set: a slow reader is told once, not often."""

    person: int
    session: str
    about: frozenset[str]
    waiting: set[str] = field(default_factory=set)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False

    def tell(self, names: frozenset[str]) -> None:
        if names:
            self.waiting |= names
            self.wake.set()

    def end(self) -> None:
        self.ended = True
        self.wake.set()


class Live:
    """The open pages of one server process."""

    def __init__(
        self, look: "Callable[[], Changes]", living: Callable[[dict[str, int]], set[str]], close: Callable[[], None]
    ) -> None:
        self._look, self._living, self._close = look, living, close
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._stop = Event()
        self._looking = asyncio.Event()

    def stop(self) -> None:
        self._stop.set()
        for one in list(self._listeners):
            one.end()

    async def serve(self, protocol: "HTTPProtocol", who: dict[str, Any]) -> None:
        """Keep the answer open until the reader leaves, the session ends, or the server does."""
        mine = sum(one.person == who["person"] for one in self._listeners)
        if len(self._listeners) >= MOST or mine >= MOST_OF_ONE or self._stop.is_set():
            protocol.response_empty(503, [("retry-after", "60")])
            return
        listener = Listener(who["person"], who["session"], frozenset(who["about"]))
        self._listeners.add(listener)
        gone = asyncio.ensure_future(protocol.client_disconnect())
        gone.add_done_callback(lambda _left: listener.end())
        self._watch()
        try:
            await self._looking.wait()
            await _speak(protocol.response_stream(200, HEADERS), listener)
        except (RuntimeError, OSError):
            pass  # the reader left
        finally:
            gone.cancel()
            self._listeners.discard(listener)

    def _watch(self) -> None:
        """Begin to look with the first reader."""
        self._loop = asyncio.get_running_loop()
        if self._thread is None or not self._thread.is_alive():
            self._looking.clear()
            self._thread = Thread(target=self._work, name="live", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        """The first look says from where on changes are news: nobody is told that they are heard before it."""
        looks = 0
        try:
            self._guarded(check=False)
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._looking.set)
            while not self._stop.wait(PAUSE):
                if self._listeners:
                    looks += 1
                    self._guarded(check=looks % LOOKS_BETWEEN_CHECKS == 0)
        finally:
            self._close()

    def _guarded(self, *, check: bool) -> None:
        try:
            self._once(check=check)
        except Exception:
            logger.exception("open pages could not be told")
            self._close()

    def _once(self, *, check: bool) -> None:
        changes = self._look()
        living = None
        if check:
            living = self._living({one.session: one.person for one in list(self._listeners)})
        if self._loop is not None and (changes.names or changes.people or living is not None):
            self._loop.call_soon_threadsafe(self._tell, changes, living)

    def _tell(self, changes: "Changes", living: set[str] | None) -> None:
        for one in list(self._listeners):
            one.tell((one.about & changes.names) | ({BELL} if one.person in changes.people else frozenset()))
            if living is not None and one.session not in living:
                one.end()


async def _speak(transport: Any, listener: Listener) -> None:
    loop = asyncio.get_running_loop()
    last = loop.time() + LONGEST
    await transport.send_str("retry: 5000\n\n")
    while not listener.ended and loop.time() < last:
        try:
            await asyncio.wait_for(listener.wake.wait(), HEARTBEAT)
        except TimeoutError:
            await transport.send_str(": \n\n")  # a reader who left without a word is noticed by this
            continue
        listener.wake.clear()
        names, listener.waiting = listener.waiting, set()
        if names and not listener.ended:
            await transport.send_str("".join(f"data: {name}\n\n" for name in sorted(names)))

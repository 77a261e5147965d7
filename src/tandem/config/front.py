"""The front door: takes requests in an event loop and hands them to the WSGI application in a few threads.

Threads make Django's answers, for its asynchronous handler costs several times as much. What an event loop
is good for, answers that stay open for hours (see `live.py`), is told apart by path and takes no thread.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

from tandem.config.live import ENVIRON, PATH, Live

if TYPE_CHECKING:
    from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]

logger = logging.getLogger(__name__)
Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Answer = tuple[int, Headers, bytes]
Request = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Answer]", dict[str, Any]]
LARGEST_BODY = 16 * 1024 * 1024
TOO_LARGE: Answer = (413, [("content-type", "text/plain")], b"That is more than Tandem takes at once.\n")
BROKEN: Answer = (500, [("content-type", "text/plain")], b"Tandem is broken; the reason is in its log.\n")
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})


class Background(Protocol):
    """Work beside the answers, in the same process."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Front:
    """An RSGI application around a WSGI one."""

    def __init__(
        self,
        application: Application,
        threads: int,
        background: "Background | None" = None,
        live: "Live | None" = None,
    ) -> None:
        self.application = application
        self.background = background
        self.live = live
        self._waiting: SimpleQueue[Request | None] = SimpleQueue()
        self._threads = [Thread(target=self._work, name=f"answer-{number}") for number in range(threads)]

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        for thread in self._threads:
            thread.start()
        if self.background is not None:
            self.background.start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.live is not None:
            self.live.stop()
        if self.background is not None:
            self.background.stop()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    async def __rsgi__(self, scope: "Scope", protocol: "HTTPProtocol") -> None:
        body = b"" if scope.method in _WITHOUT_BODY else await read_body(scope, protocol)
        if body is None:
            protocol.response_bytes(*TOO_LARGE)
            return
        made = environ(scope, body)
        if self.live is None or scope.path != PATH:
            protocol.response_bytes(*await self._asked(made))
            return
        who: dict[str, Any] = {}
        made[ENVIRON] = who
        answer = await self._asked(made)
        if who:
            await self.live.serve(protocol, who)
        else:
            protocol.response_bytes(*answer)

    async def _asked(self, made: dict[str, Any]) -> Answer:
        """What the application says; one of the threads asks it."""
        loop = asyncio.get_running_loop()
        # A queue and a plain future: half the price of the standard library's executor.
        done: asyncio.Future[Answer] = loop.create_future()
        self._waiting.put((loop, done, made))
        return await done

    def _work(self) -> None:
        while (request := self._waiting.get()) is not None:
            loop, done, environ_ = request
            try:
                answer = self._answer(environ_)
            except Exception:
                logger.exception("%s %s", environ_["REQUEST_METHOD"], environ_["PATH_INFO"])
                answer = BROKEN
            with suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(_tell, done, answer)

    def _answer(self, environ_: dict[str, Any]) -> Answer:
        head: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
            head[:] = [(int(status[:3]), headers)]

        chunks = self.application(environ_, start_response)
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return (*head[0], body)


def _tell(done: "asyncio.Future[Answer]", answer: Answer) -> None:
    if not done.done():  # the browser may have left
        done.set_result(answer)


async def read_body(scope: "Scope", protocol: "HTTPProtocol") -> bytes | None:
    """The whole body, read before a thread is taken: a slow sender holds up nobody. None if it is too large."""
    announced = scope.headers.get("content-length") or "0"
    if not announced.isdigit() or int(announced) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in protocol:
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def environ(scope: "Scope", body: bytes) -> dict[str, Any]:
    """The request as WSGI describes it."""
    host, _colon, port = scope.server.rpartition(":")
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # WSGI could not tell it from the name with a dash, which the proxy in front vouches for
        key = "HTTP_" + name.upper().replace("-", "_")
        joint = "; " if key == "HTTP_COOKIE" else ","
        made[key] = f"{made[key]}{joint}{value}" if key in made else value
    if scope.authority and "HTTP_HOST" not in made:
        made["HTTP_HOST"] = scope.authority
    if "HTTP_CONTENT_TYPE" in made:
        made["CONTENT_TYPE"] = made.pop("HTTP_CONTENT_TYPE")
    made.pop("HTTP_CONTENT_LENGTH", None)
    if body:
        made["CONTENT_LENGTH"] = str(len(body))
    return made

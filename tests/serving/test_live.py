"""Pages that stay open: who is told what, and when the answer ends."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from tandem.activity.live import Changes
from tandem.config import live
from tandem.config.live import Live


@dataclass
class Page:
    """The other side of an open answer."""

    heard: list[str] = field(default_factory=list)
    status: int = 0
    left: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def client_disconnect(self) -> None:
        await self.gone.wait()

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Page":
        assert ("content-type", "text/event-stream") in headers
        self.status = status
        return self

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.status = status

    async def send_str(self, text: str) -> None:
        if self.left:
            raise RuntimeError("closed")
        self.heard += [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]


def who(person: int, *about: str) -> dict[str, Any]:
    return {"person": person, "session": f"s{person}", "about": set(about)}


async def until(true: Any) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PAUSE", 0.01)
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)


def opened(changes: list[Changes], living: set[str] | None = None) -> Live:
    def still(sessions: dict[str, int]) -> set[str]:
        return set(sessions) if living is None else living

    return Live(lambda: changes.pop(0) if changes else Changes(), still, lambda: None)


def test_a_page_that_was_left_gives_its_place_back() -> None:
    async def story() -> None:
        door = opened([])
        for _visit in range(live.MOST_OF_ONE * 2):
            page = Page()
            task = asyncio.create_task(door.serve(page, who(1, "unit:1")))  # type: ignore[arg-type]
            await until(lambda page=page: page.status)
            assert page.status == 200
            page.gone.set()
            await task

    asyncio.run(story())


@pytest.mark.usefixtures("quick")
def test_each_page_hears_what_it_is_about() -> None:
    async def story() -> None:
        changes: list[Changes] = []
        door, ada, ben = opened(changes), Page(), Page()
        tasks = [
            asyncio.create_task(door.serve(ada, who(1, "objective:5"))),  # type: ignore[arg-type]
            asyncio.create_task(door.serve(ben, who(2, "objective:6"))),  # type: ignore[arg-type]
        ]
        await until(lambda: ada.status and ben.status)
        changes += [Changes({"objective:5", "unit:1"}, {2})]
        await until(lambda: ada.heard and ben.heard)
        assert (ada.heard, ben.heard) == (["objective:5"], ["bell"])
        door.stop()
        await asyncio.gather(*tasks)

    asyncio.run(story())


@pytest.mark.usefixtures("quick")
def test_an_answer_ends_with_its_session_and_with_its_reader() -> None:
    async def story() -> None:
        door, ada, ben = opened([], {"s2"}), Page(), Page()
        await asyncio.wait_for(door.serve(ada, who(1)), 10)  # type: ignore[arg-type]
        task = asyncio.create_task(door.serve(ben, who(2)))  # type: ignore[arg-type]
        await until(lambda: ben.status)
        ben.left = True
        await asyncio.wait_for(task, 10)
        door.stop()

    asyncio.run(story())


@pytest.mark.usefixtures("quick")
def test_open_pages_are_bounded() -> None:
    async def story() -> None:
        door, last = opened([]), Page()
        pages = [Page() for _number in range(live.MOST_OF_ONE)]
        tasks = [asyncio.create_task(door.serve(page, who(1))) for page in pages]  # type: ignore[arg-type]
        await until(lambda: all(page.status for page in pages))
        await door.serve(last, who(1))  # type: ignore[arg-type]
        assert last.status == 503
        door.stop()
        await asyncio.gather(*tasks)

    asyncio.run(story())

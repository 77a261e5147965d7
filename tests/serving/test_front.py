"""The front door: what it hands to the application and what it keeps out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tandem.config.front import LARGEST_BODY, Front, environ


class Headers:
    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def items(self) -> tuple[tuple[str, str], ...]:
        return self.pairs

    def get(self, name: str) -> str | None:
        return dict(self.pairs).get(name)


@dataclass
class Scope:
    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    headers: Headers = field(default_factory=Headers)
    client: str = "10.0.0.7:5000"
    server: str = "127.0.0.1:8000"
    scheme: str = "http"
    http_version: str = "1.1"
    authority: str | None = None


class Wire:
    """The other side: sends the chunks of a body, takes the answer."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks = chunks
        self.answer: tuple[int, list[tuple[str, str]], bytes] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            yield chunk

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = (status, headers, body)


def echo(environ_: dict[str, Any], start_response: Callable[..., None]) -> Iterable[bytes]:
    start_response("201 Created", [("x-length", environ_.get("CONTENT_LENGTH", "none"))])
    return [environ_["wsgi.input"].read(), b"!"]


def asked(application: Any, scope: Scope, *chunks: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    async def ask() -> None:
        front = Front(application, 2)
        front.__rsgi_init__(asyncio.get_running_loop())
        try:
            await front.__rsgi__(scope, wire)  # type: ignore[arg-type]
        finally:
            front.__rsgi_del__(asyncio.get_running_loop())

    wire = Wire(*chunks)
    asyncio.run(ask())
    assert wire.answer is not None
    return wire.answer


def test_a_body_in_pieces_arrives_whole() -> None:
    assert asked(echo, Scope("POST"), b"ab", b"cd") == (201, [("x-length", "4")], b"abcd!")


def test_a_fault_of_the_application_is_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_environ: dict[str, Any], _start: object) -> Iterable[bytes]:
        raise ValueError("secret")

    status, _headers, body = asked(broken, Scope(path="/week/"))
    assert (status, b"secret" in body) == (500, False)
    assert "GET /week/" in caplog.text


@pytest.mark.parametrize(
    ("headers", "chunks"),
    [
        (Headers(("content-length", str(LARGEST_BODY + 1))), [b"a"]),
        (Headers(("content-length", "-5")), [b"a"]),
        (Headers(), [b"a" * LARGEST_BODY, b"a"]),
    ],
)
def test_a_body_beyond_measure_is_refused(headers: Headers, chunks: list[bytes]) -> None:
    assert asked(echo, Scope("POST", headers=headers), *chunks)[0] == 413


def test_the_request_as_wsgi_describes_it() -> None:
    made = environ(
        Scope(  # type: ignore[arg-type]
            path="/a%20b/你",
            query_string="q=%201",
            client="[::1]:5000",
            headers=Headers(
                ("host", "okr.example"), ("cookie", "a=1"), ("cookie", "b=2"), ("accept", "x"), ("accept", "y"),
                ("content-type", "text/plain"), ("x_forwarded_for", "1.2.3.4"), ("x-forwarded-for", "5.6.7.8"),
            ),
        ),
        b"",
    )  # fmt: skip
    assert made["PATH_INFO"].encode("latin-1").decode() == "/a%20b/你"
    assert (made["QUERY_STRING"], made["REMOTE_ADDR"]) == ("q=%201", "::1")
    assert (made["HTTP_COOKIE"], made["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert made["CONTENT_TYPE"] == "text/plain"
    assert made["HTTP_X_FORWARDED_FOR"] == "5.6.7.8"
    assert (made["HTTP_HOST"], "CONTENT_LENGTH" in made) == ("okr.example", False)


def test_the_host_of_http_2() -> None:
    assert environ(Scope(authority="okr.example"), b"")["HTTP_HOST"] == "okr.example"  # type: ignore[arg-type]

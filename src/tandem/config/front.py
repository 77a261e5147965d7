"""The front door: takes requests in an event loop and hands them to the WSGI application in a few threads.

Threads make Django's answers, for its asynchronous handler costs several times as much. What an event loop
is good for, answers that stay open for hours, can be told apart by path in `Front.__rsgi__` and never takes a thread.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]

logger = logging.getLogger(__name__)
Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
BROKEN = (500, [("content-type", "text/plain")], b"Tandem is broken; the reason is in its log.\n")
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})


class Background(Protocol):
    """Work beside the answers, in the same process."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Front:
    """An RSGI application around a WSGI one."""

    def __init__(self, application: Application, threads: int, background: "Background | None" = None) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self.background = background

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.background is not None:
            self.background.start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        if self.background is not None:
            self.background.stop()
        self.pool.shutdown(wait=True)

    async def __rsgi__(self, scope: "Scope", protocol: "HTTPProtocol") -> None:
        body = b"" if scope.method in _WITHOUT_BODY else await protocol()
        loop = asyncio.get_running_loop()
        try:
            status, headers, answer = await loop.run_in_executor(self.pool, self._answer, environ(scope, body))
        except Exception:
            logger.exception("%s %s", scope.method, scope.path)
            status, headers, answer = BROKEN
        protocol.response_bytes(status, headers, answer)

    def _answer(self, environ_: dict[str, Any]) -> tuple[int, Headers, bytes]:
        head: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
            head[:] = [(int(status[:3]), headers)]

        chunks = self.application(environ_, start_response)
        try:
            answer = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return (*head[0], answer)


def environ(scope: "Scope", body: bytes) -> dict[str, Any]:
    """The request as WSGI describes it."""
    host, _colon, port = scope.server.rpartition(":")
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
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
        key = "HTTP_" + name.upper().replace("-", "_")
        made[key] = f"{made[key]},{value}" if key in made else value
    if scope.authority and "HTTP_HOST" not in made:
        made["HTTP_HOST"] = scope.authority
    if "HTTP_CONTENT_TYPE" in made:
        made["CONTENT_TYPE"] = made.pop("HTTP_CONTENT_TYPE")
    made.pop("HTTP_CONTENT_LENGTH", None)
    if body:
        made["CONTENT_LENGTH"] = str(len(body))
    return made

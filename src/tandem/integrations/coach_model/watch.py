"""A request whose whole answer has a time: each byte may come in time and the answer still never end."""

import socket
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Any
from urllib.request import HTTPHandler, HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener


class Watch:
    """Cuts the connections of its opener when the seconds are over, whatever is being waited for. No redirects."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "Watch":
        self._timer.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._timer.cancel()

    def opener(self) -> OpenerDirector:
        return build_opener(_Plain(self), _Secured(self), _NoRedirect)

    def add(self, one: socket.socket) -> None:
        self._sockets.append(one)

    def _end(self) -> None:
        self.is_over = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class _Watched(HTTPConnection):
    def __init__(self, watch: Watch, *where: Any, **how: Any) -> None:
        super().__init__(*where, **how)
        self._watch = watch

    def connect(self) -> None:
        super().connect()
        self._watch.add(self.sock)


class _WatchedAndSecured(_Watched, HTTPSConnection):
    pass


class _Plain(HTTPHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_Watched, self._watch), req)


class _Secured(HTTPSHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_WatchedAndSecured, self._watch), req)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_what: Any, **_more: Any) -> None:
        return None

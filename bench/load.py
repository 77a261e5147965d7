"""Clients: kept connections that send one request after another for a while. Loopback only."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TIMEOUT = 30.0
Request = Callable[[int], bytes]


@dataclass
class Outcome:
    """What a run of clients came to."""

    done: int = 0
    seconds: float = 0.0
    faults: dict[int, int] = field(default_factory=dict)
    example: bytes = b""

    @property
    def failed(self) -> int:
        return sum(self.faults.values())


class Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.socket.sendall(request)
        head, body = self._until(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self._more()
        return int(head[9:12]), body

    def _until(self, mark: bytes) -> tuple[bytes, bytes]:
        read = b""
        while mark not in read:
            read += self._more()
        head, _mark, rest = read.partition(mark)
        return head, rest

    def _more(self) -> bytes:
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        return part

    def close(self) -> None:
        self.socket.close()


def request(method: str, path: str, cookie: str = "", body: bytes = b"", csrf: str = "") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: */*", "Accept-Language: en"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method != "GET":
        lines += [f"X-CSRFToken: {csrf}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(port: int, requests: Sequence[Request], *, seconds: float = 0, times: int = 0, good: int = 200) -> Outcome:
    """One client for each of `requests` (a number to bytes), for `seconds` or `times` requests each."""
    outcome, lock = Outcome(), threading.Lock()
    begin = time.perf_counter()

    def client(make: Request) -> None:
        try:
            connection = Connection(port)
        except OSError:
            with lock:
                outcome.faults[0] = outcome.faults.get(0, 0) + 1
            return
        place = 0
        while (place < times) if times else (time.perf_counter() - begin < seconds):
            try:
                status, body = connection.send(make(place))
            except OSError as fault:
                status, body = 0, str(fault).encode()
            place += 1
            with lock:
                outcome.done += 1
                if status != good:
                    outcome.faults[status] = outcome.faults.get(status, 0) + 1
                    outcome.example = body[:300]
            if status == 0:
                break
        connection.close()

    threads = [threading.Thread(target=client, args=(make,), daemon=True) for make in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.seconds = time.perf_counter() - begin
    return outcome

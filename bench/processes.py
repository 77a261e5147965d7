"""What processes cost: CPU time and memory, read from /proc; and servers that end with the measurement."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import cpu_ms, memory_mb, processes

__all__ = ["cpu_ms", "memory_mb", "processes"]
START_SECONDS, STOP_SECONDS = 60, 15


def tandem(environment: dict[str, str], *arguments: str) -> float:
    """Run a `tandem` command to its end; how many seconds it took. Its progress is shown on a terminal."""
    begin = time.perf_counter()
    subprocess.run([_program(), *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def _program() -> str:
    return str(Path(sys.executable).with_name("tandem"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[int, list[int]]]:
    """`tandem serve` on a free port, with its process ids; stopped at the end, whatever happens."""
    port = free_port()
    server = subprocess.Popen(
        [_program(), "serve", "--port", str(port), "--no-worker"],
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, server)
        yield port, processes(server.pid)
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, 9)
            server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("bench: the server did not start")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("bench: the server did not start in time")


def resident_mb(pids: list[int]) -> float:
    texts = [Path(f"/proc/{pid}/status").read_text() for pid in pids]
    return sum(int(re.findall(r"^VmRSS:\s+(\d+)", text, re.MULTILINE)[0]) for text in texts) / 1024

"""A server of its own process, as people start it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"  # those under test, wherever the environment was made for


@dataclass
class Running:
    process: "subprocess.Popen[str]"
    address: str
    seconds_to_first_page: float

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return fetch(self.address + path, **headers)

    def memory_mb(self) -> float:
        """All processes of the server; shared pages counted once."""
        pids = _tree(self.process.pid)
        texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
        return (
            sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line.startswith("Pss:")) / 1024
        )


def environment(data: Path, **settings: str) -> dict[str, str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TANDEM_", "DJANGO_", "PYTEST_", "PYTHONPATH"))
    }
    return {**clean, "PYTHONPATH": str(SOURCES), "TANDEM_DATA_DIR": str(data), **settings}


@contextmanager
def serving(data: Path, *arguments: str, tandem: tuple[str, ...] = (), **settings: str) -> Iterator[Running]:
    """`tandem serve` on a free port, stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = tandem or (sys.executable, "-m", "tandem")
    started = time.monotonic()
    process = subprocess.Popen(
        [*program, "serve", "--port", str(port), *arguments],
        env=environment(data, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address + "/accounts/login/", process)
        yield Running(process, address, time.monotonic() - started)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


def fetch(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answered:
            return answered.status, answered.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def wait_for(address: str, process: "subprocess.Popen[str]", seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {process.stdout.read() if process.stdout else ''}")
        try:
            fetch(address)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not answer")


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _tree(int(child)))]

"""Server and worker killed in a storm of writes: is every acknowledged write there, once, and no mail sent twice?

python -m bench.storm [--writes 10000] [--kills 12] [--database sqlite|postgresql] [--seed 7]

Writers send check-ins and comments, a champion opens and closes cycles, each write with an `Idempotency-Key`. A write
that was not answered (the server was killed under it) is sent again with its key until it is. `kill -9` hits server and
worker at moments that the seed chooses. The end counts: what was acknowledged must be there exactly once.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.sink import Sink

PATIENCE = 120  # seconds that a writer waits for a server to come back
TALKERS = 4
MAILS = 40  # at the start and after each kill


@dataclass
class Storm:
    environment: dict[str, str]
    port: int
    wanted: int
    acknowledged: dict[str, int] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    repeated: int = 0
    doors: list["Door"] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self) -> int:
        return len(self.acknowledged) + len(self.said) + 2 * len(self.closed)

    def door(self, token: str) -> "Door":
        self.doors.append(Door(self, token))
        return self.doors[-1]

    def is_over(self) -> bool:
        return self.count() >= self.wanted or bool(self.faults)

    def inside(self, *arguments: str) -> Any:
        command = [sys.executable, "-m", "bench.storm_company", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> list["subprocess.Popen[bytes]"]:
        quiet = {"env": self.environment, "stdout": subprocess.DEVNULL, "start_new_session": True}
        serve = [sys.executable, "-m", "tandem", "serve", "--port", str(self.port), "--no-worker"]
        return [
            subprocess.Popen(serve, **quiet),  # type: ignore[call-overload]
            subprocess.Popen([sys.executable, "-m", "tandem", "work"], **quiet),  # type: ignore[call-overload]
        ]


class Door:
    """One client: a request is sent until it is answered."""

    def __init__(self, storm: Storm, token: str) -> None:
        self.storm = storm
        self.token = token
        self.line: http.client.HTTPConnection | None = None

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None

    def post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        key, until = uuid.uuid4().hex, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return self._once(path, body, key)
            except (OSError, http.client.HTTPException):
                self.close()
                self.storm.repeated += 1
                time.sleep(0.5)
        raise TimeoutError(path)

    def _once(self, path: str, body: dict[str, object], key: str) -> dict[str, Any]:
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.storm.port, timeout=30)
        headers = {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key,
        }  # fmt: skip
        self.line.request("POST", f"/api/v1{path}", json.dumps(body), headers)
        response = self.line.getresponse()
        text = response.read()
        if response.status not in (200, 201):
            raise RuntimeError(f"{path}: {response.status} {text[:300]!r}")
        found: dict[str, Any] = json.loads(text)
        return found


def check_in(storm: Storm, writer: dict[str, Any], name: str) -> None:
    door, number = storm.door(writer["token"]), 0
    while not storm.is_over():
        number += 1
        note = f"{name}-{number}"
        door.post(f"/key-results/{writer['key_result']}/check-ins", {"value": number, "note": note, "confidence": 5})
        with storm.lock:
            storm.acknowledged[note] = number


def talk(storm: Storm, writer: dict[str, Any], name: str) -> None:
    door, number = storm.door(writer["token"]), 0
    while not storm.is_over():
        number += 1
        text = f"{name}-says-{number}"
        door.post(f"/objectives/{writer['objective']}/comments", {"text": text})
        with storm.lock:
            storm.said.add(text)


def close(storm: Storm, token: str) -> None:
    door, number = storm.door(token), 0
    while not storm.is_over():
        number += 1
        body = {"name": f"C{number}", "kind": "custom", "start": "2025-01-01", "end": "2025-01-31"}
        made = door.post("/cycles", body)
        door.post(f"/cycles/{made['id']}/phase", {"phase": "closed"})
        with storm.lock:
            storm.closed.add(str(body["name"]))
        time.sleep(0.2)


def guarded(storm: Storm, act: Any, *arguments: Any) -> threading.Thread:
    def run() -> None:
        try:
            act(storm, *arguments)
        except Exception as fault:  # noqa: BLE001 - whatever it was, the storm has failed
            storm.faults.append(repr(fault))

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def blow(storm: Storm, kills: int, seed: int, tell: Any) -> None:
    """Write, kill, start again, until as much is acknowledged as was wanted."""
    known, chance = storm.inside("make"), random.Random(seed)
    storm.inside("mails", str(MAILS))
    moments = sorted(chance.randrange(storm.wanted // 20, storm.wanted) for _kill in range(kills))
    running = storm.start()
    threads = [guarded(storm, check_in, one, f"w{n}") for n, one in enumerate(known["writers"])]
    threads += [guarded(storm, talk, one, f"w{n}") for n, one in enumerate(known["writers"][:TALKERS])]
    threads.append(guarded(storm, close, known["champion"]))
    try:
        for moment in moments:
            while storm.count() < moment and not storm.faults:
                time.sleep(0.005)
            kill(running)
            tell(f"killed at {storm.count()}")
            storm.inside("lost")
            storm.inside("mails", str(MAILS))
            running = storm.start()
        for thread in threads:
            thread.join()
        time.sleep(5)  # the last mails
    finally:
        kill(running)
        for door in storm.doors:
            door.close()


def kill(running: list["subprocess.Popen[bytes]"]) -> None:
    """The whole group of each: server and server processes at once, without a word."""
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def verdict(storm: Storm, sink: Sink) -> list[str]:
    """What is wrong; nothing is what one hopes for."""
    told = storm.inside("told")
    notes, faults = told["notes"], list(storm.faults)
    faults += [f"lost: {note}" for note in storm.acknowledged if notes.get(note, 0) == 0]
    faults += [f"twice: {note} ({count})" for note, count in notes.items() if count > 1]
    faults += [f"said {told['comments'].get(text, 0)} times: {text}" for text in storm.said
               if told["comments"].get(text, 0) != 1]  # fmt: skip
    faults += [f"not closed: {name}" for name in storm.closed - set(told["closed"])]
    faults += [
        f"mail sent {count} times: {name}" for name, count in sink.subjects.items() if count > 1 and is_numbered(name)
    ]
    command = [sys.executable, "-m", "tandem", "check"]
    check = subprocess.run(command, env=storm.environment, capture_output=True, text=True, check=False)
    return faults + (check.stdout.splitlines() if check.returncode else [])


def is_numbered(subject: str) -> bool:
    """One of the storm's own mails: each has a subject of its own, as notices of comments have not."""
    return subject.startswith("storm ")


def storm(database: str, writes: int, kills: int, seed: int, tell: Any) -> tuple[Storm, Sink, list[str], float]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tandem-storm-")))
        sink = Sink()
        stack.callback(sink.server_close)
        stack.callback(sink.shutdown)
        blown = Storm(_environment(stack, folder, database, sink), _free_port(), writes)
        begun = time.monotonic()
        blow(blown, kills, seed, tell)
        seconds = time.monotonic() - begun
        return blown, sink, verdict(blown, sink), seconds


def _environment(stack: ExitStack, folder: Path, database: str, sink: Sink) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TANDEM_", "PYTEST_"))}
    settings = {
        "DJANGO_SETTINGS_MODULE": "tandem.config.settings", "TANDEM_DATA_DIR": str(folder / "data"),
        "TANDEM_RATE_PERSON": "0", "TANDEM_RATE_ADDRESS": "0", "TANDEM_MAIL_URL": sink.url,
    }  # fmt: skip
    if database == "postgresql":
        from bench.postgresql import cluster

        settings["TANDEM_DATABASE_URL"] = stack.enter_context(cluster(folder)).url
    return {**kept, **settings}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def tell(said: str) -> None:
    print(said, flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--writes", type=int, default=10_000)
    asked.add_argument("--kills", type=int, default=12)
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked.add_argument("--seed", type=int, default=7)
    how = asked.parse_args()
    blown, sink, faults, seconds = storm(how.database, how.writes, how.kills, how.seed, tell)
    mails = sum(map(is_numbered, sink.subjects.elements()))
    print(
        f"{how.database}: {blown.count()} acknowledged writes ({len(blown.acknowledged)} check-ins, "
        f"{len(blown.said)} comments, {len(blown.closed)} cycles opened and closed), {how.kills} kills, "
        f"{blown.repeated} requests sent again, {mails} mails of {MAILS * (how.kills + 1)}, {seconds:.0f} s: "
        f"{f'{len(faults)} faults' if faults else 'nothing lost, nothing twice'}"
    )
    for fault in faults[:50]:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

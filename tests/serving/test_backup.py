"""A backup taken from one place and brought back into another, on the run's own kind of database."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.serving.server import environment, serving
from tests.settings import wants_postgresql

pytestmark = pytest.mark.slow

PLAN = {
    "tandem": 1,
    "organization": {"name": "Acme 极光", "timezone": "Asia/Shanghai"},
    "cycles": [{"id": "q4", "name": "2026 Q4", "start": "2026-10-01", "end": "2026-12-31"}],
    "units": [{"id": "acme", "name": "Acme", "kind": "company"}, {"id": "web", "name": "Web", "parent": "acme"}],
    "people": [{"id": "ada", "name": "Ada", "email": "ada@example.com", "unit": "web", "lead": True}],
    "objectives": [
        {"id": f"o{number}", "cycle": "q4", "owner": "person:ada", "title": f"第 {number} 个目标 “tab\tand \\ slash”",
         "key_results": [{"id": f"o{number}k", "title": "Activation", "kind": "metric", "start": 30, "target": 45,
                          "check_ins": [{"date": "2026-10-16", "value": 36, "confidence": 6, "note": "one\ntwo"}]}]}
        for number in range(20)
    ],
}  # fmt: skip


@dataclass
class Place:
    """A Tandem of its own: a data directory, and a database in it or on the run's PostgreSQL."""

    data: Path
    url: str = ""

    @property
    def settings(self) -> dict[str, str]:
        return {"TANDEM_DATABASE_URL": self.url} if self.url else {}

    def run(self, *arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tandem", *arguments],
            env=environment(self.data, **self.settings), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr


@pytest.fixture
def place(tmp_path: Path) -> "Place":
    return new_place(tmp_path, "here")


@pytest.fixture
def other(tmp_path: Path) -> "Place":
    return new_place(tmp_path, "there")


def new_place(tmp_path: Path, name: str) -> Place:
    if not wants_postgresql():
        return Place(tmp_path / name)
    server, database = os.environ["TANDEM_DATABASE_URL"], f"place_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{database}"')
    return Place(tmp_path / name, f"{server.rpartition('/')[0]}/{database}")


@pytest.fixture
def filled(place: Place, tmp_path: Path) -> Place:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(PLAN), encoding="utf-8")
    place.run("apply", str(plan))
    (place.data / "uploads").mkdir()
    (place.data / "uploads" / "logo.txt").write_text("a logo")
    return place


def test_restored_into_a_new_place(filled: Place, other: Place, tmp_path: Path) -> None:
    token = filled.run("token", "add", "ada@example.com", "--name", "CI").strip()
    said, file = filled.run("backup", str(tmp_path / "b.zip")), tmp_path / "b.zip"
    assert said == ""  # quiet in a pipe
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob(".*")] == []

    other.run("restore", str(file))
    assert other.run("export") == filled.run("export")
    assert "true" in other.run("check")
    assert (other.data / "secret_key").read_text() == (filled.data / "secret_key").read_text()
    assert (other.data / "uploads" / "logo.txt").read_text() == "a logo"
    with serving(other.data, **other.settings) as there:
        status, text = there.get("/api/v1/objectives", Authorization=f"Bearer {token}")
        assert (status, len(json.loads(text)["items"])) == (200, 20)
    other.run("user", "add", "zoe@example.com", "--password", "a-long-way-to-ride")  # keys go on where they stood


def test_a_full_place_is_replaced_only_when_told(filled: Place, other: Place, tmp_path: Path) -> None:
    file = str(tmp_path / "b.zip")
    filled.run("backup", file)
    other.run("user", "add", "zoe@example.com", "--password", "a-long-way-to-ride")
    before = other.run("export")
    assert "--replace" in other.run("restore", file, status=1)
    assert other.run("export") == before
    other.run("restore", file, "--replace")
    assert other.run("export") == filled.run("export")
    filled.run("restore", file, "--replace")  # and over itself


def test_a_damaged_file_changes_nothing(filled: Place, other: Place, tmp_path: Path) -> None:
    file, bad = tmp_path / "b.zip", tmp_path / "bad.zip"
    filled.run("backup", str(file))
    whole = file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        members = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
    largest = max(members, key=lambda name: len(members[name]))

    def rewritten(manifest: dict[str, object], members: dict[str, bytes]) -> bytes:
        with zipfile.ZipFile(bad, "w") as archive:
            for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
                archive.writestr(name, content)
        return bad.read_bytes()

    changed = {**members, largest: members[largest][:-2] + b"?\n"}
    for content in (
        b"", b"no archive", whole[: len(whole) // 2], whole[:-200],
        rewritten(manifest, changed),
        rewritten(manifest, {name: one for name, one in members.items() if name != largest}),
        rewritten({**manifest, "kind": "postgresql" if manifest["kind"] == "sqlite" else "sqlite"}, members),
        rewritten({**manifest, "format": 99, "version": "9.9"}, members),
        rewritten({}, members),
    ):  # fmt: skip
        bad.write_bytes(content)
        assert len(other.run("restore", str(bad), status=1).splitlines()) == 1
    other.run("restore", str(file))


def test_taken_while_people_write(filled: Place, other: Place, tmp_path: Path) -> None:
    token = filled.run("token", "add", "ada@example.com", "--name", "CI", "--scope", "write").strip()
    stop, acknowledged = threading.Event(), []

    def write(address: str) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            body = json.dumps({"value": number, "note": f"n{number}"}).encode()
            if post(f"{address}/api/v1/key-results/1/check-ins", body, token) == 201:
                acknowledged.append(number)

    with serving(filled.data, **filled.settings) as here:
        writer = threading.Thread(target=write, args=(here.address,))
        writer.start()
        while len(acknowledged) < 5:
            time.sleep(0.02)
        before = len(acknowledged)
        filled.run("backup", str(tmp_path / "b.zip"))
        after = len(acknowledged)
        stop.set()
        writer.join()
    assert after > before, "the backup held up the writers"
    other.run("restore", str(tmp_path / "b.zip"))
    assert "true" in other.run("check")
    assert f'"n{before}"' in other.run("export").replace("'", '"')


def post(address: str, body: bytes, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(address, body, headers)
    with urllib.request.urlopen(request, timeout=30) as answered:
        return int(answered.status)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_interrupted_it_leaves_the_last_one(filled: Place, tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "b.zip"
    file.write_bytes(b"the last one")
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED], env=environment(filled.data, **filled.settings) | {"FILE": str(file)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    process.send_signal(number)
    assert process.wait(30) != 0
    process.stdout.close()
    assert file.read_bytes() == b"the last one"
    filled.run("backup", str(file))
    assert zipfile.is_zipfile(file)


STOPPED = """
import os, signal, sys, time
from tandem.config import cli
from tandem.integrations.backup import archive
signal.signal(signal.SIGINT, signal.default_int_handler)  # as at a terminal: a shell's background jobs ignore it
def stop(self, *args, **kwargs):
    print("in the middle", flush=True)
    time.sleep(60)
archive.Writer.file = stop
sys.argv = ["tandem", "backup", os.environ["FILE"]]
cli.main()
"""


def test_somewhere_one_may_not_write(filled: Place, tmp_path: Path) -> None:
    assert len(filled.run("backup", str(tmp_path / "none" / "b.zip"), status=1).splitlines()) == 1

"""`tandem serve` as people run it."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.serving.server import environment, serving

pytestmark = pytest.mark.slow


def tandem(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tandem", *arguments],
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_from_nothing_to_a_page(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server:
        status, page = server.get("/accounts/login/", Accept_Language="zh-CN")
        assert (status, 'lang="zh-hans"' in page) == (200, True)
        assert server.get(re.findall(r'href="(/static/[^"]+\.css)"', page)[0])[0] == 200
        assert server.get("/healthz") == (200, "ok\n")
        assert server.get("/readyz") == (200, "ok\n")
        assert "tandem_answers_total" in server.get("/metrics")[1]
        assert server.get("/api/v1/nothing")[0] in (401, 404)
        assert server.memory_mb() < 150
    assert server.process.returncode == 0
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    with sqlite3.connect(data / "tandem.sqlite3") as base:
        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_second_start_is_quick_and_keeps_the_secret(tmp_path: Path) -> None:
    with serving(tmp_path):
        kept = (tmp_path / "secret_key").read_text()
    with serving(tmp_path) as server:
        assert (tmp_path / "secret_key").read_text() == kept
        assert server.seconds_to_first_page < 6  # the budget of 2 s is measured by the benchmark, not on a busy machine


def test_several_processes_answer_and_count_together(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as server:
        for _ in range(20):
            assert server.get("/accounts/login/")[0] == 200
        counted = re.findall(r'tandem_answers_total\{door="sign-in",status="2xx"\} (\d+)', server.get("/metrics")[1])
        assert int(counted[0]) >= 21


def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        child = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()[0]
        os.kill(int(child), signal.SIGKILL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                if server.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail("nobody answers any more")


def test_the_worker_sends_what_a_page_asked_for(tmp_path: Path) -> None:
    assert tandem(tmp_path, "user", "add", "ada@example.com", "--password", "a-long-way-to-ride").returncode == 0
    with serving(tmp_path) as server:
        status = subprocess.run(
            [sys.executable, "-c", RESET, server.address], env=environment(tmp_path), check=True, timeout=30
        ).returncode
        assert status == 0
        said = ""
        deadline = time.monotonic() + 15
        assert server.process.stdout is not None
        while "/accounts/password/reset/key/" not in said and time.monotonic() < deadline:
            said += server.process.stdout.readline()
    assert "To: ada@example.com" in said


RESET = """
import http.cookiejar, re, sys, urllib.parse, urllib.request
base = sys.argv[1]
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
page = opener.open(base + "/accounts/password/reset/").read().decode()
token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "email": "ada@example.com"}).encode()
opener.open(urllib.request.Request(base + "/accounts/password/reset/", form, {"Referer": base + "/"})).read()
"""


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        port = server.address.rpartition(":")[2]
        done = tandem(tmp_path, "serve", "--port", port)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert port in done.stderr


def test_work_stops_when_asked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tandem", "work"], env=environment(tmp_path), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("Working")
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    process.stdout.close()

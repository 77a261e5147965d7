"""Two servers on two ports, each with a data directory of its own, against one database: they behave as one."""

import http.client
import json
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bench.sink import Sink

from tests.serving.server import Running, environment, serving
from tests.serving.test_backup import Place, new_place
from tests.serving.test_crowd import COMPANY

pytestmark = pytest.mark.slow
MAILS, PATIENCE = 40, 60.0

SIGNED_IN = """
from django.test import Client
client = Client()
client.force_login(lead)
print(json.dumps({name: one.value for name, one in client.cookies.items()}))
"""
TASKS = """
import django, json
django.setup()
from django_tasks_db.models import DBTaskResult
rows = DBTaskResult.objects.all()
print(json.dumps([[f"{one.task_path} {one.args_kwargs['args']}", one.status, len(one.worker_ids)] for one in rows]))
"""


@dataclass
class Pair:
    """Both servers, and what the story needs to know of the company in their database."""

    one: Running
    other: Running
    inside: dict[str, str]
    known: dict[str, Any]
    cookies: dict[str, str]
    sink: Sink

    def ask(self, server: Running, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        line = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=30)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Cookie": cookie, "Accept": "text/html,application/json", **headers}
        line.request(method, path, None if body is None else json.dumps(body), told)
        response = line.getresponse()
        text = response.read().decode()
        line.close()
        return response.status, text

    def check_in(self, server: Running, value: int) -> None:
        headers = {"Authorization": f"Bearer {self.known['token']}", "Content-Type": "application/json"}
        path = f"/api/v1/key-results/{self.known['results'][0]}/check-ins"
        status, text = self.ask(server, "POST", path, {"value": value, "confidence": 6}, **headers)
        assert status == 201, text

    def tasks(self) -> list[list[Any]]:
        found: list[list[Any]] = json.loads(run_inside(self.inside, TASKS)[-1])
        return found


def run_inside(inside: dict[str, str], program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", program], env=inside, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    place: Place = new_place(tmp_path, "one")
    place.data.mkdir()
    settings = {
        "TANDEM_DATABASE_URL": place.url or f"sqlite:///{tmp_path / 'both.sqlite3'}",
        "TANDEM_SECRET_KEY": "one and the same for both, as the handbook asks; fifty characters and more",
    }
    sink = Sink()
    settings["TANDEM_MAIL_URL"] = sink.url
    inside = environment(place.data, **settings) | {"DJANGO_SETTINGS_MODULE": "tandem.config.settings"}
    known, cookies = (json.loads(line) for line in run_inside(inside, COMPANY + SIGNED_IN)[-2:])
    with serving(place.data, **settings) as one, serving(tmp_path / "other", **settings) as other:
        yield Pair(one, other, inside, known, cookies, sink)
    sink.shutdown()
    sink.server_close()


def until(true: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


@contextmanager
def listening(pair: Pair, server: Running, about: str) -> Iterator[http.client.HTTPResponse]:
    line = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=PATIENCE)
    cookie = "; ".join(f"{name}={value}" for name, value in pair.cookies.items())
    line.request("GET", f"/live/?{urllib.parse.urlencode({'about': about})}", headers={"Cookie": cookie})
    response = line.getresponse()
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/event-stream"
    try:
        yield response
    finally:
        line.close()


def heard(response: http.client.HTTPResponse, name: str) -> bool:
    """Reads on until the stream tells of it; a stream that ends has not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and (line := response.readline()):
        if line.strip() == f"data: {name}".encode():
            return True
    return False


def test_a_session_is_known_to_both_and_ends_on_both(pair: Pair) -> None:
    for server in (pair.one, pair.other):
        status, text = pair.ask(server, "GET", f"/objectives/{pair.known['objective']}/")
        assert (status, "All of us" in text) == (200, True)
    token = pair.cookies.setdefault("csrf", "a" * 32)
    status, _text = pair.ask(
        pair.one, "POST", "/accounts/logout/", **{"X-CSRFToken": token, "Referer": f"{pair.one.address}/"}
    )
    assert status in (200, 302)
    status, _text = pair.ask(pair.other, "GET", f"/objectives/{pair.known['objective']}/")
    assert status == 302


def test_a_page_of_one_hears_what_is_written_through_the_other(pair: Pair) -> None:
    name = f"objective:{pair.known['objective']}"
    with listening(pair, pair.one, name) as here, listening(pair, pair.other, name) as there:
        pair.check_in(pair.one, 10)
        assert heard(here, name)
        assert heard(there, name)
        pair.check_in(pair.other, 20)
        assert heard(here, name)
        assert heard(there, name)
    _status, text = pair.ask(pair.one, "GET", f"/api/v1/objectives/{pair.known['objective']}")
    assert [one["current"] for one in json.loads(text)["key_results"]][:1] in ([20], [20.0], ["20"])


def test_two_workers_share_the_queue_and_do_each_job_once(pair: Pair) -> None:
    command = [sys.executable, "-m", "bench.storm_company", "mails", str(MAILS)]
    subprocess.run(command, env=pair.inside, cwd=Path(__file__).parents[2], check=True, capture_output=True)
    until(lambda: len([one for one in pair.sink.subjects if one.startswith("storm ")]) == MAILS)
    until(lambda: all(status == "SUCCESSFUL" for _path, status, _workers in pair.tasks()))
    assert set(pair.sink.subjects.values()) == {1}
    tasks = pair.tasks()
    assert {workers for _path, _status, workers in tasks} == {1}
    periodic = [path for path, _status, _workers in tasks if "run_job" in path]
    assert periodic, "the periodic jobs were due at the start"
    assert len(periodic) == len(set(periodic))

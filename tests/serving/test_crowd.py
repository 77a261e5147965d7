"""Sixty-four at once on one unit: editors of one objective, people who check in, closers of cycles with its goals."""

import http.client
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.serving.server import environment, serving
from tests.serving.test_backup import Place, new_place

pytestmark = pytest.mark.slow

EDITORS, CHECKERS, CLOSERS, ROUNDS = 24, 28, 12, 3

COMPANY = """
import django, json
django.setup()
from datetime import timedelta
from tandem.config.database_upgrade import upgrade_database
upgrade_database()
from tandem.core.clock import today
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.tokens import make_token
unit = people.create_unit(SYSTEM, None, name="Web", kind="company")
lead = people.add_person(SYSTEM, unit, name="Lin", email="lin@example.com")
lead = people.set_roles(SYSTEM, lead, champion=True)
unit = people.name_lead(SYSTEM, unit, lead=lead)
cycle = cycles.create_cycle(SYSTEM, None, name="Now", start=today() - timedelta(30), end=today() + timedelta(60))
one = okr.publish_objective(lead, okr.create_objective(lead, unit, cycle=cycle, title="All of us"))
results = [okr.add_key_result(lead, one, title=f"KR {n}", kind="metric", start=0, target=100).pk for n in range(4)]
print(json.dumps({"token": make_token(SYSTEM, lead, name="x", scope="admin")[1], "objective": one.pk,
                  "results": results, "unit": unit.pk, "cycle": cycle.pk}))
"""


class Crowd:
    def __init__(self, address: str, known: dict[str, Any]) -> None:
        self.host = address.removeprefix("http://")
        self.known = known
        self.faults: list[str] = []

    def ask(self, method: str, path: str, body: object = None, good: tuple[int, ...] = (200, 201)) -> Any:
        line = http.client.HTTPConnection(self.host, timeout=120)
        headers = {"Authorization": f"Bearer {self.known['token']}", "Content-Type": "application/json"}
        line.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), headers)
        response = line.getresponse()
        status, text = response.status, response.read()
        line.close()
        if status not in good:
            raise AssertionError(f"{method} {path}: {status} {text[:300]!r}")
        return status, json.loads(text)

    def edit(self, name: str) -> None:
        """Add a word to what stands, however often somebody else was first."""
        path = f"/objectives/{self.known['objective']}"
        for turn in range(ROUNDS):
            status = 409
            while status == 409:
                _status, seen = self.ask("GET", path)
                body = {"description": f"{seen['description']} {name}.{turn}".strip(), "version": seen["version"]}
                status, _answer = self.ask("PATCH", path, body, (200, 409))

    def check_in(self, name: str) -> None:
        results = self.known["results"]
        for turn in range(ROUNDS):
            path = f"/key-results/{results[hash(name) % len(results)]}/check-ins"
            self.ask("POST", path, {"value": turn, "note": f"{name}.{turn}", "confidence": 5})

    def close(self, name: str) -> None:
        dates = {"kind": "custom", "start": "2025-01-01", "end": "2025-01-31"}
        for turn in range(ROUNDS):
            _status, cycle = self.ask("POST", "/cycles", {"name": f"{name}.{turn}", **dates})
            goal = {"cycle": cycle["id"], "unit": self.known["unit"], "title": f"{name}.{turn}"}
            self.ask("POST", "/objectives", goal)
            self.ask("POST", f"/cycles/{cycle['id']}/phase", {"phase": "closed"})

    def run(self) -> None:
        acts = [(self.edit, f"e{n}") for n in range(EDITORS)]
        acts += [(self.check_in, f"c{n}") for n in range(CHECKERS)] + [(self.close, f"x{n}") for n in range(CLOSERS)]
        threads = [threading.Thread(target=self._guarded, args=one) for one in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(300)
        assert not [one for one in threads if one.is_alive()], "somebody still waits"

    def _guarded(self, act: Any, name: str) -> None:
        try:
            act(name)
        except Exception as fault:  # noqa: BLE001 - told by the story
            self.faults.append(repr(fault))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path, "here")


def test_sixty_four_at_once(place: Place) -> None:
    settings = {**place.settings, "TANDEM_RATE_PERSON": "0", "TANDEM_RATE_ADDRESS": "0"}
    inside = environment(place.data, **settings) | {"DJANGO_SETTINGS_MODULE": "tandem.config.settings"}
    made = subprocess.run([sys.executable, "-c", COMPANY], env=inside, capture_output=True, text=True, check=True)
    known = json.loads(made.stdout.splitlines()[-1])
    with serving(place.data, "--workers", "2", **settings) as server:
        crowd = Crowd(server.address, known)
        crowd.run()
        assert not crowd.faults, crowd.faults[:5]
        _status, objective = crowd.ask("GET", f"/objectives/{known['objective']}")
        notes = []
        for key_result in known["results"]:
            cursor = ""
            while cursor is not None:
                _status, page = crowd.ask("GET", f"/key-results/{key_result}/check-ins?limit=100{cursor}")
                notes += [one["note"] for one in page["items"]]
                cursor = f"&cursor={page['next']}" if page["next"] else None
    words = objective["description"].split()
    assert sorted(words) == sorted(f"e{n}.{turn}" for n in range(EDITORS) for turn in range(ROUNDS))
    assert sorted(notes) == sorted(f"c{n}.{turn}" for n in range(CHECKERS) for turn in range(ROUNDS))
    assert "true" in place.run("check")
    plan = json.loads(place.run("export"))
    closed = {one["name"] for one in plan["cycles"] if one.get("phase") == "closed"}
    assert closed == {f"x{n}.{turn}" for n in range(CLOSERS) for turn in range(ROUNDS)}

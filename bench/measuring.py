"""One company, measured: loading, reading, checking in, and many writers at once."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench import company
from bench.load import Outcome, Request, request, run
from bench.processes import cpu_ms, memory_mb, processes, resident_mb, serving, tandem

CSRF = "b" * 32
WRITERS, TIMES = 64, 5
CLIENTS, BATCHES = (1, 8), 3
QUESTIONS = [quote(one) for one in ("activ", "love coverage", "首周", "person 12", "retnetion", "nothing at all", "p7")]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Cost:
    """One kind of request: CPU ms in the server and in the database's own processes, and requests per second."""

    server: float
    database: float
    rates: tuple[float, ...]
    failed: int


@dataclass
class Figures:
    people: int
    objects: int = 0
    loading: float = 0.0
    database_mb: float = 0.0
    costs: dict[str, Cost] = field(default_factory=dict)
    bare_ms: float = 0.0
    digest_ms: float = 0.0
    """A letter of a run of digests."""
    resident: float = 0.0
    proportional: float = 0.0
    writers: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True)
class Database:
    """Where the company is kept: the setting's value, and the first of the database's own processes."""

    url: str
    folder: Path
    process: int | None = None

    def size_mb(self) -> float:
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file()) / 1_000_000

    def processes(self) -> list[int]:
        return [] if self.process is None else processes(self.process)


def measure(
    people: int,
    place: Callable[[Path], AbstractContextManager[Database]],
    seconds: float,
    tell: Tell,
    check_ins: int = 0,
) -> Figures:
    """Load a company of so many people and measure it. `place` is a context manager that gives the Database."""
    found = Figures(people)
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as name, place(Path(name)) as database:
        environment = _environment(Path(name), database)
        tandem(environment, "export")  # makes the tables
        _load(found, environment, Path(name) / "company.json", check_ins, tell)
        found.database_mb = database.size_mb()
        tell(f"{people} people: sign in")
        known = _inside(environment, "bench.prepare")
        found.bare_ms = known["bare_ms"]
        with serving(environment) as (port, pids):
            for title, (requests, good) in _cases(known).items():
                tell(f"{people} people: {title}")
                found.costs[title] = _cost(port, pids, database, requests, good, seconds)
            tell(f"{people} people: {WRITERS} writers")
            found.writers = _many_writers(port, known)
            found.resident, found.proportional = resident_mb(pids), memory_mb(pids)
        tell(f"{people} people: digests")
        found.digest_ms = _inside(environment, "bench.digests")["ms"]
        tell(f"{people} people: check")
        tandem(environment, "check")
    return found


def _load(found: Figures, environment: dict[str, str], file: Path, check_ins: int, tell: Tell) -> None:
    """By `tandem apply`, part after part."""
    for plan, count in company.parts(found.people, check_ins):
        tell(f"{found.people} people: apply, {found.objects:,} objects so far")
        company.write(plan, file)
        found.loading += tandem(environment, "apply", str(file))
        found.objects += count


def _environment(folder: Path, database: Database) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TANDEM_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    # One person asks for everything here: without limits.
    limits = {"TANDEM_RATE_PERSON": "0", "TANDEM_RATE_ADDRESS": "0"}
    return {**kept, **limits, "TANDEM_DATA_DIR": str(folder / "data"), "TANDEM_DATABASE_URL": database.url}


def _inside(environment: dict[str, str], module: str) -> dict[str, Any]:
    """What one of our programs finds out with the company's own code."""
    done = subprocess.run([sys.executable, "-m", module], env=environment, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _cases(known: dict[str, Any]) -> dict[str, tuple[list[Request], int]]:
    """Per case one request maker for each of the most clients, and the status of a good answer."""
    cycle, asked, units = known["cycle"], known["asked"], known["units"]
    asked_for = list(range(len(QUESTIONS)))

    def reads(path: Callable[[int], str], keys: list[int]) -> list[Request]:
        return [
            lambda place, cookie=cookie, first=first: request(
                "GET", path(keys[(first + place) % len(keys)]), f"{cookie}; csrf={CSRF}"
            )
            for first, cookie in enumerate(known["cookies"][: max(CLIENTS)])
        ]

    return {
        "empty answer": ([lambda _place: request("GET", "/healthz")] * max(CLIENTS), 200),
        "a person's goals, JSON": (reads(lambda key: f"/api/v1/people/{key}/goals?cycle={cycle}", asked), 200),
        "a person's goals, page": (reads(lambda key: f"/goals/person/{key}/{cycle}/", asked), 200),
        "a unit, page": (reads(lambda key: f"/units/{key}/?cycle={cycle}", units), 200),
        "search while typing, list": (reads(lambda key: f"/search/?part=list&q={QUESTIONS[key]}", asked_for), 200),
        "a cycle, page": (reads(lambda key: f"/cycles/{key}/", [cycle]), 200),
        "the map, page": (reads(lambda key: f"/map/?cycle={key}", [cycle]), 200),
        "a deep branch of the map, JSON": (reads(lambda key: f"/api/v1/cycles/{cycle}/map/units/{key}", units), 200),
        "a unit's coverage, page": (reads(lambda key: f"/coverage/units/{key}/?cycle={cycle}", units), 200),
        "goals beyond a unit, page": (reads(lambda key: f"/coverage/units/{key}/beyond/?cycle={cycle}", units), 200),
        "gaps by unit, page": (reads(lambda key: f"/coverage/?cycle={cycle}&unit={key}", units), 200),
        "a check-in": ([_check_ins(known, who) for who in range(max(CLIENTS))], 201),
    }


def _check_ins(known: dict[str, Any], who: int, key_results: list[int] | None = None) -> Request:
    keys = key_results or known["own_key_results"][who]
    cookie = f"{known['cookies'][who]}; csrf={CSRF}"

    def make(place: int) -> bytes:
        body = json.dumps({"value": 30 + place % 15, "confidence": 5 + place % 3, "note": "as planned"}).encode()
        return request("POST", f"/api/v1/key-results/{keys[place % len(keys)]}/check-ins", cookie, body, CSRF)

    return make


def _cost(port: int, pids: list[int], database: Database, requests: list[Request], good: int, seconds: float) -> Cost:
    run(port, requests[:2], times=20, good=good)  # the first requests compile and fill
    rates: list[float] = []
    costs: list[tuple[float, float]] = []
    failed = 0
    for clients in CLIENTS:
        outcomes = []
        for _batch in range(BATCHES):
            server, beside = cpu_ms(pids), cpu_ms(database.processes())
            outcome = run(port, requests[:clients], seconds=seconds / BATCHES, good=good)
            done = max(1, outcome.done)
            costs.append(((cpu_ms(pids) - server) / done, max(0.0, cpu_ms(database.processes()) - beside) / done))
            outcomes.append(outcome)
            failed += outcome.failed
            if outcome.failed:
                print(f"bench: {outcome.faults} {outcome.example!r}", file=sys.stderr)
        rates.append(max(one.done / one.seconds for one in outcomes))
    # The least: whatever else a machine does makes a request cost more, never less.
    return Cost(*min(costs, key=sum), tuple(rates), failed)


def _many_writers(port: int, known: dict[str, Any]) -> Outcome:
    """Everybody checks in under one objective, which they own together."""
    owner = f"{known['cookies'][0]}; csrf={CSRF}"
    others = known["people"][1:]
    path = f"/api/v1/objectives/{known['shared']}/co-owners"
    invited = run(port, [lambda place: request("PUT", f"{path}/{others[place]}", owner, b"", CSRF)], times=len(others))
    if invited.failed:
        return invited
    keys = known["shared_key_results"]
    return run(port, [_check_ins(known, who, keys) for who in range(len(known["people"]))], times=TIMES, good=201)


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    files = folder / "database"
    files.mkdir()
    yield Database(f"sqlite:///{files / 'bench.sqlite3'}", files)

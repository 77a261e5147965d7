"""`python -m bench.kpi`: what KPI costs on a database of its own (see docs/benchmarks.md).

CARDS=1000,10000   scorecards of a round, each with 8 items
CHILDREN=1000      members of a unit whose target is handed down
READINGS=500       values sent one by one by the API, and rows of a file
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

ITEMS = 8


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        os.environ |= {"TANDEM_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tandem.config.settings"}
        os.environ |= {"TANDEM_RATE_PERSON": "0", "TANDEM_RATE_ADDRESS": "0"}  # one program sends it all
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        company = _company()
        for count in map(int, os.environ.get("CARDS", "1000,10000").split(",")):
            _row(f"scoring {count:,} scorecards of {ITEMS} items", _scoring(count))
        many = int(os.environ.get("READINGS", "500"))
        _row(f"{many:,} readings by API, one by one", _readings(company, many))
        _row(f"{many:,} readings by file", _file(company, many))
        children = int(os.environ.get("CHILDREN", "1000"))
        _row(f"the page of a target with {children:,} below", _decomposition(company, children))
    return 0


def _row(what: str, said: str) -> None:
    print(f"| {what} | {said} |", flush=True)


def _timed(act: Callable[[], object]) -> float:
    begin = time.process_time()
    act()
    return time.process_time() - begin


def _memory_mb() -> float:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")) / 1000


def _company() -> dict[str, Any]:
    from tandem.core.clock import today
    from tandem.cycles import commands as cycles
    from tandem.kpi import commands as kpi
    from tandem.people import commands as people
    from tandem.people.actors import SYSTEM

    unit = people.create_unit(SYSTEM, None, name="Bench", kind="company")
    boss = people.add_person(SYSTEM, unit, name="Boss", email="boss@example.com")
    unit = people.name_lead(SYSTEM, unit, lead=boss)
    hr = people.add_person(SYSTEM, None, name="Hr", email="hr@example.com")
    hr = people.set_roles(SYSTEM, hr, people_team=True)
    start = today() - timedelta(days=300)
    cycle = cycles.create_cycle(SYSTEM, None, name="Long", start=start, end=today() + timedelta(days=30))
    kpi.add_indicator(SYSTEM, None, code="measured", name_en="Measured", supplier=hr, over_children="sum")
    item = {"indicator": "measured", "target": 100_000, "weight": 100}
    kpi.issue_to_unit(SYSTEM, unit, cycle=cycle, items=[item])
    return {"unit": unit, "boss": boss, "hr": hr, "cycle": cycle, "start": start, "item": item}


def _scoring(count: int) -> str:
    """The arithmetic of a round, as refreshing it does: items computed, summed, graded."""
    from tandem.kpi.rules import cards
    from tandem.kpi.rules.methods import Terms

    grades = [("A", Decimal(90)), ("B", Decimal(70)), ("C", Decimal(0))]
    methods = ("ratio", "mirror", "interpolation", "deduction")
    lines = [
        cards.Line("scored", Terms(methods[place % 4], Decimal("12.5"), target=Decimal(80), floor=Decimal(60),
                                   challenge=Decimal(100)), Decimal(70 + place), code=f"c{place}")
        for place in range(ITEMS)
    ]  # fmt: skip
    before = _memory_mb()
    seconds = _timed(lambda: [cards.outcome(lines, grades).total for _one in range(count)])
    return f"{seconds:.2f} s, {count / max(seconds, 0.001):,.0f}/s, {_memory_mb() - before:+.0f} MB"


def _readings(company: dict[str, Any], many: int) -> str:
    from django.test import Client

    from tandem.people.tokens import make_token

    _token, text = make_token(company["hr"], company["hr"], name="CI", scope="readings", about="measured")
    client = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {text}"})
    path, days = "/api/v1/indicators/measured/readings/", _days(company)

    def send(place: int) -> int:
        body = f'{{"value": {place}, "unit": {company["unit"].pk}}}'
        return client.put(path + days[place % len(days)].isoformat(), body, content_type="application/json").status_code

    send(0)
    answers: set[int] = set()
    seconds = _timed(lambda: answers.update(send(place) for place in range(many)))
    assert answers <= {200, 201}, answers
    return f"{many / seconds:,.0f}/s in one process"


def _days(company: dict[str, Any]) -> list[date]:
    return [company["start"] + timedelta(days=place) for place in range(300)]


def _file(company: dict[str, Any], many: int) -> str:
    from tandem.core.bulk import Faults
    from tandem.kpi import commands as kpi
    from tandem.kpi.commands.readings_file import Row, prepare_readings
    from tandem.people.actors import SYSTEM

    codes = [f"f{place}" for place in range(many // 300 + 1)]
    for code in codes:
        kpi.add_indicator(SYSTEM, None, code=code, name_en=code)
    for part in range(0, len(codes), 20):
        _watch(company, codes[part : part + 20], part)
    days, units = _days(company), company["units"]
    rows = [
        Row(place, codes[place // 300], None, units[codes[place // 300]], days[place % 300], place)
        for place in range(many)
    ]
    before, faults = _memory_mb(), Faults()

    def run() -> None:
        prepared = prepare_readings(SYSTEM, rows, faults)
        kpi.import_readings(SYSTEM, None, prepared=prepared)

    seconds = _timed(run)
    assert not faults.found, faults.found[:3]
    return f"{seconds:.2f} s, {many / seconds:,.0f}/s, {_memory_mb() - before:+.0f} MB"


def _watch(company: dict[str, Any], codes: list[str], part: int) -> None:
    """A unit that carries these, watched only, beside one that counts."""
    from tandem.kpi import commands as kpi
    from tandem.people import commands as people
    from tandem.people.actors import SYSTEM

    unit = people.create_unit(SYSTEM, company["unit"], name=f"Team {part}")
    items = [company["item"], *({"indicator": code, "kind": "watch"} for code in codes)]
    kpi.issue_to_unit(SYSTEM, unit, cycle=company["cycle"], items=items)
    company.setdefault("units", {}).update(dict.fromkeys(codes, unit))


def _decomposition(company: dict[str, Any], children: int) -> str:
    from django.test import Client

    from tandem.kpi import commands as kpi
    from tandem.kpi.models import Target
    from tandem.people import commands as people
    from tandem.people.actors import SYSTEM

    for place in range(children):
        people.add_person(SYSTEM, company["unit"], name=f"Member {place}", email=f"m{place}@example.com")
    kpi.issue_to_team(SYSTEM, company["unit"], cycle=company["cycle"], items=[{**company["item"], "target": 100}])
    target = Target.objects.get(scheme__carrier_unit=company["unit"])
    client = Client(SERVER_NAME="localhost")
    client.force_login(company["boss"])
    path = f"/kpi/targets/{target.pk}/split/"
    size = len(client.get(path).content) / 1000
    seconds = _timed(lambda: client.get(path))
    return f"{seconds * 1000:.0f} ms, {size:.0f} kB"


if __name__ == "__main__":
    sys.exit(main())

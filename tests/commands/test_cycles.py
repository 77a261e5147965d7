"""Cycles: planned, entered phase by phase, prepared ahead, changed while they run, closed."""

from datetime import date
from typing import Any

import pytest
import time_machine

from tandem.cycles import commands as cycles
from tandem.cycles.models import Cycle, PhaseDate
from tandem.cycles.queries import current_cycle
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.queries import organization
from tests.proof import records, refused
from tests.world import World, fresh

YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}


def test_a_new_cycle_plans_its_phases(world: World) -> None:
    with records("cycle.created"):
        year = cycles.create_cycle(world.chen, None, name=" 2026 ", kind="year", rhythm="monthly", weekday=0, **YEAR)
    assert (year.name, year.phase, year.rhythm) == ("2026", "plan", "monthly")
    assert PhaseDate.objects.filter(cycle=year, began_on=None).count() == 5
    assert current_cycle(world.ada) == world.quarter, "the quarter, not the year around it"


def test_after_an_early_end_the_next_of_its_kind_is_current(world: World) -> None:
    year = cycles.create_cycle(world.chen, None, name="2026", kind="year", **YEAR)
    for phase in ("review", "closed"):
        world.quarter = cycles.enter_phase(world.chen, fresh(world.quarter), phase=phase)
    assert current_cycle(world.ada) == year, "no quarter follows yet"
    following = {"start": date(2027, 1, 1), "end": date(2027, 3, 31)}
    later = cycles.create_cycle(world.chen, None, name="2027 Q1", **following)
    assert current_cycle(world.ada) == later
    for phase in ("review", "closed"):
        later = cycles.enter_phase(world.chen, fresh(later), phase=phase)
    assert current_cycle(world.ada) == year


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "decade"}, "kind"),
        ({"start": None}, "start"),
        ({"end": None}, "end"),
        ({"end": date(2025, 1, 1)}, "end"),
        ({"end": date(2040, 1, 1)}, "end"),
        ({"kind": "backlog"}, "start"),
        ({"rhythm": "hourly"}, "rhythm"),
        ({"weekday": 7}, "weekday"),
    ],
)
def test_what_is_wrong_is_named(world: World, fields: dict[str, Any], field: str) -> None:
    with refused(422, field=field):
        cycles.create_cycle(world.chen, None, **{"name": "X", "kind": "custom", **YEAR, **fields})
    if "kind" not in fields:
        with refused(422, field=field):
            cycles.edit_cycle(world.chen, world.quarter, **fields)


def test_champions_and_administrators_run_cycles(world: World) -> None:
    for stranger in (world.ada, world.lin, world.grace, world.hana):
        with refused(403):
            cycles.create_cycle(stranger, None, name="X", **YEAR)
        with refused(403):
            cycles.enter_phase(stranger, world.quarter, phase="agree")
    assert cycles.edit_cycle(world.omar, world.quarter, name="Q4").name == "Q4"


def test_from_phase_to_phase(world: World, clock: time_machine.Traveller) -> None:
    with records("cycle.phase.agree", "cycle.phase.run", "cycle.phase.agree"):
        cycles.enter_phase(world.chen, world.quarter, phase="agree")
        clock.move_to("2026-10-15T09:00+00:00")
        cycles.enter_phase(world.chen, world.quarter, phase="run")
        cycles.enter_phase(world.chen, world.quarter, phase="agree")
    began = dict(PhaseDate.objects.filter(cycle=world.quarter).values_list("phase", "began_on"))
    assert (began["run"], began["agree"], began["closed"]) == (date(2026, 10, 15), date(2026, 10, 15), None)
    cycles.enter_phase(world.chen, world.quarter, phase="review")
    for phase in ("review", "agree", "plan", "party"):
        with refused(422, field="phase"):
            cycles.enter_phase(world.chen, world.quarter, phase=phase)
    with refused(422, field="phase"):
        cycles.enter_phase(world.chen, world.backlog, phase="run")
    with refused(409):
        cycles.enter_phase(world.chen, world.quarter, phase="closed", version=1)


def test_closing_is_final(world: World) -> None:
    for phase in ("agree", "closed"):
        cycles.enter_phase(world.chen, world.quarter, phase=phase)
    for attempt in (
        lambda: cycles.enter_phase(world.chen, world.quarter, phase="review"),
        lambda: cycles.edit_cycle(world.chen, world.quarter, name="X"),
        lambda: cycles.plan_phase(world.chen, world.quarter, phase="run", planned_on=None),
    ):
        with refused(422):
            attempt()


def test_planned_otherwise(world: World) -> None:
    with records("cycle.edited"):
        cycles.plan_phase(world.chen, world.quarter, phase="review", planned_on=date(2026, 12, 18))
    assert PhaseDate.objects.get(cycle=world.quarter, phase="review").planned_on == date(2026, 12, 18)
    with refused(422, field="phase"):
        cycles.plan_phase(world.chen, world.quarter, phase="party", planned_on=None)


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"weekday": 2}, date(2026, 10, 14)),
        ({"rhythm": "monthly"}, date(2026, 11, 1)),
        ({"end": date(2026, 10, 15)}, None),
        ({"start": date(2026, 10, 19)}, date(2026, 10, 23)),
    ],
)
def test_what_is_due_follows_a_changed_rhythm(world: World, fields: dict[str, Any], due: date | None) -> None:
    key_result = world.key_result(world.objective())
    assert fresh(key_result).next_due_on == date(2026, 10, 16)
    cycles.edit_cycle(world.chen, world.quarter, version=world.quarter.version, **fields)
    assert fresh(key_result).next_due_on == due


def test_two_champions_on_one_cycle(world: World) -> None:
    cycles.edit_cycle(world.chen, world.quarter, version=1, name="Fourth quarter")
    with refused(409) as caught:
        cycles.edit_cycle(world.omar, world.quarter, version=1, name="Q4")
    assert caught.value.current["name"] == "Fourth quarter"


def test_the_next_is_prepared_by_itself_once(world: World) -> None:
    people.edit_organization(world.omar, organization(), quarter_name="FY xxxx-Qzz")
    with records("cycle.prepared"):
        assert len(cycles.prepare_next_cycles(world.chen, None)) == 1
        assert cycles.prepare_next_cycles(world.chen, None) == []
    made = Cycle.objects.get(start=date(2027, 1, 1))
    assert (made.name, made.end, made.rhythm, made.weekday) == ("FY 2027-Q1", date(2027, 3, 31), "weekly", 4)
    assert cycles.prepare_next_cycles(world.chen, None, on=date(2027, 2, 1)) == []


def test_new_cycles_take_the_companys_check_in_day(world: World) -> None:
    people.edit_organization(world.omar, organization(), check_in_weekday=1)
    assert fresh(world.quarter).weekday == 4
    assert cycles.prepare_next_cycles(world.chen, None)[0].weekday == 1
    asked: dict[str, Any] = {"kind": "custom", "start": date(2027, 5, 1), "end": date(2027, 6, 1)}
    assert cycles.create_cycle(world.chen, None, name="Spring", **asked).weekday == 1
    assert cycles.create_cycle(world.chen, None, name="Other", **asked, weekday=3).weekday == 3


def test_not_before_nor_after_its_month(world: World) -> None:
    for on in (date(2026, 9, 30), date(2026, 11, 1), date(2026, 12, 31)):
        assert cycles.prepare_next_cycles(world.chen, None, on=on) == []


def test_the_years_of_a_company_that_begins_in_april(world: World) -> None:
    people.edit_organization(world.omar, organization(), fiscal_year_start=4)
    cycles.create_cycle(world.chen, None, name="FY", kind="year", start=date(2026, 4, 1), end=date(2027, 3, 31))
    made = cycles.prepare_next_cycles(world.chen, None, on=date(2026, 4, 20))
    assert [(one.name, one.start) for one in made] == [("FY 2027", date(2027, 4, 1))]


def test_what_one_means_by_now(world: World) -> None:
    assert current_cycle(world.ada, date(2026, 12, 31)) == world.quarter
    assert current_cycle(world.ada, date(2030, 1, 1)) == world.quarter, "else the last begun"
    assert current_cycle(world.ada, date(2020, 1, 1)) == world.quarter, "else the next"


def test_drafts_live_in_the_backlog_without_dates(world: World) -> None:
    idea = world.objective(published=False, cycle=world.backlog)
    key_result = world.key_result(idea, given=5)
    assert fresh(key_result).next_due_on is None
    with refused(422, code="backlog"):
        okr.publish_objective(world.ada, idea)

"""A key result follows an indicator: what is read of it moves the goal, and nothing else of the indicator is told."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tandem.activity.models import Event
from tandem.config.jobs import follow_readings
from tandem.core.errors import Invalid
from tandem.cycles.commands import enter_phase
from tandem.kpi import commands as kpi
from tandem.kpi.queries import get_indicator
from tandem.okr import commands as okr
from tandem.okr.models import KeyResult
from tandem.okr.queries.consistency import faults_of_goals
from tandem.people.actors import SYSTEM
from tests.kpi.scoring_world import with_targets
from tests.kpi.test_round import refused
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
D = Decimal
Read = Callable[..., None]


@pytest.fixture
def read(world: World) -> Read:
    """Ada, Ben and the team Web carry test coverage in this quarter; `read(carrier, value, day)` hands one in."""
    with_targets(world)

    def enter(carrier: Any, value: Any, on: str) -> None:
        kpi.enter_reading(
            SYSTEM, get_indicator(SYSTEM, "coverage"), carrier=carrier, on=date.fromisoformat(on), value=value
        )

    return enter


def following(world: World, owner: Any, actor: Any = None, **fields: Any) -> KeyResult:
    objective = world.objective(owner, title="Releases nobody fears")
    given = {"title": "Coverage", "kind": "kpi", "indicator": "coverage", "start": 60, "target": 80}
    return okr.add_key_result(actor or world.writer_of(owner), objective, **{**given, **fields})


def test_the_newest_reading_by_its_day_counts(world: World, read: Read) -> None:
    one = following(world, world.ada)
    assert (one.current, one.progress, fresh(one.objective).progress) == (None, None, None)
    read(world.ada, 70, "2026-10-13")
    read(world.ada, 66, "2026-10-05")
    assert fresh(one).current is None, "a reading knows no goal"
    follow_readings()
    one = fresh(one)
    assert (one.current, one.progress, one.last_on, one.status) == (D(70), D("0.5"), date(2026, 10, 13), "on_track")
    assert fresh(one.objective).progress == D("0.5")
    assert one.next_due_on > date(2026, 10, 13), "a reading is news of it"
    told = Event.objects.filter(verb="key_result.followed")
    assert [row.data["value"] for row in told] == [70]
    follow_readings()
    assert told.count() == 1, "nothing new, nothing told"
    read(world.ada, 72, "2026-10-13")
    follow_readings()
    assert fresh(one).current == 72
    assert list(faults_of_goals(SYSTEM)) == []


def test_what_is_added_up_over_time_counts_as_the_sum_so_far(world: World, read: Read) -> None:
    kpi.edit_indicator(SYSTEM, get_indicator(SYSTEM, "coverage"), over_time="sum")
    read(world.web, 10, "2026-10-12")
    read(world.web, 15, "2026-10-13")
    one = following(world, world.web, start=0, target=100)
    assert (one.current, one.progress) == (D(25), D("0.25"))


def test_a_goal_may_follow_the_readings_of_a_unit_that_its_writer_sees(world: World, read: Read) -> None:
    read(world.web, 64, "2026-10-12")
    one = following(world, world.ada, carrier=f"unit:{world.web.key}")
    assert one.current == 64
    with pytest.raises(Invalid) as refusal:
        following(world, world.otto, carrier=f"unit:{world.web.key}")
    assert refusal.value.field == "carrier"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"indicator": ""}, "indicator"),
        ({"indicator": "no-such"}, "indicator"),
        ({"target": None}, "target"),
        ({"start": 80}, "target"),
        ({"given": 3}, "given"),
        ({"carrier": "person:ada"}, "carrier"),
        ({"carrier": "unit:nowhere"}, "carrier"),
        ({"carrier": "web"}, "carrier"),
    ],
)
def test_refused(world: World, read: Read, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        following(world, world.ada, **fields)
    assert refusal.value.field == field


def test_nobody_else_publishes_a_persons_readings(world: World, read: Read) -> None:
    objective = world.objective(world.ada)
    okr.add_co_owner(world.ada, objective, person=world.ben)
    with pytest.raises(Invalid) as refusal:
        okr.add_key_result(
            world.ben, objective, title="Coverage", kind="kpi", indicator="coverage", start=60, target=80
        )
    assert refusal.value.field == "carrier"


def test_an_indicator_that_is_not_open_to_the_writer_is_not_there(world: World, read: Read) -> None:
    kpi.edit_indicator(SYSTEM, get_indicator(SYSTEM, "coverage"), used_by=world.office)
    with pytest.raises(Invalid) as refusal:
        following(world, world.otto)
    assert refusal.value.field == "indicator"


def test_a_check_in_says_how_one_feels_and_no_value(world: World, read: Read) -> None:
    read(world.ada, 70, "2026-10-12")
    one = following(world, world.ada)
    with refused(Invalid) as refusal:
        okr.check_in(world.ada, one, value=90)
    assert refusal.value.field == "value"
    okr.check_in(world.ada, one, confidence=8, note="The hard part is behind us.")
    one = fresh(one)
    assert (one.current, one.confidence, one.check_ins_count) == (D(70), 8, 1)


def test_another_kind_leaves_the_readings_behind(world: World, read: Read) -> None:
    read(world.ada, 70, "2026-10-12")
    one = okr.edit_key_result(world.ada, following(world, world.ada), kind="metric")
    assert (one.current, one.indicator_id, one.read_on) == (None, None, None)
    one = okr.edit_key_result(world.ada, one, kind="kpi", indicator="coverage")
    assert one.current == 70


def test_a_closed_cycle_follows_nothing_any_more(world: World, read: Read) -> None:
    one = following(world, world.ada)
    read(world.ada, 70, "2026-10-12")
    KeyResult.objects.filter(pk=one.pk).update(read_on=None)
    for phase in ("agree", "run", "review", "closed"):
        enter_phase(SYSTEM, fresh(world.quarter), phase=phase)
    follow_readings()
    assert fresh(one).current is None


def test_both_doors(world: World, read: Read, door: Any, browse: Any) -> None:
    read(world.ada, 70, "2026-10-12")
    read(world.ada, 71, "2026-10-13")
    objective = world.objective(world.ada)
    body = {"title": "Coverage", "kind": "kpi", "indicator": "Coverage", "start": 60, "target": 80, "unit": "%"}
    shown = door(world.ada).post(f"/objectives/{objective.pk}/key-results", body, 201)
    assert (shown["indicator"], shown["carrier"], shown["current"], shown["read_on"]) == (
        "coverage", None, 71, "2026-10-13",
    )  # fmt: skip
    page = browse(world.otto).get(f"/key-results/{shown['id']}/")
    assert page.status_code == 200
    assert "Readings of coverage" in page.content.decode()
    assert "71%" in page.content.decode()
    panel = browse(world.ada).get(f"/goals/key-results/{shown['id']}/numbers/")
    assert 'value="coverage" selected' in panel.content.decode()

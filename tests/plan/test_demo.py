"""The demo company: sound on every day of the year, alive on all of them."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from tandem.activity.models import Event
from tandem.integrations.demo.story import company, fill
from tandem.integrations.plan import checking
from tandem.integrations.plan.comparing import prepare
from tandem.kpi.commands import add_indicator
from tandem.kpi.models import Appeal, Round, Target
from tandem.okr.models import Agreement, CheckIn, KeyResult, Objective
from tandem.people.actors import SYSTEM

DAYS = [date(2026, 1, 2) + timedelta(days=13 * step) for step in range(29)]


@pytest.mark.django_db
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_fault_on_any_day(day: date, time_machine: Any) -> None:
    time_machine.move_to(day)
    plan = company(day)
    results = [result for one in plan["objectives"] for result in one.get("key_results", ())]
    for code in {one["indicator"] for one in results if "indicator" in one}:
        add_indicator(SYSTEM, None, code=code, name_en=code)  # `fill` has them from last quarter's round
    prepare(plan)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 1, 3), date(2026, 11, 22), date(2026, 12, 30)], ids=str)
def test_the_story_is_alive(day: date, time_machine: Any) -> None:
    time_machine.move_to(day)
    fill(day)
    assert list(checking.faults()) == []
    running = KeyResult.objects.filter(objective__goal_set__cycle__key="quarter", objective__state="active")
    statuses = Counter(running.values_list("status", flat=True))
    assert all(statuses[word] >= 3 for word in ("on_track", "at_risk", "off_track", ""))
    assert running.filter(progress__gt=1).exists()
    assert running.filter(progress__lt=0).exists()
    assert Objective.objects.filter(state="dropped").exclude(dropped_reason="").exists()
    assert set(KeyResult.objects.values_list("kind", flat=True)) == {
        "metric", "percent", "maintain", "binary", "milestones", "rubric", "baseline", "kpi",
    }  # fmt: skip
    assert not CheckIn.objects.filter(on__gt=day).exists()
    hands = Counter(Agreement.objects.values_list("state", flat=True))
    assert hands["signed"] >= 4
    assert hands["voided"] >= 2
    assert hands["offered"] >= 2
    assert hands["declined"] == 1
    assert Objective.objects.count() >= 60
    _the_rounds_are_told(day)
    spoken = Event.objects.filter(verb="check_in.published")
    assert spoken.values("actor").distinct().count() >= 5, "people said something themselves"


def _the_rounds_are_told(day: date) -> None:
    """Last quarter's round ran while it ran, to its end; this quarter's is on its way."""
    last, running = Round.objects.order_by("cycle__start")
    assert last.closed_at is not None
    assert running.closed_at is None
    assert last.cycle.start is not None
    assert last.cycle.end is not None
    given = Target.objects.standing().filter(scheme__cycle=last.cycle)
    assert set(given.values_list("state", flat=True)) == {"accepted"}
    assert {one.date() > last.cycle.start for one in given.values_list("issued_at", flat=True) if one} == {True}
    assert {one.date() < last.cycle.end for one in given.values_list("accepted_at", flat=True) if one} == {True}
    assert set(last.cards.values_list("stage", flat=True)) == {"closed"}
    assert last.cards.filter(was_silent=True).count() == 1
    assert set(last.cards.values_list("grade", flat=True)) == {"S", "A", "B", "C"}
    appeal = Appeal.objects.get()
    assert appeal.decided_at is not None
    assert (appeal.grade_before, appeal.scorecard.grade) == ("B", "A")
    assert set(running.cards.values_list("stage", flat=True)) == {"running", "self_review", "manager_review"}
    assert not Event.objects.filter(at__date__gt=day).exists()

"""The wall around rewards: every way from points to goals is tried where points are computed, shown and carried out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.test import Client

from tandem.activity.models import Event
from tandem.core import wall
from tandem.kpi.models import Round
from tandem.okr.models import Objective
from tandem.rewards import commands as rewards
from tandem.rewards.models import Entry, RewardRule
from tandem.rewards.queries import points_due
from tests.api.conftest import Door
from tests.rewards.reward_world import announced, closed, written
from tests.world import World

Browse = Callable[..., Client]
pytestmark = pytest.mark.django_db(transaction=True)


def raw(_objective: Objective) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT progress FROM okr_objective")
        return cursor.fetchall()


WAYS: dict[str, Callable[[Objective], object]] = {
    "the ORM": lambda one: list(Objective.objects.filter(pk=one.pk)),
    "apps.get_model": lambda _one: apps.get_model("okr", "Objective").objects.count(),
    "a row in hand": lambda one: one.key_results.count(),
    "raw SQL": raw,
    "what was said of it": lambda _one: list(Event.objects.filter(verb="check_in.made")),
}


@pytest.fixture
def one(world: World) -> Round:
    announced(world)
    return closed(world)


def refusals() -> list[str]:
    """What was refused, once the transaction around a call in a test is over."""
    wall.settle()
    return list(Event.objects.filter(verb="wall.refused").order_by("pk").values_list("data__what", flat=True))


@pytest.mark.parametrize("way", WAYS)
def test_points_are_not_written_by_who_looks_at_goals(
    world: World, one: Round, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    objective = world.objective()

    def by_goals(actor: Any, scoring: Round) -> Any:
        due = points_due(actor, scoring)
        WAYS[way](objective)
        return due

    monkeypatch.setattr("tandem.rewards.commands.entries.points_due", by_goals)
    with pytest.raises(wall.WalledOff):
        rewards.write_points(world.hana, one)
    assert not Entry.objects.exists(), "nothing it wrote is left"
    assert refusals() == ["rewards.write_points"]


def test_a_payroll_file_that_mixes_is_refused(world: World, monkeypatch: pytest.MonkeyPatch, browse: Browse) -> None:
    entry = written(world)
    world.objective()

    def mixed(*_asked: object) -> list[Any]:
        return list(Objective.objects.values_list("title", "progress"))

    monkeypatch.setattr("tandem.rewards.commands.payroll.payroll_lines", mixed)
    with pytest.raises(wall.WalledOff):
        rewards.export_payroll(world.hana, entry.round, form="csv")
    page = browse(world.hana).post(f"/kpi/points/rounds/{entry.round_id}/payroll/", {"form": "xlsx"})
    assert page.status_code == 403
    Door(world.hana).post(f"/rounds/{entry.round_id}/payroll", {"form": "csv"}, status=403)
    assert refusals() == ["rewards.export_payroll", "rewards.views.rounds.round_payroll", "rewards.api.points.payroll"]
    assert not Event.objects.filter(verb="payroll.exported").exists()


@pytest.mark.parametrize("address", ["/kpi/rewards/", "/kpi/points/", "/kpi/points/rounds/"])
def test_a_page_of_rewards_that_prints_both_is_refused(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    world.objective()
    place = {"/kpi/rewards/": "rules", "/kpi/points/": "points", "/kpi/points/rounds/": "rounds"}[address]

    def peeking(request: Any) -> Any:
        assert Objective.objects.get().progress is None
        return request.user

    monkeypatch.setattr(f"tandem.rewards.views.{place}.actor_of", peeking)
    page = browse(world.hana).get(address)
    assert page.status_code == 403
    assert len(refusals()) == 1


def test_a_call_of_rewards_that_looks_at_goals_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.objective()

    def peeking(request: Any) -> Any:
        return Objective.objects.get() and request.user

    for module, path in (("rules", "/rewards"), ("ballots", "/ballots"), ("points", f"/people/{world.hana.pk}/points")):
        monkeypatch.setattr(f"tandem.rewards.api.{module}.actor_of", peeking)
        assert Door(world.hana).get(path, status=403)["error"]["code"] == "walled_off"
    assert len(refusals()) == 3


def test_nothing_leads_from_goals_or_people_to_points(world: World) -> None:
    entry = written(world)
    for row in (world.ada, world.web, world.quarter, entry.round, world.objective()):
        names = {field.name for field in row._meta.get_fields()}
        assert not {name for name in names for word in ("entry", "entries", "reward", "ballot") if word in name}
    for model in (type(world.ada), Objective, Round):
        with pytest.raises(FieldError):
            model.objects.filter(entry__points__gt=0)  # type: ignore[attr-defined]


def test_honest_points_are_written_and_proven_blind(world: World, one: Round) -> None:
    from tandem.core.checks import faults

    assert rewards.write_points(world.hana, one).entries == 2
    assert not list(faults())
    assert RewardRule.objects.count() == 1
    assert refusals() == []

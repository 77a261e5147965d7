"""How far up the line targets, values and scorecards are seen is a setting."""

from typing import Any

import pytest

from tandem.core.clock import today
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, Reading, Scheme, Scorecard
from tandem.people.actors import SYSTEM
from tests.kpi.scoring_world import Quarter, opened
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
ABOVE = ("lin", "wei", "grace")


@pytest.fixture
def quarter(world: World) -> Quarter:
    return opened(world)


def who_sees(world: World, model: Any, **row: Any) -> list[str]:
    """Of those above, who sees the row."""
    return [one for one in ABOVE if model.objects.visible_to(getattr(world, one)).filter(**row).exists()]


@pytest.mark.parametrize(
    ("levels", "of_ada", "of_web"),
    [
        (0, ["lin", "wei", "grace"], ["lin", "wei", "grace"]),
        (1, ["lin"], ["lin", "wei"]),
        (2, ["lin", "wei"], ["lin", "wei", "grace"]),
        (3, ["lin", "wei", "grace"], ["lin", "wei", "grace"]),
    ],
)
def test_so_many_levels_above_see_it(
    quarter: Quarter, settings: Any, levels: int, of_ada: list[str], of_web: list[str]
) -> None:
    world, coverage = quarter.world, Indicator.objects.get(code="coverage")
    for carrier in (world.ada, world.web):
        kpi.enter_reading(world.hana, coverage, carrier=carrier, on=today(), value=1)
    # Whoever reviews sees what they review; here it is the people team.
    for card in Scorecard.objects.select_related(*Scorecard.read_with):
        kpi.name_reviewers(SYSTEM, card, manager=None)
    settings.KPI_LEVELS = levels
    assert who_sees(world, Scorecard, person=world.ada) == of_ada
    assert who_sees(world, Scheme, carrier_person=world.ada) == of_ada
    assert who_sees(world, Reading, carrier_person=world.ada) == of_ada
    assert who_sees(world, Scorecard, unit=world.web) == of_web
    assert who_sees(world, Scheme, carrier_unit=world.web) == of_web
    assert Scorecard.objects.visible_to(world.hana).count() == 3
    assert who_sees(world, Scorecard, person=world.ben) == of_ada
    assert Scorecard.objects.visible_to(world.ada).count() == 1


def test_a_named_manager_is_the_first_and_their_leads_follow(quarter: Quarter, settings: Any) -> None:
    world = quarter.world
    ada = fresh(world.ada)
    ada.manager = world.otto
    ada.save(update_fields=["manager"])
    settings.KPI_LEVELS = 1
    assert [one.name for one in (world.otto, world.lin, world.wei) if _sees(one, ada)] == ["Otto", "林小雨"]
    settings.KPI_LEVELS = 2
    assert [one.name for one in (world.otto, world.lin, world.wei, world.grace) if _sees(one, ada)] == [
        "Otto", "林小雨", "王伟",
    ]  # fmt: skip


def _sees(who: Any, carrier: Any) -> bool:
    return Scheme.objects.visible_to(who).filter(carrier_person=carrier).exists()


def test_managers_in_a_ring_end_the_search(quarter: Quarter, settings: Any) -> None:
    world = quarter.world
    type(world.ada).objects.filter(pk=world.ada.pk).update(manager=world.ben)
    type(world.ada).objects.filter(pk=world.ben.pk).update(manager=world.ada)
    settings.KPI_LEVELS = 9
    assert _sees(world.ben, world.ada)
    assert not _sees(world.otto, world.ada)

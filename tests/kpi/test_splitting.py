"""A unit's target handed down: it must add up again, and each part is signed by its carrier."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, State, Target
from tandem.kpi.queries import reconciled
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.conftest import send
from tests.pages.conftest import text_of
from tests.proof import refused
from tests.world import WEDNESDAY, World


def of(carrier: Any) -> Target:
    at = "scheme__carrier_person" if isinstance(carrier, Person) else "scheme__carrier_unit"
    return Target.objects.select_related(*Target.read_with).get(**{at: carrier})


@pytest.fixture
def orders(world: World, indicator: Callable[..., Indicator]) -> Indicator:
    """Web carries 100, Ada and Ben 40 each, accepted by both."""
    made = indicator("orders", over_time="sum", over_children="sum", precision=1, supplier=world.otto)
    item = {"indicator": "orders", "weight": 100}
    kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=[{**item, "target": 100}])
    for scheme in kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=[{**item, "target": 40}]):
        kpi.accept_targets(scheme.carrier, scheme)
    return made


def test_the_gap_is_shown_and_actuals_roll_up_the_same_way(world: World, orders: Indicator) -> None:
    kpi.enter_reading(world.otto, orders, carrier=world.ada, on=WEDNESDAY, value=12)
    kpi.enter_reading(world.otto, orders, carrier=world.ben, on=WEDNESDAY, value=9)
    found = reconciled(world.lin, of(world.web))
    assert (found.together, found.gap, found.percent, found.reached) == (80, -20, -20, 21)


@pytest.mark.parametrize(
    ("how", "ada", "ben", "buffer", "given", "gap"),
    [
        ("share", "60", "40", "0", (60, 40), 0),
        ("share", "60", "40", "10", (66, 44), 0),
        ("share", "33.33", "66.67", "0", ("33.3", "66.7"), 0),
        ("amount", "70", "50", "10", (70, 50), 10),
        ("same", "", "", "0", (100, 100), 100),
    ],
)
def test_a_target_is_handed_down(
    world: World, orders: Indicator, how: str, ada: str, ben: str, buffer: str, given: tuple[Any, Any], gap: int
) -> None:
    parts = {of(world.ada).pk: ada, of(world.ben).pk: ben}
    kpi.split_target(world.lin, of(world.web), how=how, parts=parts, buffer=buffer, reason="by customers")
    now = of(world.ada), of(world.ben)
    assert [float(one.target or 0) for one in now] == [float(value) for value in given]
    assert now[0].state == State.ISSUED  # Ben’s 40 of 100 may be what he signed already
    assert {one.parent for one in now} == {of(world.web)}
    assert reconciled(world.lin, of(world.web)).gap == gap


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"parts": ("60", "39.99")}, "parts"),
        ({"parts": ("160", "-60")}, "parts"),
        ({"parts": ("lots", "40")}, "parts"),
        ({"how": "by hand"}, "how"),
        ({"buffer": "101"}, "buffer"),
        ({"buffer": "-1"}, "buffer"),
        ({"reason": " "}, "reason"),
        ({"how": "amount", "parts": ("0", "100")}, "target"),
    ],
)
def test_what_does_not_add_up_is_refused(world: World, orders: Indicator, fields: dict[str, Any], field: str) -> None:
    given = {"how": "share", "parts": ("60", "40"), "reason": "x", **fields}
    given["parts"] = dict(zip((of(world.ada).pk, of(world.ben).pk), given["parts"], strict=True))
    with refused(422, field=field):
        kpi.split_target(world.lin, of(world.web), **given)
    assert of(world.ada).state == State.ACCEPTED


def test_only_what_is_right_below_is_given_a_part(world: World, orders: Indicator) -> None:
    with refused(422, field="parts"):
        kpi.split_target(world.lin, of(world.web), how="same", parts={of(world.web).pk: 1}, reason="x")
    with refused(403):
        kpi.split_target(world.lin, of(world.ada), how="same", parts={of(world.ben).pk: 1}, reason="x")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_and_the_api_do_the_same(
    world: World, orders: Indicator, browse: Callable[..., Client], language: str
) -> None:
    lin, webs = browse(world.lin, language=language), of(world.web)
    page = f"/kpi/targets/{webs.pk}/split/"
    said = text_of(lin.get(page))
    assert "Ada Byron" in said
    assert "20" in said
    sent = {
        "how": "share", "buffer": "0", "reason": "x", f"part-{of(world.ada).pk}": "60", f"part-{of(world.ben).pk}": "3",
    }  # fmt: skip
    assert send(lin, page, sent).status_code == 422
    assert lin.post(page, sent | {f"part-{of(world.ben).pk}": "40"}).status_code == 302
    assert of(world.ada).target == 60
    assert browse(world.ada).get(page).status_code == 403
    assert browse(world.otto).get(page).status_code == 404
    parts = [{"target_id": of(world.ada).pk, "part": 45}, {"target_id": of(world.ben).pk, "part": 55}]
    body = {"how": "amount", "parts": parts, "reason": "y"}
    done = Door(world.lin).post(f"/targets/{webs.pk}/split", body)
    assert (done["together"], done["gap"]) == (100, 0)
    Door(world.ada).get(f"/targets/{webs.pk}/split", 403)


def test_the_page_costs_the_same_however_many_are_below(
    world: World, orders: Indicator, browse: Callable[..., Client], asks: Callable[[Client, str], int]
) -> None:
    lin, page = browse(world.lin), f"/kpi/targets/{of(world.web).pk}/split/"
    before = asks(lin, page)
    kpi.enter_reading(world.otto, orders, carrier=world.ada, on=WEDNESDAY, value=12)
    kpi.enter_reading(world.otto, orders, carrier=world.ben, on=WEDNESDAY, value=12)
    assert asks(lin, page) == before <= 9

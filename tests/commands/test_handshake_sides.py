"""Who shakes hands: by the chart, named for the odd case, standing in, and when somebody new stands there."""

import pytest

from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tandem.okr.queries import get_agreement, handshake_of
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.commands.test_handshakes import give, read_title, set_of, signed, told
from tests.proof import refused
from tests.world import World, fresh


@pytest.fixture
def objective(world: World) -> Objective:
    mine = world.objective(published=False)
    world.key_result(mine, title="First-week activation", start=30, target=45)
    return mine


def test_a_unit_shakes_hands_with_the_lead_above(world: World) -> None:
    mine = world.objective(world.web)
    one = okr.offer(world.lin, set_of(mine))
    give(world.lin, one)
    assert give(world.wei, one).state == "signed"


def test_a_unit_without_a_lead_shakes_hands_one_level_up(world: World) -> None:
    one = okr.offer(world.wei, set_of(world.objective(world.data)))
    give(world.wei, one)
    assert give(world.grace, one).state == "signed"


def test_nobody_above_is_an_odd_case_for_the_champion(world: World) -> None:
    mine = okr.create_objective(world.grace, world.acme, cycle=world.quarter, title="Whole")
    with refused(422, field="other_side"):
        okr.offer(world.grace, set_of(mine))
    okr.name_sides(world.chen, set_of(mine), other_side=world.hana)
    one = okr.offer(world.grace, set_of(mine))
    give(world.grace, one)
    assert give(world.hana, one).state == "signed"


def test_a_manager_names_a_stand_in(world: World, objective: Objective) -> None:
    okr.name_sides(world.lin, set_of(objective), other_side=world.wei)
    assert told(world.wei) == ["sides"]
    one = okr.offer(world.ada, set_of(objective))
    give(world.ada, one)
    with refused(403):
        give(world.lin, one)
    one = give(world.wei, one)
    assert (one.state, one.other_side, one.other_for) == ("signed", world.wei, world.lin)
    okr.name_sides(world.lin, set_of(objective))
    assert not handshake_of(world.ada, set_of(objective)).is_due


@pytest.mark.parametrize(
    ("sides", "field"),
    [
        ({"other_side": "ada"}, "other_side"),
        ({"other_side": "leo"}, "other_side"),
        ({"owner_side": "ben"}, "owner_side"),
    ],
)
def test_who_cannot_stand_on_a_side(world: World, objective: Objective, sides: dict[str, str], field: str) -> None:
    named = {name: getattr(world, who) for name, who in sides.items()}
    with refused(422, field=field):
        okr.name_sides(world.chen, set_of(objective), **named)


def test_a_new_manager_shakes_hands_anew(world: World, objective: Objective) -> None:
    one = signed(world, objective)
    people.name_lead(SYSTEM, world.web, lead=world.ben)
    found = handshake_of(world.ada, set_of(objective))
    assert (found.is_due, found.state, found.may_offer) == (True, "signed", True)
    new = okr.offer(world.ada, set_of(objective))
    give(world.ada, new)
    assert give(world.ben, new).state == "signed"
    assert get_agreement(world.lin, one.pk).state == "voided"
    assert read_title(get_agreement(world.ada, one.pk)) == objective.title


def test_a_manager_who_leaves_meanwhile_makes_room_for_the_next(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    give(world.lin, one)
    people.leave_company(SYSTEM, world.lin)
    assert give(world.ada, one).state == "offered"
    assert give(world.wei, one).state == "signed"


def test_an_owner_who_leaves_gives_no_hand(world: World, objective: Objective) -> None:
    one = okr.offer(world.ada, set_of(objective))
    give(world.lin, one)
    gone = people.leave_company(SYSTEM, world.ada)
    with refused(403):
        give(gone, one)
    assert fresh(one).state == "offered"

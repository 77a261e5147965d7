"""A leaver's goals go to a successor, with all their history, or are dropped with a reason; nothing lies about."""

import pytest

from tandem.okr import commands as okr
from tandem.okr.access import may_see
from tandem.okr.models import CheckIn, CoOwner, GoalSet, Objective
from tandem.okr.queries import entrusted_to, hidden_from
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.proof import records, refused
from tests.world import World, fresh


@pytest.fixture
def objective(world: World) -> Objective:
    """Ada's, with a check-in, an action of hers, and Otto as co-owner; she also owns one of Web's."""
    objective = world.objective()
    okr.check_in(world.ada, world.key_result(objective), value=40, confidence=6)
    okr.add_action(world.ada, objective, title="Guide page", owner=world.ada)
    webs = world.objective(world.web, title="Web is loved")
    okr.add_co_owner(world.lin, webs, person=world.ada)
    return fresh(objective)


def everything(world: World) -> dict[str, list[int]]:
    held = entrusted_to(SYSTEM, world.ada)
    return {kind: [one.pk for one in getattr(held, kind)] for kind in ("objectives", "actions", "co_owned")}


def test_a_leavers_goals_go_to_a_successor_and_come_back(world: World, objective: Objective) -> None:
    world.ada = people.leave_company(world.hana, world.ada)
    chosen = everything(world)
    assert [len(one) for one in chosen.values()] == [1, 1, 1]
    with records("objective.handed_over", "action.handed_over", "objective.co_owner"):
        done = okr.hand_over(world.hana, world.ada, to=world.ben, **chosen)
    moved = fresh(objective)
    assert moved.goal_set.owner_person == world.ben
    assert moved.goal_set.cycle == world.quarter
    assert CheckIn.objects.filter(key_result__objective=moved).count() == 1
    assert moved.progress == fresh(objective).progress is not None
    assert not entrusted_to(SYSTEM, world.ada)
    assert GoalSet.objects.get(owner_person=world.ada).objectives == 0
    okr.edit_objective(world.ben, moved, title="Mine now")
    with records("objective.handed_back", "action.handed_over", "objective.co_owner"):
        okr.undo_hand_over(world.hana, done)
    assert fresh(objective).goal_set.owner_person == world.ada
    assert everything(world) == chosen
    with refused(422, code="state"):
        okr.undo_hand_over(world.hana, fresh(done))


def test_while_somebody_is_here_only_they_give_their_goals_away(world: World, objective: Objective) -> None:
    for stranger in (world.hana, world.omar, world.lin, world.otto):
        with refused(403):
            okr.hand_over(stranger, world.ada, to=world.ben, objectives=[objective.pk])
    okr.hand_over(world.ada, world.ada, to=world.otto, objectives=[objective.pk])
    assert fresh(objective).goal_set.owner_person == world.otto
    assert not CoOwner.objects.filter(objective=objective, person=world.otto).exists(), "who owns it is no co-owner"


def test_the_manager_hands_over_for_a_leaver_and_nobody_else(world: World, objective: Objective) -> None:
    world.ada = people.leave_company(world.hana, world.ada)
    for stranger in (world.ben, world.wei, world.chen, world.ada):
        with refused(403):
            okr.hand_over(stranger, world.ada, to=world.ben, objectives=[objective.pk])
    done = okr.hand_over(world.lin, world.ada, to=world.ben, objectives=[objective.pk])
    with refused(403):
        okr.undo_hand_over(world.otto, done)
    okr.undo_hand_over(world.ben, done)
    assert fresh(objective).goal_set.owner_person == world.ada, "who was handed something may hand it back"


def test_a_goal_can_go_to_a_unit(world: World, objective: Objective) -> None:
    okr.hand_over(world.ada, world.ada, to=world.web, objectives=[objective.pk])
    assert fresh(objective).goal_set.owner_unit == world.web
    assert GoalSet.objects.get(owner_unit=world.web).objectives == 2


def test_what_nobody_takes_on_is_dropped_with_a_reason(world: World, objective: Objective) -> None:
    with refused(403):
        okr.lay_down(world.ada, world.ada, objectives=[objective.pk], reason="one drops one's own by its own page")
    world.ada = people.leave_company(world.hana, world.ada)
    with refused(422, field="reason"):
        okr.lay_down(world.lin, world.ada, objectives=[objective.pk], reason="  ")
    with records("objective.dropped"):
        done = okr.lay_down(world.lin, world.ada, objectives=[objective.pk], reason="Nobody has the time")
    assert (fresh(objective).state, fresh(objective).dropped_reason) == ("dropped", "Nobody has the time")
    with records("objective.reactivated"):
        okr.undo_hand_over(world.lin, done)
    assert fresh(objective).state == "active"


def test_an_archived_units_goals_are_handed_over_too(world: World) -> None:
    webs = world.objective(world.web)
    people.archive_unit(world.hana, world.web)
    okr.hand_over(world.hana, fresh(world.web), to=world.cloud, objectives=[webs.pk])
    assert fresh(webs).goal_set.owner_unit == world.cloud


def test_what_cannot_be_handed_over(world: World, objective: Objective) -> None:
    mine = {"objectives": [objective.pk]}
    bens = world.objective(world.ben)
    tries: list[tuple[str, object, dict[str, list[int]]]] = [
        ("to", world.ada, mine),
        ("owner", world.leo, mine),
        ("objectives", world.ben, {"objectives": [bens.pk]}),
        ("objectives", world.ben, {}),
        ("objectives", world.ben, {"objectives": [10**6]}),
        ("to", world.web, {"actions": [1]}),
    ]
    for field, to, chosen in tries:
        with refused(422, field=field):
            okr.hand_over(world.ada, world.ada, to=to, **chosen)  # type: ignore[arg-type]
    okr.drop_objective(world.ada, objective, reason="no")
    with refused(422, field="objectives"):
        okr.hand_over(world.ada, world.ada, to=world.ben, **mine)


def test_led_units_go_along_and_come_back_even_to_somebody_who_left(world: World) -> None:
    world.lin = people.leave_company(world.hana, world.lin)
    with records("unit.lead"):
        done = okr.hand_over(world.hana, world.lin, to=world.ada, led=[world.web.pk])
    assert fresh(world.web).lead == world.ada
    for to, led in ((world.data, [world.web.pk]), (world.ben, [world.office.pk])):
        with refused(422):
            okr.hand_over(world.hana, world.lin, to=to, led=led)
    with records("unit.lead"):
        okr.undo_hand_over(world.hana, done)
    assert fresh(world.web).lead == world.lin


def test_a_leavers_manager_who_keeps_no_organization_names_no_leads(world: World) -> None:
    world.lin = people.leave_company(world.hana, world.lin)
    with refused(403):
        okr.hand_over(world.wei, world.lin, to=world.ada, led=[world.web.pk])


def test_what_the_people_team_may_not_read_goes_along_unseen(world: World, objective: Objective) -> None:
    secret = okr.set_visibility(world.ada, world.objective(title="Nobody's business"), visibility="people")
    assert not len(hidden_from(world.hana, world.ada)), "Ada is still here: nothing is told"
    world.ada = people.leave_company(world.hana, world.ada)
    assert len(hidden_from(world.hana, world.ada)) == 1
    assert not len(hidden_from(world.ben, world.ada))
    with refused(422, field="objectives"):
        okr.hand_over(world.hana, world.ada, to=world.ben, objectives=[secret.pk])
    done = okr.hand_over(world.hana, world.ada, to=world.ben, hidden=True)
    assert fresh(secret).goal_set.owner_person == world.ben
    assert fresh(objective).goal_set.owner_person == world.ada, "only what was chosen goes"
    assert not may_see(world.hana, fresh(secret)), "and it stays unread"
    okr.undo_hand_over(world.hana, done)
    assert fresh(secret).goal_set.owner_person == world.ada

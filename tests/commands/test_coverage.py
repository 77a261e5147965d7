"""Coverage: who carries a unit's objectives, who is asked to, what is proposed, and the numbers that are kept of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tandem.activity.models import Notification
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import Delegation, Objective, UnitCoverage
from tandem.okr.queries import covered_objectives
from tandem.okr.queries.consistency import faults_of_goals
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.proof import refused
from tests.world import World, fresh


def states(world: World, who: Any = None) -> list[tuple[str, bool]]:
    """How Web's objectives are carried, in their order."""
    return [
        (one.coverage, one.is_single) for one in covered_objectives(who or world.ben, fresh(world.web), world.quarter)
    ]


def numbers(unit: Any) -> tuple[int, int, int, int]:
    row = UnitCoverage.objects.get(unit=unit)
    return row.objectives, row.gaps, row.delegated, row.single


def sound() -> bool:
    return not list(faults_of_goals(SYSTEM))


def heard(person: Person) -> list[str]:
    return [one.event.verb for one in Notification.objects.filter(person=person).select_related("event").order_by("pk")]


def by(world: World, who: str, above: Objective) -> Objective:
    return okr.align(getattr(world, who), world.objective(getattr(world, who)), parent=above).child


# --- states


def test_nobody_the_lead_one_and_several(world: World) -> None:
    above = world.objective(world.web)
    assert states(world) == [("gap", False)]
    own = by(world, "lin", above)
    assert states(world) == [("lead", True)]
    adas = by(world, "ada", above)
    assert states(world) == [("carried", False)]
    okr.drop_objective(world.lin, own, reason="no time")
    assert states(world) == [("carried", True)]
    okr.archive_objective(world.ada, fresh(adas))
    assert states(world) == [("gap", False)]
    assert numbers(world.acme) == (1, 1, 0, 0)
    assert sound()


def test_a_unit_below_carries_and_so_does_who_has_an_action(world: World) -> None:
    above = world.objective(world.cloud)
    okr.align(world.lin, world.objective(world.web), parent=above)
    assert numbers(world.cloud) == (2, 1, 0, 1)
    action = okr.add_action(world.wei, above, title="Page", owner=world.otto)
    assert numbers(world.cloud) == (2, 1, 0, 0)
    okr.edit_action(world.wei, action, state="dropped")
    assert numbers(world.cloud) == (2, 1, 0, 1)
    okr.edit_action(world.wei, fresh(action), state="todo")
    okr.archive_action(world.wei, fresh(action))
    assert numbers(world.cloud) == (2, 1, 0, 1)
    assert sound()


def test_a_goal_that_is_not_open_carries_without_a_name(world: World) -> None:
    """Neither the lead nor one and the same carrier is to be told from it."""
    above = world.objective(world.web)
    own = by(world, "lin", above)
    okr.set_visibility(world.lin, own, visibility="people")
    assert states(world) == states(world, world.lin) == [("carried", True)]
    okr.add_action(world.lin, above, title="Page", owner=world.lin)
    assert states(world) == [("carried", False)]
    assert sound()


def test_numbers_follow_goals_that_change_owner_or_cycle(world: World) -> None:
    above = world.objective(world.web, published=False)
    by(world, "ada", above)
    okr.hand_over(world.lin, world.web, to=world.cloud, objectives=[above.pk])
    assert numbers(world.web) == (0, 0, 0, 0)
    assert numbers(world.cloud) == (1, 0, 0, 1)
    draft = world.objective(world.web, published=False, title="Later")
    assert numbers(world.web) == (1, 1, 0, 0)
    okr.move_objective(world.lin, draft, cycle=world.backlog)
    assert UnitCoverage.objects.get(unit=world.web, cycle=world.quarter).own_objectives == 0
    assert UnitCoverage.objects.get(unit=world.web, cycle=world.backlog).own_gaps == 1
    assert sound()


def test_numbers_follow_units_that_move(world: World) -> None:
    world.objective(world.web)
    people.move_unit(SYSTEM, fresh(world.web), parent=world.office)
    assert numbers(world.office) == (1, 1, 0, 0)
    assert not UnitCoverage.objects.filter(unit=world.cloud).exists()
    assert sound()


def test_a_closed_cycle_keeps_its_numbers(world: World) -> None:
    year = cycles.create_cycle(SYSTEM, None, name="2026", start=date(2026, 1, 1), end=date(2026, 12, 31))
    above = world.objective(world.web)
    own = world.objective(world.ada, cycle=year)
    okr.align(world.ada, own, parent=above)
    closed = cycles.enter_phase(SYSTEM, world.quarter, phase="closed")
    okr.drop_objective(world.ada, own, reason="no time")
    people.move_unit(SYSTEM, fresh(world.data), parent=world.office)
    assert numbers(world.web) == (1, 0, 0, 1)
    assert sound()
    cycles.reopen_cycle(SYSTEM, closed, reason="A score was wrong")
    assert numbers(world.web) == (1, 1, 0, 0)


# --- delegating


def test_a_lead_asks_somebody_and_it_ends_with_their_link(world: World) -> None:
    above = world.objective(world.web)
    okr.delegate(world.lin, above, to=world.ben)
    okr.delegate(world.lin, above, to=world.ben)
    assert states(world) == [("delegated", False)]
    assert numbers(world.acme) == (1, 0, 1, 0)
    assert heard(world.ben) == ["objective.delegated"]
    by(world, "ada", above)
    assert states(world) == [("carried", True)]
    assert Delegation.objects.exists()
    by(world, "ben", above)
    assert not Delegation.objects.exists()
    assert heard(world.lin) == ["objective.delegation_met"]
    assert sound()


def test_an_action_meets_it_and_so_does_a_goal_that_opens(world: World) -> None:
    above = world.objective(world.web)
    okr.delegate(world.lin, above, to=world.ben)
    okr.delegate(world.lin, above, to=world.ada)
    okr.add_action(world.lin, above, title="Page", owner=world.ben)
    assert list(Delegation.objects.values_list("to_person", flat=True)) == [world.ada.pk]
    hidden = world.objective(world.ada, visibility="people")
    okr.align(world.ada, hidden, parent=above)
    assert Delegation.objects.exists(), "whose confidential goal it is would be told by it"
    okr.set_visibility(world.ada, hidden, visibility="company")
    assert not Delegation.objects.exists()


def test_a_unit_below_is_asked_through_its_lead_and_asked_no_longer(world: World) -> None:
    above = world.objective(world.cloud)
    made = okr.delegate(world.wei, above, to=world.web)
    assert heard(world.lin) == ["objective.delegated"]
    okr.take_back_delegation(world.wei, made)
    assert heard(world.lin) == ["objective.delegated", "objective.delegation_ended"]
    assert numbers(world.cloud) == (1, 1, 0, 0)
    assert sound()


REFUSED: list[tuple[str, Callable[[World], Any], str]] = [
    ("a person's goal", lambda w: okr.delegate(w.ada, w.objective(), to=w.ben), "state"),
    ("the lead", lambda w: okr.delegate(w.lin, w.objective(w.web), to=w.lin), "to"),
    ("the unit itself", lambda w: okr.delegate(w.lin, w.objective(w.web), to=w.web), "to"),
    ("another branch", lambda w: okr.delegate(w.lin, w.objective(w.web), to=w.otto), "to"),
    ("another unit", lambda w: okr.delegate(w.lin, w.objective(w.web), to=w.data), "to"),
    ("who has left", lambda w: okr.delegate(w.lin, w.objective(w.web), to=w.leo), "owner"),
    (
        "who may not read it",
        lambda w: okr.delegate(w.lin, w.objective(w.web, visibility="people"), to=w.ben),
        "to",
    ),
]


@pytest.mark.parametrize(("act", "field"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_who_cannot_be_asked(world: World, act: Callable[[World], Any], field: str) -> None:
    with refused(422, **({"code": field} if field == "state" else {"field": field})):
        act(world)
    assert not Delegation.objects.exists()


def test_who_carries_it_is_not_asked(world: World) -> None:
    above = world.objective(world.web)
    by(world, "ben", above)
    with refused(422):
        okr.delegate(world.lin, above, to=world.ben)
    with refused(422):
        okr.delegate(world.lin, okr.drop_objective(world.lin, above, reason="x"), to=world.ada)


# --- beyond


def test_a_goal_beyond_is_adopted_and_aligned(world: World) -> None:
    goal = world.objective(world.ada, title="Guides write themselves", category="health")
    proposal = okr.propose_to_unit(world.ada, goal)
    assert okr.propose_to_unit(world.ada, goal) == proposal
    assert heard(world.lin) == ["objective.proposed"]
    draft = okr.adopt_proposal(world.lin, proposal)
    assert (draft.title, draft.category, draft.state) == ("Guides write themselves", "health", "draft")
    assert draft.goal_set.owner_unit == world.web
    assert list(goal.aligned_to.values_list("parent", flat=True)) == [draft.pk]
    assert fresh(proposal).adopted_as == draft
    assert heard(world.ada) == ["objective.adopted"]
    assert states(world) == [("carried", True)]
    assert sound()


def test_adopting_is_taken_back_while_the_draft_is_one(world: World) -> None:
    goal = world.objective(world.ada)
    proposal = okr.propose_to_unit(world.ada, goal)
    draft = okr.adopt_proposal(world.lin, proposal)
    okr.reopen_proposal(world.lin, proposal)
    assert fresh(draft).archived_on is not None
    assert not goal.aligned_to.exists()
    assert fresh(proposal).state == "open"
    again = okr.adopt_proposal(world.lin, proposal)
    okr.publish_objective(world.lin, again)
    with refused(422):
        okr.reopen_proposal(world.lin, proposal)
    assert fresh(proposal).state == "adopted"
    assert sound()


def test_declining_takes_a_word(world: World) -> None:
    goal = world.objective(world.ada)
    proposal = okr.propose_to_unit(world.ada, goal)
    with refused(422, field="reason"):
        okr.decline_proposal(world.lin, proposal, reason="  ")
    okr.decline_proposal(world.lin, proposal, reason="Next quarter")
    assert heard(world.ada) == ["objective.declined"]
    with refused(422):
        okr.adopt_proposal(world.lin, proposal)
    assert okr.propose_to_unit(world.ada, goal).state == "open"
    assert okr.withdraw_proposal(world.ada, proposal).state == "withdrawn"
    with refused(422):
        okr.withdraw_proposal(world.ada, proposal)


def test_a_units_goal_is_proposed_to_the_unit_above(world: World) -> None:
    proposal = okr.propose_to_unit(world.lin, world.objective(world.web))
    assert proposal.unit == world.cloud
    okr.adopt_proposal(world.wei, proposal)
    assert numbers(world.cloud) == (2, 1, 0, 1)


def test_what_cannot_be_proposed(world: World) -> None:
    linked = by(world, "ada", world.objective(world.web))
    secret = world.objective(world.ada, visibility="people")
    homeless = world.objective(world.nia)
    top = world.objective(world.acme)
    dropped = okr.drop_objective(world.ada, world.objective(), reason="x")
    for actor, goal in ((world.ada, linked), (world.ada, secret), (world.nia, homeless), (world.grace, top)):
        with refused(422):
            okr.propose_to_unit(actor, goal)
    with refused(422):
        okr.propose_to_unit(world.ada, dropped)


def test_a_confidential_goal_is_adopted_for_those_who_read_it(world: World) -> None:
    goal = world.objective(world.ada, visibility="line")
    draft = okr.adopt_proposal(world.lin, okr.propose_to_unit(world.ada, goal))
    assert draft.visibility == "line"
    assert Objective.objects.visible_to(world.ada).filter(pk=draft.pk).exists()
    assert not Objective.objects.visible_to(world.ben).filter(pk=draft.pk).exists()

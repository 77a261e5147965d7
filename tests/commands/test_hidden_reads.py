"""What reads leave out for those who may not know: lists, numbers, feeds, trees. Ada keeps a goal to her line."""

import pytest

from tandem.activity.queries import feed, feed_around
from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tandem.okr.queries import (
    contributions_to,
    goals_of_person,
    history_of_person,
    most_at_risk,
    one_goal,
    outline_of_person,
    possible_parents,
    sets_of,
    stale_key_results,
    surroundings_of,
)
from tandem.okr.queries.lists import Filters, objectives
from tandem.people.models import Person
from tests.world import World, fresh

SECRET = "Acquire Zebra Ltd"


@pytest.fixture
def hidden(world: World) -> Objective:
    """Aligned to an open goal of Web's, unsure, and beside an open one of Ada's."""
    above = world.objective(world.web, title="Web grows")
    goal = world.objective(title=SECRET)
    world.key_result(goal, title=f"{SECRET} by May", confidence=2)
    world.key_result(world.objective(title="Open one"), confidence=8)
    okr.align(world.ada, goal, parent=above)
    return okr.set_visibility(world.ada, goal, visibility="line")


def seen(world: World, actor: Person, hidden: Objective) -> str:
    """All that the reads give this actor, as one text."""
    above = one_goal(actor, hidden.aligned_to.get().parent_id)
    ada, cycle = world.ada.pk, world.quarter.pk
    found = [
        goals_of_person(actor, ada, cycle), outline_of_person(actor, ada, cycle), most_at_risk(actor, cycle),
        list(objectives(actor, Filters())), list(objectives(actor, Filters(aligned_to=above.objective.id))),
        stale_key_results(actor, world.web.pk, cycle), feed(actor, world.ada), feed(actor, world.web),
        feed_around(actor, [f"person:{ada}"], "objective"), surroundings_of(actor, above),
        possible_parents(actor, fresh(world.objective(world.office))),
    ]  # fmt: skip
    return "\n".join(map(repr, found))


def test_no_read_tells_of_it_and_every_read_does_to_her_lead(world: World, hidden: Objective) -> None:
    assert SECRET not in seen(world, world.ben, hidden)
    for actor in (world.lin, world.ada):
        text = seen(world, actor, hidden)
        assert text.count(SECRET) > 8, actor


def test_numbers_of_a_set_are_over_what_one_sees(world: World, hidden: Objective) -> None:
    cycle = world.quarter.pk
    for actor, count, feeling in ((world.ben, 1, 8), (world.lin, 2, 5)):
        goals = goals_of_person(actor, world.ada.pk, cycle)
        assert goals.numbers is not None
        assert (goals.numbers.objectives, goals.numbers.key_results) == (count, count)
        row = sets_of(actor, cycle, people=[world.ada.pk]).of_person[world.ada.pk]
        assert (row.tally["objectives"], row.tally.confidence) == (count, feeling)
        assert [one.numbers.tally["objectives"] for one in history_of_person(actor, world.ada.pk)] == [count]


def test_a_set_of_hidden_goals_alone_is_no_set(world: World) -> None:
    okr.set_visibility(world.ada, world.objective(), visibility="people")
    assert goals_of_person(world.ben, world.ada.pk, world.quarter.pk).numbers is None
    assert sets_of(world.ben, world.quarter.pk, people=[world.ada.pk]).of_person == {}
    assert history_of_person(world.ben, world.ada.pk) == []
    assert len(history_of_person(world.ada, world.ada.pk)) == 1


def test_in_the_tree_it_is_one_confidential_contribution(world: World, hidden: Objective) -> None:
    above = hidden.aligned_to.get().parent_id
    for actor, readable, confidential in ((world.ben, 0, 1), (world.lin, 1, 0)):
        tree = surroundings_of(actor, one_goal(actor, above))
        assert (tree.children, tree.confidential) == (readable, confidential)
        assert contributions_to(actor, above) == (readable, confidential)


def test_what_it_aligns_to_is_not_told_where_that_is_hidden(world: World) -> None:
    parent = world.objective(world.office, title=SECRET)
    child = world.objective()
    okr.align(world.ada, child, parent=parent)
    okr.set_visibility(world.hana, parent, visibility="people")
    assert [one.title for one in one_goal(world.ada, child.pk).aligned_to] == []
    assert SECRET not in repr(feed(world.ada, child))
    assert not objectives(world.ada, Filters(aligned_to=parent.pk)).exists()
    assert surroundings_of(world.ada, one_goal(world.ada, child.pk)).parents == 0
    assert [one.title for one in one_goal(world.hana, child.pk).aligned_to] == [SECRET]


def test_an_open_page_costs_what_it_did(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    goal = world.objective()
    with django_assert_num_queries(5):
        one_goal(world.ben, goal.pk)
    okr.set_visibility(world.ada, goal, visibility="branch")
    with django_assert_num_queries(7):
        one_goal(world.ben, goal.pk)

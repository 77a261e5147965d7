"""Who reads a goal: open, internal, confidential, secret."""

import pytest

from tandem.activity.queries import feed
from tandem.core.errors import Missing
from tandem.okr import commands as okr
from tandem.okr.access import may_see
from tandem.okr.models import Objective, UnitNumbers
from tandem.okr.models.visibility import readable
from tandem.okr.queries import get_check_in, get_key_result, get_objective
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.proof import records, refused
from tests.world import CAST, World, fresh

EVERYBODY = set(CAST)
"""Leo has left and cannot sign in: he is here because mails and lists ask about him too."""


def readers(world: World, objective: Objective) -> set[str]:
    """Who of the cast reads it, asked in each of the three ways there are."""
    objective = fresh(objective)
    assert may_see(SYSTEM, objective)
    found = set()
    for who in CAST:
        actor = Person.objects.get(pk=getattr(world, who).pk)
        sees = may_see(actor, objective)
        assert Objective.objects.visible_to(actor).filter(pk=objective.pk).exists() == sees, who
        if sees:
            assert get_objective(actor, objective.pk) == objective
            found.add(who)
        else:
            with pytest.raises(Missing):
                get_objective(actor, objective.pk)
    return found


OF_ADA = {
    "company": EVERYBODY,
    "branch": {"ada", "ben", "lin", "wei", "grace"},
    "line": {"ada", "lin", "wei", "grace"},
    "people": {"ada"},
}
OF_CLOUD = {
    "company": EVERYBODY,
    "branch": {"ada", "ben", "lin", "wei", "chen", "otto", "grace"},
    "line": {"wei", "grace"},
    "people": {"wei"},
}


@pytest.mark.parametrize("visibility", OF_ADA)
def test_who_reads_a_persons_goal(world: World, visibility: str) -> None:
    goal = okr.set_visibility(world.ada, world.objective(), visibility=visibility)
    assert readers(world, goal) == OF_ADA[visibility]


@pytest.mark.parametrize("visibility", OF_CLOUD)
def test_who_reads_a_units_goal(world: World, visibility: str) -> None:
    goal = okr.set_visibility(world.wei, world.objective(world.cloud), visibility=visibility)
    assert readers(world, goal) == OF_CLOUD[visibility]


def test_who_reads_one_does_not_read_another(world: World) -> None:
    """Asked of many at once, inside other queries too: what is hidden beside what is read stays hidden."""
    own = okr.set_visibility(world.ben, okr.create_objective(
        world.ben, world.ben, cycle=world.quarter, title="Ben's"), visibility="people")  # fmt: skip
    hidden = okr.set_visibility(world.ada, world.objective(), visibility="people")
    open_one = world.objective(world.web)
    seen = Objective.objects.visible_to(world.ben)
    assert set(seen) == {own, open_one}
    assert hidden not in Objective.objects.filter(pk__in=seen)
    beside = Objective.objects.filter(readable(world.ben, "aligned_to__parent"), aligned_to__parent=hidden)
    okr.align(world.ada, world.objective(), parent=hidden)
    assert not beside.exists()
    heard = feed(world.ben, world.ada)
    assert heard
    assert not [one for one in heard if one.about == f"objective:{hidden.pk}"]


def test_who_owns_it_too_has_work_in_it_or_is_named_reads_it(world: World) -> None:
    goal = okr.set_visibility(world.ada, world.objective(), visibility="people")
    okr.add_co_owner(world.ada, goal, person=world.otto)
    action = okr.add_action(world.ada, goal, title="Page", owner=world.ben)
    with records("objective.reader"):
        okr.add_reader(world.otto, goal, person=world.nia)
    assert readers(world, goal) == {"ada", "otto", "ben", "nia"}
    with records("objective.reader_removed"):
        okr.remove_reader(world.ada, goal, person=world.nia)
    okr.archive_action(world.ada, action)
    assert readers(world, goal) == {"ada", "otto"}


def test_the_line_goes_up_by_managers_and_by_units(world: World) -> None:
    """Hana is Ada's manager by name; over her stands Grace, and Omar is Grace's."""
    people.edit_person(SYSTEM, world.ada, manager=world.hana)
    people.edit_person(SYSTEM, world.hana, manager=world.nia)
    goal = okr.set_visibility(world.ada, world.objective(), visibility="line")
    assert readers(world, goal) == {"ada", "hana", "nia", "lin", "wei", "grace"}


def test_whoever_stands_in_for_a_lead_reads_what_they_would_write(world: World) -> None:
    goal = okr.set_visibility(SYSTEM, world.objective(world.data), visibility="people")
    assert readers(world, goal) == {"wei"}
    for unit in (world.cloud, world.acme):
        people.name_lead(SYSTEM, unit, lead=None)
    assert readers(world, goal) == {"chen", "omar"}


def test_a_role_alone_opens_nothing(world: World) -> None:
    goal = okr.set_visibility(world.ada, world.objective(), visibility="line")
    people.set_roles(SYSTEM, world.nia, administrator=True, champion=True, people_team=True)
    assert "nia" not in readers(world, goal)


def test_somebody_without_a_unit_keeps_a_goal_to_those_named(world: World) -> None:
    goal = okr.create_objective(world.nia, world.nia, cycle=world.quarter, title="x")
    for visibility in ("branch", "line", "people"):
        okr.set_visibility(world.nia, goal, visibility=visibility)
        assert readers(world, goal) == {"nia"}


def test_what_lies_under_a_hidden_goal_is_hidden_with_it(world: World) -> None:
    goal = okr.set_visibility(world.ada, world.objective(), visibility="people")
    result = world.key_result(goal)
    said = okr.check_in(world.ada, result, value=3)
    assert get_check_in(world.ada, said.pk) == said
    for read, key in ((get_key_result, result.pk), (get_check_in, said.pk)):
        with pytest.raises(Missing):
            read(world.lin, key)


def test_stored_numbers_are_those_of_open_goals(world: World) -> None:
    goal = world.objective()
    world.key_result(goal, confidence=7)
    with records("objective.visibility"):
        okr.set_visibility(world.ada, goal, visibility="line")
    row = UnitNumbers.objects.get(unit=world.web, cycle=world.quarter)
    assert (row.objectives, row.key_results, row.confidence_7, row.people_published) == (0, 0, 0, 0)
    okr.set_visibility(world.ada, goal, visibility="company")
    row.refresh_from_db()
    assert (row.objectives, row.key_results, row.confidence_7, row.people_published) == (1, 1, 1, 1)


def test_what_is_refused(world: World) -> None:
    goal = world.objective()
    with refused(422, field="visibility"):
        okr.set_visibility(world.ada, goal, visibility="nobody")
    with refused(422, field="person"):
        okr.add_reader(world.ada, goal, person=world.leo)
    okr.archive_objective(world.ada, goal)
    with refused(422, code="archived"):
        okr.set_visibility(world.ada, goal, visibility="line")
    with refused(422, code="archived"):
        okr.add_reader(world.ada, goal, person=world.nia)

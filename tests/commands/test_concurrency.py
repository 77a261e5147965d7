"""Many at once: nobody fails, no number is lost, no ring is closed. On SQLite and PostgreSQL alike."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from tandem.core.errors import Invalid, Refusal
from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import Alignment, CheckIn, GoalSet, UnitNumbers
from tandem.people import commands as people
from tandem.people.models import Organization, Unit
from tests.proof import assert_numbers_true
from tests.world import World, build, fresh

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8


@pytest.fixture
def company(transactional_db: None) -> Iterator[World]:
    yield build()
    assert_numbers_true()


def at_once(writes: list[Callable[[], Any]]) -> list[Any]:
    """Start all together, each on a connection of its own; what each gave, or the refusal it met."""
    start = Barrier(len(writes))

    def run(write: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return write()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writes)) as threads:
        results = list(threads.map(run, writes, timeout=120))
    connections.close_all()
    return results


def test_eight_check_in_under_one_objective(company: World) -> None:
    objective = company.objective()
    key_results = [company.key_result(objective) for _writer in range(WRITERS)]

    def write(place: int) -> Callable[[], Any]:
        return lambda: [
            okr.check_in(company.ada, key_results[place], value=10 * place, confidence=6) for _once in "123"
        ]

    results = at_once([write(place) for place in range(WRITERS)])
    assert not [one for one in results if isinstance(one, Refusal)]
    assert CheckIn.objects.count() == 3 * WRITERS
    assert fresh(objective).with_data == WRITERS
    assert UnitNumbers.objects.get(unit=company.acme, cycle=company.quarter).confidence_6 == WRITERS


def test_eight_check_in_on_one_key_result(company: World) -> None:
    key_result = company.key_result(company.objective())
    at_once([lambda: okr.check_in(company.ada, key_result, value=5, confidence=7) for _writer in range(WRITERS)])
    assert (fresh(key_result).check_ins_count, CheckIn.objects.count()) == (WRITERS, WRITERS)


def test_the_first_goals_of_a_cycle_are_written_at_once(company: World) -> None:
    """Nobody has a goal set yet, no branch has a row: all are made by whoever comes first."""
    owners = [company.ada, company.ben, company.lin, company.wei, company.otto, company.nia, company.hana, company.ada]
    writes = [
        lambda owner=owner: okr.create_objective(owner, owner, cycle=company.quarter, title="First") for owner in owners
    ]
    results = at_once(writes)
    assert not [one for one in results if isinstance(one, Refusal)]
    assert GoalSet.objects.count() == len({owner.pk for owner in owners})
    assert UnitNumbers.objects.get(unit=None, cycle=company.quarter).drafts == len(owners)


@pytest.mark.parametrize("_again", range(3))
def test_two_align_to_each_other(company: World, _again: int) -> None:
    Organization.objects.all().delete()
    mine, yours = company.objective(), company.objective(company.ben)
    results = at_once([
        lambda: okr.align(company.ada, mine, parent=yours),
        lambda: okr.align(company.ben, yours, parent=mine),
    ])  # fmt: skip
    assert sorted(type(one).__name__ for one in results) == ["Alignment", "Invalid"]
    assert Alignment.objects.count() == 1


@pytest.mark.parametrize("_again", range(3))
def test_two_units_move_below_each_other(company: World, _again: int) -> None:
    results = at_once([
        lambda: people.move_unit(company.hana, company.cloud, parent=company.office),
        lambda: people.move_unit(company.omar, company.office, parent=company.cloud),
    ])  # fmt: skip
    assert sum(isinstance(one, Invalid) for one in results) == 1
    paths = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in paths.values():
        above = paths[unit.parent_id].path if unit.parent_id else "/"
        assert unit.path == f"{above}{unit.pk}/"


def test_a_unit_is_founded_while_its_branch_moves(company: World) -> None:
    at_once([
        lambda: people.move_unit(company.hana, company.cloud, parent=company.office),
        lambda: people.create_unit(company.omar, company.web, name="New"),
    ])  # fmt: skip
    new, above = Unit.objects.get(name="New"), fresh(company.web)
    assert new.path == f"{above.path}{new.pk}/"


@pytest.mark.parametrize("_again", range(4))
def test_two_become_each_others_manager(company: World, _again: int) -> None:
    results = at_once([
        lambda: people.edit_person(company.hana, company.ada, manager=company.ben),
        lambda: people.edit_person(company.omar, company.ben, manager=company.ada),
    ])  # fmt: skip
    assert sum(isinstance(one, Invalid) for one in results) == 1


def test_check_ins_while_the_person_and_the_unit_move(company: World) -> None:
    key_results = [company.key_result(company.objective()) for _one in range(4)]
    check_ins = [
        lambda row=row: [okr.check_in(company.ada, row, value=value, confidence=6) for value in range(5)]
        for row in key_results
    ]
    moves = [
        lambda: [people.move_person(company.hana, company.ada, unit=unit) for unit in (company.office, company.data)],
        lambda: [people.move_unit(company.omar, company.data, parent=unit) for unit in (company.office, company.acme)],
    ]
    results = at_once([*check_ins, *moves])
    assert not [one for one in results if isinstance(one, Refusal)]
    assert UnitNumbers.objects.get(unit=company.data, cycle=company.quarter).confidence_6 == len(key_results)


def test_two_editors_and_one_winner(company: World) -> None:
    objective = company.objective()
    results = at_once([
        lambda title=title: okr.edit_objective(company.ada, objective, version=objective.version, title=title)
        for title in ("One", "Two", "Three")
    ])  # fmt: skip
    lost = [one for one in results if isinstance(one, Refusal)]
    assert [one.status for one in lost] == [409, 409]
    assert {one.as_json()["error"]["current"]["title"] for one in lost} == {fresh(objective).title}


@pytest.mark.parametrize("_again", range(3))
def test_a_cycle_closes_while_its_people_check_in(company: World, _again: int) -> None:
    """What was said before it closed counts in the frozen numbers; what comes later is refused, not lost half-way."""
    owners = [company.ada, company.ben, company.otto, company.hana, company.lin, company.wei]
    key_results = [company.key_result(company.objective(owner)) for owner in owners]

    def check_in(place: int) -> int:
        for value in range(1, 21):
            try:
                okr.check_in(owners[place], key_results[place], value=value, confidence=6)
            except Invalid:
                return value - 1
        return 20

    close = [lambda: cycles.enter_phase(company.chen, company.quarter, phase="closed")] * 2
    *said, first, second = at_once([*(lambda place=place: check_in(place) for place in range(len(owners))), *close])
    assert sorted(isinstance(one, Invalid) for one in (first, second)) == [False, True]
    assert fresh(company.quarter).is_closed
    assert CheckIn.objects.count() == sum(said)
    for key_result, last in zip(key_results, said, strict=True):
        now = fresh(key_result)
        assert (now.check_ins_count, now.current or 0) == (last, last)
        assert (fresh(now.objective).progress or 0) * 100 == last
    counted = UnitNumbers.objects.get(unit=None, cycle=company.quarter).confidence_6
    assert counted == sum(one > 0 for one in said)

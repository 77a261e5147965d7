"""People: added, moved, gone, back; with roles, managers and settings of their own."""

from datetime import date, timedelta

import pytest
import time_machine

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.okr.models import GoalSet, UnitNumbers
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Membership, Person
from tandem.people.queries import members_of
from tests.proof import assert_numbers_true, records, refused
from tests.world import World, fresh


def test_added_to_a_unit_with_an_address(world: World) -> None:
    with records("person.added"):
        zoe = people.add_person(world.hana, world.web, name=" Zoë  王 ", email=" Zoe@Example.COM ", manager=world.lin)
    assert (zoe.name, zoe.email, zoe.manager) == ("Zoë 王", "zoe@example.com", world.lin)
    assert zoe in members_of(world.ada, world.web)
    assert not zoe.has_usable_password()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Z", "email": "nowhere"}, "email"),
        ({"name": "Z", "email": "ADA@example.com"}, "email"),
    ],
)
def test_what_is_wrong_is_named(world: World, fields: dict[str, str], field: str) -> None:
    with refused(422, field=field):
        people.add_person(world.hana, world.web, **fields)
    with refused(422, field=field):
        people.edit_person(world.hana, world.ben, **{"name": "Ben", **fields})


def test_two_editors_of_one_entry(world: World) -> None:
    with records("person.edited"):
        people.edit_person(world.hana, world.ben, version=world.ben.version, name="Benedict")
    with refused(409) as caught:
        people.edit_person(world.omar, world.ben, version=world.ben.version, name="Benjamin")
    assert caught.value.current["name"] == "Benedict"
    with refused(403):
        people.edit_person(world.ben, world.ben, name="Me")


def test_no_ring_of_managers(world: World) -> None:
    people.edit_person(world.hana, world.ada, manager=world.lin)
    people.edit_person(world.hana, world.lin, manager=world.wei)
    for above in (world.ada, world.lin, world.wei):
        with refused(422, field="manager"):
            people.edit_person(world.hana, world.wei, manager=above)


def test_an_administrators_entry_is_an_administrators_to_keep(world: World) -> None:
    """Else the people team could give an administrator an address of its own, and sign in with it."""
    with refused(403):
        people.edit_person(world.hana, world.omar, email="hana+omar@example.com")
    with refused(403):
        people.leave_company(world.hana, world.omar)
    assert people.edit_person(world.omar, world.omar, name="Omar A.").name == "Omar A."


def test_somebody_stays_administrator(world: World) -> None:
    with refused(422, field="administrator"):
        people.set_roles(world.omar, world.omar, administrator=False)
    with refused(422, field="administrator"):
        people.leave_company(SYSTEM, world.omar)
    with records("person.roles", "person.roles"):
        people.set_roles(world.omar, world.hana, administrator=True)
        people.set_roles(world.omar, world.omar, administrator=False)
    assert (fresh(world.hana).is_administrator, fresh(world.hana).is_people_team) == (True, True)
    with refused(403):
        people.set_roles(fresh(world.omar), world.omar, administrator=True)


def test_a_second_unit_and_back(world: World) -> None:
    with records("person.joined", "person.joined", "person.withdrew"):
        people.join_unit(world.hana, world.ada, unit=world.data)
        people.join_unit(world.hana, world.ada, unit=world.data)
        people.leave_unit(world.hana, world.ada, unit=world.data)
    assert world.ada not in members_of(world.ben, world.data)
    with refused(422, field="unit"):
        people.leave_unit(world.hana, world.ada, unit=world.web)


def test_who_moves_takes_running_goals_along(world: World) -> None:
    okr.check_in(world.ada, world.key_result(world.objective()), value=50, confidence=6)
    with records("person.moved"):
        people.move_person(world.hana, world.ada, unit=world.office)
    assert GoalSet.objects.get(owner_person=world.ada).unit == world.office
    ended = Membership.objects.get(person=world.ada, unit=world.web)
    assert ended.until == date(2026, 10, 14)
    assert_numbers_true()
    people.move_person(world.hana, world.ada, unit=None)
    numbers = UnitNumbers.objects.filter(cycle=world.quarter, key_results__gt=0)
    assert [one.unit_id for one in numbers] == [None]
    assert_numbers_true()
    people.move_person(world.hana, world.ada, unit=world.web)
    assert UnitNumbers.objects.get(unit=world.web).key_results == 1


def test_what_was_closed_stays_where_it_was(world: World) -> None:
    okr.check_in(world.ada, world.key_result(world.objective()), value=50)
    for phase in ("agree", "run", "review", "closed"):
        cycles.enter_phase(world.chen, world.quarter, phase=phase)
    people.move_person(world.hana, world.ada, unit=world.office)
    assert GoalSet.objects.get(owner_person=world.ada).unit == world.web


def test_nia_without_a_unit_has_goals_that_count(world: World) -> None:
    okr.check_in(world.nia, world.key_result(world.objective(world.nia)), value=10)
    assert UnitNumbers.objects.get(unit=None).key_results == 1
    assert not UnitNumbers.objects.filter(unit=world.acme, key_results=1).exists()


def test_leaving_and_coming_back(world: World, clock: time_machine.Traveller) -> None:
    mine = world.objective()
    with records("person.left"):
        people.leave_company(world.hana, world.ada, on=date(2026, 10, 20))
    assert okr.edit_objective(fresh(world.ada), mine, title="Until Tuesday").version == mine.version + 1
    clock.shift(timedelta(days=6))
    with refused(403):
        okr.edit_objective(fresh(world.ada), mine, title="Too late")
    assert fresh(world.ada) not in members_of(world.ben, world.web)
    assert UnitNumbers.objects.get(unit=world.web).objectives == 1
    with records("person.returned"):
        people.return_to_company(world.hana, world.ada)
    assert fresh(world.ada).is_active


def test_nobody_leaves_by_their_own_hand(world: World) -> None:
    with refused(422):
        people.leave_company(world.hana, world.hana)


def test_settings_of_ones_own(world: World) -> None:
    with records("person.profile"):
        people.edit_profile(world.ada, world.ada, language="zh-hans", timezone="Asia/Shanghai", theme="dark")
    row = fresh(world.ada)
    assert (row.language, row.timezone, row.theme) == ("zh-hans", "Asia/Shanghai", "dark")
    people.edit_profile(world.ada, world.ada, language="", timezone="", theme="")
    for field, value in (("language", "tlh"), ("timezone", "Mars"), ("theme", "pink")):
        with refused(422, field=field):
            people.edit_profile(world.ada, world.ada, **{field: value})
    for stranger in (world.lin, world.hana, world.omar):
        with refused(403):
            people.edit_profile(stranger, world.ada, theme="dark")


def test_a_first_password(world: World) -> None:
    with records("person.password"):
        people.set_password(world.omar, world.ada, password="a-long-way-to-ride")
    assert fresh(world.ada).check_password("a-long-way-to-ride")
    with refused(422, field="password"):
        people.set_password(world.omar, world.ada, password="12345678")
    with refused(403):
        people.set_password(world.hana, world.ada, password="a-long-way-to-ride")


def test_somebody_without_an_address_is_only_named(world: World) -> None:
    first, second = (people.add_person(world.hana, world.web, name=name) for name in ("One", "Two"))
    assert (first.email, second.email) == (None, None)
    assert Person.objects.filter(email=None).count() == 2

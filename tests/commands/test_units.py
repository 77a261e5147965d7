"""Units and the company: founded, renamed, moved, led, put away. Goals follow, the past stays."""

import pytest

from tandem.okr import commands as okr
from tandem.okr.models import UnitNumbers
from tandem.people import commands as people
from tandem.people.access import acting_lead, leads
from tandem.people.models import Organization, Unit
from tandem.people.queries import manager_of, members_of, organization
from tests.proof import records, refused
from tests.world import World, fresh


def key_results_of(world: World, unit: Unit | None) -> int:
    rows = UnitNumbers.objects.filter(cycle=world.quarter, unit=unit)
    return sum(rows.values_list("key_results", flat=True))


def test_a_unit_hangs_below_another(world: World) -> None:
    with records("unit.created", "unit.edited"):
        design = people.create_unit(world.hana, world.web, name=" 设计 ", kind="team")
        people.edit_unit(world.hana, design, version=design.version, name="Design", kind="function")
    assert fresh(design).path_ids == [world.acme.pk, world.cloud.pk, world.web.pk, design.pk]
    for fields, field in (({"name": ""}, "name"), ({"kind": "club"}, "kind")):
        with refused(422, field=field):
            people.edit_unit(world.hana, design, **fields)
    with refused(422, field="kind"):
        people.create_unit(world.hana, None, name="x", kind="club")
    with refused(409):
        people.edit_unit(world.omar, design, version=design.version, name="Other")


def test_only_the_people_team_and_administrators_build(world: World) -> None:
    for stranger in (world.ada, world.lin, world.grace, world.chen):
        with refused(403):
            people.create_unit(stranger, world.acme, name="Mine")
        with refused(403):
            people.move_unit(stranger, world.web, parent=world.acme)


def test_a_branch_moves_with_its_numbers_while_goals_run(world: World) -> None:
    okr.check_in(world.ada, world.key_result(world.objective()), value=50, confidence=6)
    with records("unit.moved"):
        people.move_unit(world.hana, world.cloud, parent=world.office)
    assert fresh(world.web).path_ids == [world.acme.pk, world.office.pk, world.cloud.pk, world.web.pk]
    assert [key_results_of(world, unit) for unit in (world.web, world.cloud, world.office, world.acme, None)] == [1] * 5
    people.move_unit(world.hana, world.web, parent=None)
    assert [key_results_of(world, unit) for unit in (world.web, world.cloud, world.acme, None)] == [1, 0, 0, 1]


def test_no_unit_lies_below_itself(world: World) -> None:
    for parent in (world.cloud, world.web):
        with refused(422, field="parent"):
            people.move_unit(world.hana, world.cloud, parent=parent)


def test_units_are_put_away_from_below(world: World) -> None:
    with refused(422):
        people.archive_unit(world.hana, world.cloud)
    with records("unit.archived", "unit.archived", "unit.archived"):
        for unit in (world.web, world.data, world.cloud):
            people.archive_unit(world.hana, unit)
    for attempt in (
        lambda: people.create_unit(world.hana, fresh(world.cloud), name="New"),
        lambda: people.move_unit(world.hana, world.office, parent=fresh(world.cloud)),
    ):
        with refused(422, field="parent"):
            attempt()
    for attempt in (
        lambda: people.move_person(world.hana, world.nia, unit=fresh(world.web)),
        lambda: people.join_unit(world.hana, world.nia, unit=fresh(world.web)),
        lambda: people.add_person(world.hana, fresh(world.web), name="New"),
    ):
        with refused(422, field="unit"):
            attempt()
    with refused(422):
        people.restore_unit(world.hana, world.web)
    with records("unit.restored", "unit.restored"):
        people.restore_unit(world.hana, world.cloud)
        people.restore_unit(world.hana, world.web)


def test_an_archived_units_goals_stay_in_the_numbers(world: World) -> None:
    okr.check_in(world.lin, world.key_result(world.objective(world.web)), value=50)
    people.archive_unit(world.hana, world.web)
    assert key_results_of(world, world.cloud) == 1


def test_who_leads_writes_the_units_goals(world: World) -> None:
    with records("unit.lead"):
        people.name_lead(world.hana, world.web, lead=world.ben)
    with refused(403):
        okr.create_objective(world.lin, fresh(world.web), cycle=world.quarter, title="x")
    assert okr.create_objective(world.ben, fresh(world.web), cycle=world.quarter, title="x").pk
    with refused(422, field="lead"):
        people.name_lead(world.hana, world.web, lead=world.leo)


def test_a_vacant_place_is_taken_by_the_lead_above(world: World) -> None:
    assert acting_lead(world.data) == world.wei
    people.leave_company(world.omar, world.wei)
    assert acting_lead(fresh(world.data)) == world.grace
    assert leads(world.grace, fresh(world.data))
    assert not leads(world.chen, fresh(world.data))


def test_where_nobody_leads_champions_and_administrators_stand_in(world: World) -> None:
    """An incomplete chart blocks nobody."""
    island = people.create_unit(world.hana, None, name="Island")
    assert acting_lead(island) is None
    for actor, may in ((world.chen, True), (world.omar, True), (world.ada, False), (world.hana, False)):
        assert leads(actor, island) is may
    assert okr.create_objective(world.chen, island, cycle=world.quarter, title="Anybody here?").pk


def test_managers_follow_from_the_chart(world: World) -> None:
    assert manager_of(fresh(world.ada)) == world.lin
    assert manager_of(fresh(world.lin)) == world.wei
    assert manager_of(fresh(world.otto)) == world.wei
    assert manager_of(fresh(world.grace)) is None
    assert manager_of(fresh(world.nia)) is None
    people.edit_person(world.hana, world.ada, manager=world.ben)
    assert manager_of(fresh(world.ada)) == world.ben


def test_the_company_has_settings(world: World) -> None:
    company = organization()
    with records("organization.edited"):
        people.edit_organization(
            world.omar, company, name="极光", timezone="Asia/Shanghai", locale="zh-hans", fiscal_year_start=4,
            quarter_name="FY xxxx-Qzz",
        )  # fmt: skip
    assert organization().timezone == "Asia/Shanghai"
    assert Organization.objects.count() == 1
    with refused(409) as caught:
        people.edit_organization(world.omar, organization(), version=1, name="Old")
    assert caught.value.current["name"] == "极光"
    with refused(403):
        people.edit_organization(world.hana, organization(), name="Mine")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../etc/passwd"),
        ("locale", "tlh"),
        ("fiscal_year_start", 0),
        ("fiscal_year_start", 13),
        ("quarter_name", "Quarter"),
        ("languages", []),
        ("languages", ["en", "tlh"]),
        ("check_in_weekday", 7),
        ("most_objectives", 0),
        ("most_key_results", 11),
        ("audit_days", 29),
    ],
)
def test_settings_that_make_no_sense(world: World, field: str, value: object) -> None:
    with refused(422, field=field):
        people.edit_organization(world.omar, organization(), **{field: value})


def test_the_companys_language_is_among_those_offered(world: World) -> None:
    with refused(422, field="locale"):
        people.edit_organization(world.omar, organization(), locale="en", languages=["zh-hans"])
    people.edit_organization(world.omar, organization(), locale="zh-hans", languages=["zh-hans"])
    with refused(422, field="locale"):
        people.edit_organization(world.omar, organization(), locale="en")
    with refused(422, field="language"):
        people.edit_profile(world.ada, world.ada, language="en")


def test_a_unit_is_merged_into_another_and_its_past_stays(world: World) -> None:
    webs, adas = world.objective(world.web), world.key_result(world.objective())
    below = people.create_unit(world.hana, world.web, name="Icons")
    people.join_unit(world.hana, world.otto, unit=world.web)
    with records("unit.merged"):
        people.merge_unit(world.hana, fresh(world.web), into=world.data)
    assert fresh(world.web).archived_on is not None
    assert {fresh(one).unit for one in (world.ada, world.ben, world.lin)} == {world.data}
    assert fresh(below).path_ids == [world.acme.pk, world.cloud.pk, world.data.pk, below.pk]
    assert not world.web.memberships.filter(until=None).exists()
    assert world.data.memberships.filter(until=None, person=world.otto).count() == 1, "nobody is there twice"
    assert fresh(webs).goal_set.owner_unit == world.web, "its own goals wait to be handed over"
    assert key_results_of(world, world.data) == 1
    assert fresh(adas).objective.goal_set.unit == world.data
    for unit, into in ((world.web, world.data), (world.data, world.web), (world.data, below), (world.data, world.data)):
        with refused(422, field="into"):
            people.merge_unit(world.hana, fresh(unit), into=fresh(into))


def test_a_merger_is_taken_back_as_far_as_nobody_moved_on(world: World) -> None:
    adas = world.key_result(world.objective())
    below = people.create_unit(world.hana, world.web, name="Icons")
    people.join_unit(world.hana, world.otto, unit=world.web)
    members = {one.pk for one in members_of(world.hana, world.web)}
    people.merge_unit(world.hana, fresh(world.web), into=world.data)
    people.move_person(world.hana, fresh(world.ben), unit=world.office)
    with records("unit.merger_undone"):
        people.undo_merge(world.hana, fresh(world.web))
    assert fresh(world.web).archived_on is None
    assert fresh(below).path_ids == [world.acme.pk, world.cloud.pk, world.web.pk, below.pk]
    assert {fresh(one).unit for one in (world.ada, world.lin)} == {world.web}
    assert fresh(world.ben).unit == world.office, "who moved on since stays where they are"
    assert {one.pk for one in members_of(world.hana, world.web)} == members - {world.ben.pk}
    assert [one.pk for one in members_of(world.hana, world.data)] == [world.otto.pk]
    assert key_results_of(world, world.data) == 0
    assert fresh(adas).objective.goal_set.unit == world.web
    with refused(422, code="state"):
        people.undo_merge(world.hana, fresh(world.web))


def test_a_merger_under_an_archived_unit_waits(world: World) -> None:
    people.merge_unit(world.hana, fresh(world.web), into=world.office)
    people.archive_unit(world.hana, fresh(world.data))
    people.archive_unit(world.hana, fresh(world.cloud))
    with refused(422):
        people.undo_merge(world.hana, fresh(world.web))


def test_siblings_change_places(world: World) -> None:
    third = people.create_unit(world.hana, world.cloud, name="Third")
    with records("unit.reordered"):
        people.reorder_unit(world.hana, third, step=-9)
    places = Unit.objects.filter(parent=world.cloud).order_by("position").values_list("name", flat=True)
    assert list(places) == ["Third", "Web", "数据 Data"]
    people.archive_unit(world.hana, fresh(third))
    with refused(422):
        people.reorder_unit(world.hana, fresh(third), step=1)

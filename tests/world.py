"""A small company with a named cast, in two languages, built by the commands themselves.

    Acme 极光 (Grace leads)
    ├── 云业务 Cloud (王伟 Wei leads)
    │   ├── Web (林 Lin leads; Ada and Ben are members)
    │   └── 数据 Data (nobody leads; Otto is a member)
    └── People Office (Hana leads)

Chen is the champion, Omar the administrator, Leo has left, Nia belongs to no unit yet.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tandem.cycles import commands as cycles
from tandem.cycles.models import Cycle
from tandem.okr import commands as okr
from tandem.okr.models import KeyResult, Objective
from tandem.people import commands as people
from tandem.people.actors import SYSTEM, Actor
from tandem.people.models import Organization, Person, Unit
from tandem.people.queries import forget_organization, is_person

QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
WEDNESDAY = date(2026, 10, 14)
"""A day of the quarter on which most stories begin (two weeks in: pace has a verdict)."""

CAST = ("ada", "ben", "lin", "wei", "grace", "hana", "chen", "omar", "otto", "nia", "leo")


@dataclass
class World:
    """The company; every field is a row. Stories fetch rows anew where they look at what was written."""

    acme: Unit
    cloud: Unit
    web: Unit
    data: Unit
    office: Unit
    ada: Person
    ben: Person
    lin: Person
    wei: Person
    grace: Person
    hana: Person
    chen: Person
    omar: Person
    otto: Person
    nia: Person
    leo: Person
    quarter: Cycle
    backlog: Cycle

    def writer_of(self, owner: Person | Unit) -> Actor:
        """Who writes this owner's goals."""
        if is_person(owner):
            return owner
        return {self.web.pk: self.lin, self.acme.pk: self.grace, self.office.pk: self.hana}.get(owner.pk, self.wei)

    def objective(
        self, owner: Person | Unit | None = None, *, published: bool = True, cycle: Cycle | None = None, **fields: Any
    ) -> Objective:
        """An objective of `owner` (Ada), published unless told otherwise."""
        owner = owner or self.ada
        actor = self.writer_of(owner)
        fields = {"title": "New customers love the first week", **fields}
        objective = okr.create_objective(actor, owner, cycle=cycle or self.quarter, **fields)
        return okr.publish_objective(actor, objective) if published else objective

    def key_result(self, objective: Objective, **fields: Any) -> KeyResult:
        """A key result, by default a number from 0 to 100, written by the objective's writer."""
        if "kind" not in fields:
            fields = {"kind": "metric", "start": 0, "target": 100, **fields}
        goals = objective.goal_set
        owner = goals.owner_person or goals.owner_unit
        assert owner is not None
        return okr.add_key_result(self.writer_of(owner), objective, **{"title": "First-week activation", **fields})


def build() -> World:
    """The company, today being whatever the clock says."""
    forget_organization()
    if not Organization.objects.exists():
        Organization.objects.create(name="Acme 极光")
    units = _units()
    cast = _cast(units)
    for unit, lead in (("acme", "grace"), ("cloud", "wei"), ("web", "lin"), ("office", "hana")):
        units[unit] = people.name_lead(SYSTEM, units[unit], lead=cast[lead])
    quarter = cycles.create_cycle(SYSTEM, None, name="2026 Q4", start=QUARTER[0], end=QUARTER[1])
    backlog = cycles.create_cycle(SYSTEM, None, name="Backlog 想法", kind="backlog")
    return World(**units, **cast, quarter=quarter, backlog=backlog)


def _units() -> dict[str, Unit]:
    acme = people.create_unit(SYSTEM, None, name="Acme 极光", kind="company")
    cloud = people.create_unit(SYSTEM, acme, name="云业务 Cloud", kind="business")
    office = people.create_unit(SYSTEM, acme, name="People Office", kind="function")
    web = people.create_unit(SYSTEM, cloud, name="Web")
    data = people.create_unit(SYSTEM, cloud, name="数据 Data")
    return {"acme": acme, "cloud": cloud, "office": office, "web": web, "data": data}


def _cast(units: dict[str, Unit]) -> dict[str, Person]:
    homes = {
        "ada": ("Ada Byron", "web"),
        "ben": ("Ben", "web"),
        "lin": ("林小雨", "web"),
        "wei": ("王伟", "cloud"),
        "grace": ("Grace Hopper", "acme"),
        "hana": ("Hana", "office"),
        "chen": ("陈晨", "cloud"),
        "omar": ("Omar", "acme"),
        "otto": ("Otto", "data"),
        "nia": ("Nia", None),
        "leo": ("Leo", "web"),
    }
    cast = {
        who: people.add_person(SYSTEM, units[home] if home else None, name=name, email=f"{who}@example.com")
        for who, (name, home) in homes.items()
    }
    cast["omar"] = people.set_roles(SYSTEM, cast["omar"], administrator=True)
    cast["hana"] = people.set_roles(SYSTEM, cast["hana"], people_team=True)
    cast["chen"] = people.set_roles(SYSTEM, cast["chen"], champion=True)
    cast["leo"] = people.leave_company(SYSTEM, cast["leo"])
    return cast


def fresh(row: Any) -> Any:
    """The row as the database has it now."""
    model = type(row)
    return model._base_manager.select_related(*getattr(model, "read_with", ())).get(pk=row.pk)

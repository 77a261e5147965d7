"""Reading people and units. Everybody who is signed in sees the organisation; past entries stay readable."""

import time
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from typing_extensions import TypeIs

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.people.actors import Actor
from tandem.people.models import Membership, Organization, Person, Unit

KEPT_SECONDS = 5.0
_kept: dict[str, tuple[float, Organization]] = {}


def organization() -> Organization:
    """The company's row, kept for five seconds: every request asks for its time zone."""
    read_at, row = _kept.get("row", (-KEPT_SECONDS, None))
    if row is None or time.monotonic() - read_at >= KEPT_SECONDS:
        row = Organization.objects.first() or Organization(pk=1)
        _kept["row"] = (time.monotonic(), row)
    return row


def forget_organization() -> None:
    """Read the company's row anew at the next question."""
    _kept.clear()


def company_timezone_name() -> str:
    return organization().timezone


def get_unit(_actor: Actor, pk: int) -> Unit:
    """Raises Missing (404)."""
    unit = Unit.objects.select_related("lead", "parent").filter(pk=pk).first()
    if unit is None:
        raise Missing(_("There is no such unit."))
    return unit


def get_person(_actor: Actor, pk: int) -> Person:
    """Raises Missing (404)."""
    person = Person.objects.select_related("unit", "manager").filter(pk=pk).first()
    if person is None:
        raise Missing(_("There is no such person."))
    return person


def units(_actor: Actor, *, archived: bool = False) -> QuerySet[Unit]:
    """Units with their leads, in tree order within one parent."""
    found = Unit.objects.select_related("lead").order_by("position", "pk")
    return found if archived else found.filter(archived_on=None)


def children_of(actor: Actor, unit: Unit | None, *, archived: bool = False) -> QuerySet[Unit]:
    """The units right below this one (None: the roots)."""
    return units(actor, archived=archived).filter(parent=unit)


def ancestors(_actor: Actor, unit: Unit) -> list[Unit]:
    """From the root down to the unit above this one."""
    above = {one.pk: one for one in Unit.objects.filter(pk__in=unit.path_ids[:-1])}
    return [above[key] for key in unit.path_ids[:-1] if key in above]


def units_led_by(_actor: Actor, person: Person) -> QuerySet[Unit]:
    return Unit.objects.filter(lead=person, archived_on=None).order_by("path")


def people(_actor: Actor, *, left: bool = False) -> QuerySet[Person]:
    """People by name; those who left only when asked for."""
    found = Person.objects.select_related("unit").order_by("name", "pk")
    return found if left else found.filter(still_here())


def still_here(prefix: str = "") -> Q:
    return Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": today()})


def members_of(_actor: Actor, unit: Unit) -> QuerySet[Person]:
    """The people who belong to the unit today, by home or by a second membership."""
    here = Membership.objects.filter(unit=unit, until=None).values("person_id")
    return Person.objects.filter(still_here(), pk__in=here).order_by("name", "pk")


def memberships_of(_actor: Actor, person: Person) -> QuerySet[Membership]:
    """All of a person's memberships, ended ones too, oldest first."""
    return Membership.objects.filter(person=person).select_related("unit")


def manager_of(person: Person) -> Person | None:
    """The named manager; else the lead of the home unit, or for a lead the next lead above."""
    if person.manager_id is not None:
        return person.manager
    if person.unit is None:
        return None
    above = {one.pk: one for one in Unit.objects.filter(pk__in=person.unit.path_ids).select_related("lead")}
    for key in reversed(person.unit.path_ids):
        lead = above[key].lead if key in above else None
        if lead is not None and lead.pk != person.pk and lead.is_active:
            return lead
    return None


def search_people(actor: Actor, words: str) -> QuerySet[Person]:
    """People whose name or e-mail holds these words; nobody for no words."""
    found = people(actor).filter(Q(name__icontains=words) | Q(email__icontains=words))
    return found if words else found.none()


def search_units(actor: Actor, words: str) -> QuerySet[Unit]:
    """Living units whose name holds these words."""
    return units(actor).filter(name__icontains=words).order_by("name", "pk")


def people_without_unit(actor: Actor) -> QuerySet[Person]:
    return people(actor).filter(unit=None)


def people_count(_actor: Actor) -> int:
    """How many people are here today."""
    return Person.objects.filter(still_here()).count()


def member_counts(_actor: Actor, units: Iterable[int]) -> dict[int, int]:
    """How many people belong to each of these units today; one query."""
    here = Membership.objects.filter(still_here("person__"), unit__in=list(units), until=None)
    return dict(here.order_by().values_list("unit").annotate(Count("pk")))


def units_with_children(_actor: Actor, units: Iterable[int]) -> set[int]:
    """Which of these units have a living unit right below them; one query."""
    below = Unit.objects.filter(parent__in=list(units), archived_on=None).order_by()
    return {parent for parent in below.values_list("parent", flat=True).distinct() if parent is not None}


def reports_of(_actor: Actor, person: Person) -> QuerySet[Person]:
    return Person.objects.filter(still_here(), manager=person).order_by("name", "pk")


def people_by_key(keys: Iterable[str]) -> dict[str, Person]:
    return {one.key: one for one in Person.objects.filter(key__in=list(keys))}


def units_by_key(keys: Iterable[str]) -> dict[str, Unit]:
    return {one.key: one for one in Unit.objects.filter(key__in=list(keys))}


def unit_paths() -> dict[int | None, list[int]]:
    """Every unit's keys from its root down to itself."""
    return {unit.pk: unit.path_ids for unit in Unit.objects.only("pk", "path")}


def is_person(owner: Person | Unit) -> TypeIs[Person]:
    """Owners of goals are people or units."""
    return isinstance(owner, Person)

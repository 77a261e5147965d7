"""Reading people and units. Everybody who is signed in sees the organisation; past entries stay readable."""

import time
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from django.db.models import Count, Q, QuerySet, Value, Window
from django.utils.translation import gettext as _
from typing_extensions import TypeIs

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.core.one_row import one_row
from tandem.core.rows import MOST_KEYS, Rows
from tandem.people.actors import Actor
from tandem.people.catalogues import speak
from tandem.people.models import Membership, Merger, Organization, Person, Unit
from tandem.people.rules import initials
from tandem.search.queries import find

KEPT_SECONDS = 5.0
_kept: dict[str, tuple[float, Organization]] = {}


def organization() -> Organization:
    """The company's row, kept for five seconds: every request asks for its time zone."""
    read_at, row = _kept.get("row", (0.0, None))
    if row is None or time.monotonic() - read_at >= KEPT_SECONDS:
        row = Organization.objects.first() or Organization(pk=1)
        _kept["row"] = (time.monotonic(), row)
        speak(row.words)
    return row


def forget_organization() -> None:
    """Read the company's row anew at the next question."""
    _kept.clear()


def company_timezone_name() -> str:
    return organization().timezone


def company_languages() -> tuple[list[str], str]:
    """Those the company offers, and its own."""
    return organization().languages, organization().locale


def get_unit(_actor: Actor, pk: int) -> Unit:
    """Raises Missing (404)."""
    unit = one_row(Unit, pk, "lead", "parent")
    if unit is None:
        raise Missing(_("There is no such unit."))
    return unit


def get_person(_actor: Actor, pk: int) -> Person:
    """Raises Missing (404)."""
    person = one_row(Person, pk, "unit", "manager")
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
    """From the root down to the unit above this one, with their leads."""
    above = {one.pk: one for one in Unit.objects.select_related("lead").filter(pk__in=unit.path_ids[:-1])}
    return [above[key] for key in unit.path_ids[:-1] if key in above]


def units_led_by(_actor: Actor, person: Person) -> QuerySet[Unit]:
    return Unit.objects.filter(lead=person, archived_on=None).order_by("path")


def people(_actor: Actor, *, left: bool = False) -> QuerySet[Person]:
    """People by name; those who left only when asked for."""
    found = Person.objects.select_related("unit").order_by("name", "pk")
    return found if left else found.filter(still_here())


def still_here(prefix: str = "", day: date | None = None) -> Q:
    """On this day (None: today)."""
    return Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": day or today()})


def members_of(_actor: Actor, unit: Unit) -> QuerySet[Person]:
    """The people who belong to the unit today, by home or by a second membership."""
    here = Membership.objects.filter(unit=unit, until=None).values("person_id")
    return Person.objects.filter(still_here(), pk__in=here).order_by("name", "pk")


def branch_members(_actor: Actor, unit: Unit) -> QuerySet[Person]:
    """The people who belong today to the unit or to one below it."""
    below = Unit.objects.filter(path__startswith=unit.path).values("pk")
    here = Membership.objects.filter(unit__in=below, until=None).values("person_id")
    return Person.objects.filter(still_here(), pk__in=here).order_by("name", "pk")


def colleagues_of(actor: Person) -> QuerySet[Person]:
    """The people who belong to the actor's home unit today, the actor among them."""
    here = Membership.objects.filter(unit=actor.unit_id, until=None).values("person_id")
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


def find_people(actor: Actor, text: str, limit: int = 8) -> list[Person]:
    """People who are here and whose name (its pinyin, its first letters) or e-mail begins so, best first."""
    found = [one.id for one in find(actor, text, "person", limit=3 * limit) if not one.state][:limit]
    rows = Person.objects.select_related("unit").in_bulk(found)
    return [rows[key] for key in found if key in rows]


def find_units(actor: Actor, text: str, limit: int = 8) -> list[Unit]:
    """Living units whose name (or its pinyin) begins so or holds such words, best first."""
    found = [one.id for one in find(actor, text, "unit", limit=3 * limit) if not one.state][:limit]
    rows = Unit.objects.select_related("parent").in_bulk(found)
    return [rows[key] for key in found if key in rows]


def search_people(actor: Actor, words: str, *, left: bool = False) -> QuerySet[Person]:
    """People (those who left only when asked for) whose name or e-mail holds these words; nobody for no words."""
    found = people(actor, left=left).filter(Q(name__icontains=words) | Q(email__icontains=words))
    return found if words else found.none()


def named_in(_actor: Actor, text: str) -> dict[int, str]:
    """Whom a text names by an @ and the whole name, where only one person present is called so: one query."""
    beginnings = [text[place + 1 : place + 41] for place, mark in enumerate(text) if mark == "@"]
    names = {part[:end] for part in beginnings[:20] for end in range(1, len(part) + 1)}
    if not names:
        return {}
    found = list(Person.objects.filter(still_here(), name__in=names).values_list("pk", "name"))
    known = [name for _pk, name in found]
    meant = {max((name for name in known if part.startswith(name)), key=len, default="") for part in beginnings}
    return {pk: name for pk, name in found if name in meant and known.count(name) == 1}


def search_units(actor: Actor, words: str) -> QuerySet[Unit]:
    """Living units whose name holds these words."""
    return units(actor).filter(name__icontains=words).order_by("name", "pk")


def people_without_unit(actor: Actor) -> QuerySet[Person]:
    return people(actor).filter(unit=None)


def people_count(_actor: Actor) -> int:
    """How many people are here today. One query that looks at nobody but those who left."""
    everybody, left = (
        rows.order_by().values(which=Value(which)).annotate(many=Count("pk")).values_list("which", "many")
        for which, rows in enumerate((Person.objects.all(), Person.objects.filter(left_on__lte=today())))
    )
    found: dict[int, int] = dict(everybody.union(left, all=True))
    return found.get(0, 0) - found.get(1, 0)


def led_units(_actor: Actor) -> QuerySet[Unit]:
    """Every living unit that has a lead of its own."""
    return Unit.objects.filter(archived_on=None, lead__isnull=False).order_by()


def member_counts(_actor: Actor, units: Iterable[int]) -> dict[int, int]:
    """How many people belong to each of these units today; one query."""
    here = Membership.objects.filter(still_here("person__"), unit__in=list(units), until=None)
    return dict(here.order_by().values_list("unit").annotate(Count("pk")))


def units_with_children(_actor: Actor, units: Iterable[int]) -> set[int]:
    """Which of these units have a living unit right below them; one query."""
    below = Unit.objects.filter(parent__in=list(units), archived_on=None).order_by()
    return {parent for parent in below.values_list("parent", flat=True).distinct() if parent is not None}


def leads_up(_actor: Actor) -> dict[int, list[int]]:
    """By unit, the people (keys) who are here and lead it or the units above, the nearest first. One query."""
    rows = Unit.objects.order_by().values_list("pk", "path", "lead_id", "lead__left_on")
    found = list(rows)
    led = {pk: lead for pk, _path, lead, left in found if lead and (left is None or left > today())}
    return {
        pk: [led[int(one)] for one in reversed(path.strip("/").split("/")) if int(one) in led]
        for pk, path, _lead, _left in found
    }


def people_with_roles(_actor: Actor) -> QuerySet[Person]:
    """Everybody here who is administrator, of the people team, or OKR champion, by name."""
    roles = Q(is_administrator=True) | Q(is_people_team=True) | Q(is_champion=True)
    return Person.objects.select_related("unit").filter(still_here(), roles).order_by("name", "pk")


def reports_of(_actor: Actor, person: Person) -> QuerySet[Person]:
    return Person.objects.filter(still_here(), manager=person).order_by("name", "pk")


def people_by_key(keys: Iterable[str]) -> dict[str, Person]:
    return {one.key: one for one in Person.objects.filter(key__in=list(keys))}


def people_by_id(_actor: Actor, keys: Iterable[int]) -> QuerySet[Person]:
    return Person.objects.filter(still_here(), pk__in=list(keys)).order_by("pk")


def units_by_key(keys: Iterable[str]) -> dict[str, Unit]:
    return {one.key: one for one in Unit.objects.filter(key__in=list(keys))}


def unit_paths() -> dict[int | None, list[int]]:
    """Every unit's keys from its root down to itself."""
    return {unit.pk: unit.path_ids for unit in Unit.objects.only("pk", "path")}


def is_person(owner: Person | Unit) -> TypeIs[Person]:
    """Owners of goals are people or units."""
    return isinstance(owner, Person)


def lead_among(branch: "Iterable[UnitLine]") -> "UnitLine | None":
    """Of a branch from the root down, the line that names the acting lead (see `access.acting_lead`)."""
    return next((one for one in reversed(list(branch)) if one.has_active_lead), None)


PAGE = 25
"""How many members, and how many units below, a unit's page shows at once."""


class UnitLine(NamedTuple):
    """A unit as lists show it; `of_all` is how many the whole list has."""

    id: int
    name: str
    kind: str
    archived_on: date | None
    lead_id: int | None
    lead_name: str | None
    lead_left_on: date | None
    of_all: int = 0

    @property
    def has_active_lead(self) -> bool:
        return self.lead_id is not None and (self.lead_left_on is None or self.lead_left_on > today())


class MemberLine(NamedTuple):
    """A person as lists show them."""

    id: int
    name: str
    of_all: int

    @property
    def initials(self) -> str:
        return initials(self.name)


_UNIT_LINE = ("pk", "name", "kind", "archived_on", "lead_id", "lead__name", "lead__left_on")


def _lines(keys: list[int]) -> QuerySet[Any, Any]:
    return Unit.objects.filter(pk__in=keys).order_by().values_list(*_UNIT_LINE)


def _below(unit: int, start: int) -> QuerySet[Any, Any]:
    found = Unit.objects.filter(parent=unit, archived_on=None).order_by("position", "pk")
    return found.annotate(of_all=Window(Count("pk"))).values_list(*_UNIT_LINE, "of_all")[start : start + PAGE]


def _members(unit: int, day: date, start: int) -> QuerySet[Any, Any]:
    here = Q(left_on=None) | Q(left_on__gt=day)
    found = Person.objects.filter(here, memberships__unit=unit, memberships__until=None).order_by("name", "pk")
    return found.annotate(of_all=Window(Count("pk"))).values_list("pk", "name", "of_all")[start : start + PAGE]


_line_rows = Rows(UnitLine, _lines)
_below_rows = Rows(UnitLine, _below)
_member_rows = Rows(MemberLine, _members)


class Placed(Protocol):
    """A unit, as a row of whatever kind."""

    @property
    def path_ids(self) -> list[int]: ...


def branch_above(_actor: Actor, unit: Placed) -> list[UnitLine]:
    """From the root down to the unit itself."""
    path = unit.path_ids
    known = {
        one.id: one
        for first in range(0, len(path), MOST_KEYS)
        for one in _line_rows(keys=path[first : first + MOST_KEYS])
    }
    return [known[key] for key in path if key in known]


def units_below(_actor: Actor, unit: Unit, *, start: int = 0) -> list[UnitLine]:
    """A page of the living units right below this one."""
    return _below_rows(unit=unit.pk, start=start)


def members_page(_actor: Actor, unit: Unit, *, start: int = 0) -> list[MemberLine]:
    """A page of the people who belong to the unit today, by name."""
    return _member_rows(unit=unit.pk, day=today(), start=start)


def _under(*values: Any) -> tuple[int | None, UnitLine]:
    return values[0], UnitLine(*values[1:])


_top_rows = Rows(
    _under,
    lambda: (
        Unit.objects.filter(Q(parent=None) | Q(parent__in=Unit.objects.filter(parent=None)), archived_on=None)
        .order_by("position", "pk")
        .values_list("parent_id", *_UNIT_LINE)
    ),
)


def top_units(_actor: Actor) -> list[UnitLine]:
    """The first units below the company: of the second level where there is one root, else the roots."""
    found = _top_rows()
    roots = [line for parent, line in found if parent is None]
    second = [line for parent, line in found if parent is not None]
    return (second if len(roots) == 1 and second else roots)[:MOST_KEYS]


class Merged(NamedTuple):
    """Into which unit another went, and when."""

    into: int
    at: datetime


def newest_merger(_actor: Actor, unit: Unit) -> Merged | None:
    """The newest merger of this unit that still holds."""
    found = Merger.objects.filter(unit=unit, undone_at=None).order_by("-pk").values_list("into_id", "at").first()
    return None if found is None else Merged(*found)

"""The organisation as files and checks read it: all of it at once, by its keys."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tandem.people.actors import Actor
from tandem.people.models import Membership, Organization, Person, Unit, UnitKind
from tandem.people.rules import branch_path, loops, rings

ORGANIZATION_FIELDS = ("name", "timezone", "locale", "fiscal_year_start", "quarter_name", "late_score_days")


def organization_as_plan(_actor: Actor) -> dict[str, Any]:
    """The company's settings in the words of the plan file; those of a new company while there is none."""
    row = Organization.objects.first() or Organization()
    return {name: getattr(row, name) for name in ORGANIZATION_FIELDS}


def has_organization() -> bool:
    """Did anybody say anything about the company yet?"""
    return Organization.objects.filter(version__gt=1).exists() or Unit.objects.exists()


def units_as_plan(_actor: Actor) -> dict[str, dict[str, Any]]:
    """Every unit by its key, in tree order, in the words of the plan file (all fields)."""
    rows = list(
        Unit.objects.order_by("position", "pk").values_list("pk", "parent_id", "key", "name", "kind", "archived_on")
    )
    keys = {pk: key for pk, _parent, key, *_rest in rows}
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row[1] if row[1] in keys else None, []).append(row)
    found: dict[str, dict[str, Any]] = {}
    waiting = below.get(None, [])[::-1]
    while waiting:
        pk, parent, key, name, kind, archived = waiting.pop()
        found[key] = {"name": name, "kind": kind, "parent": keys.get(parent), "archived": archived}
        waiting += below.get(pk, [])[::-1]
    return found


PERSON_FIELDS = ("name", "email", "language", "timezone", "theme")


ROLES = ("administrator", "people_team", "champion")


def people_as_plan(_actor: Actor, keys: Iterable[str] | None = None) -> dict[str, dict[str, Any]]:
    """People by key (None: all), in the order they were added, in the words of the plan file (all fields)."""
    rows = Person.objects.order_by("pk")
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    unit_keys: dict[int | None, str] = dict(Unit.objects.values_list("pk", "key"))
    manager_keys: dict[int | None, str] = dict(
        Person.objects.filter(pk__in=rows.order_by().values("manager_id")).values_list("pk", "key")
    )
    led: dict[int | None, list[int]] = {}
    for unit, lead in Unit.objects.exclude(lead=None).values_list("pk", "lead_id"):
        led.setdefault(lead, []).append(unit)
    joined: dict[int, list[int]] = {}
    for person, unit in (
        Membership.objects.filter(until=None, person__in=rows.order_by().values("pk"))
        .order_by()
        .values_list("person_id", "unit_id")
    ):
        joined.setdefault(person, []).append(unit)
    found: dict[str, dict[str, Any]] = {}
    for pk, key, home, manager, left, administrator, team, champion, *plain in rows.values_list(
        "pk", "key", "unit_id", "manager_id", "left_on", "is_administrator", "is_people_team", "is_champion",
        *PERSON_FIELDS,
    ).iterator(chunk_size=2000):  # fmt: skip
        leads = led.get(pk, [])
        found[key] = {
            **dict(zip(PERSON_FIELDS, plain, strict=True)),
            "unit": unit_keys.get(home),
            "units": sorted(unit_keys[unit] for unit in joined.get(pk, ()) if unit != home),
            "lead": home in leads,
            "leads": sorted(unit_keys[unit] for unit in leads if unit != home),
            "manager": manager_keys.get(manager),
            "roles": [role for role, has in zip(ROLES, (administrator, team, champion), strict=True) if has],
            "left": left,
        }
    return found


def faults_of_organization() -> Iterator[str]:
    """What should never be true of the organisation: paths that lie, rings of units or managers."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    paths = dict(Unit.objects.values_list("pk", "path"))
    for unit, name in Unit.objects.values_list("pk", "name"):
        if loops(unit, parents[unit], parents):
            yield _("The unit %(name)s lies below itself.") % {"name": name}
        elif paths[unit] != branch_path(paths.get(parents[unit], ""), unit):
            yield _("The unit %(name)s has a wrong place in the tree.") % {"name": name}
    managers = dict(Person.objects.values_list("pk", "manager_id"))
    for person in rings(managers):
        yield _("%(name)s is their own manager by a detour.") % {"name": Person.objects.get(pk=person).name}
    home = Membership.objects.filter(person=OuterRef("pk"), unit=OuterRef("unit"), until=None)
    homeless = Person.objects.exclude(unit=None).exclude(Exists(home))
    for name in homeless.values_list("name", flat=True):
        yield _("%(name)s is no member of the home unit.") % {"name": name}


def unit_kinds(_actor: Actor) -> list[tuple[str, str]]:
    """The kinds of unit with their names, in the reader's language."""
    return [(kind, str(name)) for kind, name in UnitKind.choices]


def people_named(_actor: Actor, words: Iterable[str]) -> list[tuple[str, str | None]]:
    """Key and e-mail of the people whom these keys or addresses name."""
    asked = list(words)
    lower = [word.lower() for word in asked]
    rows = Person.objects.filter(Q(key__in=asked) | Q(email__in=lower)).order_by("pk")
    return list(rows.values_list("key", "email"))


def manager_keys(_actor: Actor) -> Iterator[tuple[str, str]]:
    """Every person who has a named manager, with the manager."""
    rows = Person.objects.exclude(manager=None).order_by()
    return rows.values_list("key", "manager__key").iterator(chunk_size=5000)

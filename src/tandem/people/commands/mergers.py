"""Merging one unit into another, and taking it back."""

from collections.abc import Collection

from django.db.models import F
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now, today
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.people.access import may_run_organization
from tandem.people.actors import Actor
from tandem.people.commands.company import lock_organization
from tandem.people.commands.units import hang_below, tell_moved
from tandem.people.models import Membership, Merger, Person, Unit
from tandem.search.commands import index


@command(may=may_run_organization, first=lock_organization)
def merge_unit(actor: Actor, unit: Unit, *, into: Unit) -> Unit:
    """Units below, members and second memberships go to another unit; this one is archived, its past stays readable.

    Its own goals stay with it: they are handed over, each or all, by who may. Raises Invalid naming `into`.
    """
    if unit.archived_on is not None or into.archived_on is not None:
        raise Invalid(_("An archived unit takes no part in a merger."), field="into")
    if str(unit.pk) in into.path.split("/"):
        raise Invalid(_("A unit cannot lie below itself."), field="into")
    below = list(Unit.objects.filter(parent=unit).order_by("position", "pk"))
    for one in below:
        hang_below(one, into)
    homes = list(Person.objects.filter(unit=unit).order_by("pk").values_list("pk", flat=True))
    _change_home(homes, unit, into)
    ended, joined = _carry_members(unit, into)
    unit.archived_on = today()
    unit.version += 1
    unit.save(update_fields=["archived_on", "version"])
    moved = {"units": [one.pk for one in below], "homes": homes, "ended": ended, "joined": joined}
    Merger.objects.create(unit=unit, into=into, moved=moved)
    record(actor, "unit.merged", unit, into, name=unit.name, into=into.name)
    tell_moved(units=True)
    return unit


def _carry_members(unit: Unit, into: Unit) -> tuple[list[int], list[int]]:
    """End the memberships here and begin those there that are lacking: the keys of both."""
    here = list(Membership.objects.filter(unit=unit, until=None).order_by("pk"))
    standing = set(Membership.objects.filter(unit=into, until=None).values_list("person_id", flat=True))
    day = today()
    Membership.objects.filter(pk__in=[one.pk for one in here]).update(until=day)
    made = Membership.objects.bulk_create(
        Membership(person_id=one, unit=into, since=day) for one in sorted({one.person_id for one in here} - standing)
    )
    return [one.pk for one in here], [one.pk for one in made]


def _change_home(people: Collection[int], unit: Unit, to: Unit) -> None:
    """Those of the people whose home is the unit have another from now on."""
    Person.objects.filter(pk__in=people, unit=unit).update(unit=to, version=F("version") + 1)
    index("person", *people)


@command(may=may_run_organization, first=lock_organization)
def undo_merge(actor: Actor, unit: Unit) -> Unit:
    """Everything back that the newest merger of this unit took away, as far as it is still where it went.

    Goals that went along are handed back apart. Raises Invalid when nothing is to be taken back (any more).
    """
    merger = Merger.objects.filter(unit=unit, undone_at=None).select_related("into").order_by("-pk").first()
    if merger is None or unit.archived_on is None:
        raise Invalid(_("This was taken back already."), code="state")
    if unit.parent is not None and unit.parent.archived_on is not None:
        raise Invalid(_("Restore the unit above it first."))
    unit.archived_on = None
    unit.version += 1
    unit.save(update_fields=["archived_on", "version"])
    for below in Unit.objects.filter(pk__in=merger.moved["units"], parent=merger.into).order_by("position", "pk"):
        hang_below(below, unit)
    _change_home(merger.moved["homes"], merger.into, unit)
    _take_members_back(merger)
    merger.undone_at = now()
    merger.save(update_fields=["undone_at"])
    record(actor, "unit.merger_undone", unit, merger.into, name=unit.name, into=merger.into.name)
    tell_moved(units=True)
    return unit


def _take_members_back(merger: Merger) -> None:
    """Open what the merger ended, end what it began; whoever moved on since stays where they are."""
    begun = Membership.objects.filter(pk__in=merger.moved["joined"], until=None)
    stayed = set(begun.values_list("person_id", flat=True))
    begun.filter(since=today()).delete()
    begun.update(until=today())
    standing = set(Membership.objects.filter(unit=merger.unit, until=None).values_list("person_id", flat=True))
    ended = Membership.objects.filter(pk__in=merger.moved["ended"]).exclude(person_id__in=standing)
    before = set(Membership.objects.filter(unit=merger.into, until=None).values_list("person_id", flat=True))
    ended.filter(person_id__in=stayed | before).update(until=None)

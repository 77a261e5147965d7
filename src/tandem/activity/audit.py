"""What was done, by whom and when, for those who must be able to ask; without words that one may not read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tandem.activity.access import OF_THE_PEOPLE_TEAM, for_ears_of, may_read_audit
from tandem.activity.events import VERBS
from tandem.activity.models import Event
from tandem.activity.queries import FeedItem
from tandem.core.clock import company_timezone
from tandem.core.commands import Actor
from tandem.core.errors import Invalid, NotAllowed

GROUPS = {
    "sign-in": pgettext_lazy("audit", "Signing in"),
    "roles": pgettext_lazy("audit", "Roles and passwords"),
    "people": pgettext_lazy("audit", "People"),
    "units": pgettext_lazy("audit", "Units"),
    "settings": pgettext_lazy("audit", "Settings and imports"),
    "exports": pgettext_lazy("audit", "Exports"),
    "cycles": pgettext_lazy("audit", "Cycles"),
    "goals": pgettext_lazy("audit", "Goals"),
    "running": pgettext_lazy("audit", "Running Tandem"),
}
_FAMILIES = {
    "unit": "units", "organization": "settings", "export": "exports", "cycle": "cycles", "person": "people",
    "payroll": "exports",
    "token": "sign-in", "task": "running", "mail": "running", "backup": "running",
    "audit": "running", "wall": "running",
}  # fmt: skip
_SINGLE = {
    "person.signed_in": "sign-in", "person.sign_in_failed": "sign-in", "person.device_ended": "sign-in",
    "person.password": "roles", "person.roles": "roles",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What to look for; None leaves a question open. Days are the company's."""

    person: int | None = None
    """Who did it, or to whose entry it happened."""
    group: str | None = None
    about: str | None = None
    """`objective:12`: that thing, and what lies under it."""
    since: date | None = None
    until: date | None = None


def group_of(verb: str) -> str:
    return _SINGLE.get(verb) or _FAMILIES.get(verb.partition(".")[0], "goals")


def groups_for(actor: Actor) -> list[str]:
    """The groups this actor may read. Raises NotAllowed (403) where that is none."""
    if not may_read_audit(actor):
        raise NotAllowed(_("The audit log is for administrators and the people team."))
    return list(GROUPS) if actor.is_administrator else list(OF_THE_PEOPLE_TEAM)


def audit(actor: Actor, asked: Asked) -> QuerySet[Event]:
    """The events asked for that the actor may read of, in no order yet. Raises NotAllowed, Invalid."""
    allowed = groups_for(actor)
    if asked.group is not None and asked.group not in GROUPS:
        raise Invalid(_("Choose one of the offered values."), field="group")
    groups = [one for one in ([asked.group] if asked.group else allowed) if one in allowed]
    events = Event.objects.select_related("actor")
    if groups != list(GROUPS):
        events = events.filter(verb__in=[verb for verb in VERBS if group_of(verb) in groups])
    if asked.person is not None:
        events = events.filter(Q(actor=asked.person) | Q(about=f"person:{asked.person}"))
    if asked.about:
        events = events.filter(Q(about=asked.about) | Q(under=asked.about))
    if asked.since is not None:
        events = events.filter(at__gte=_midnight(asked.since))
    if asked.until is not None:
        events = events.filter(at__lt=_midnight(date.fromordinal(asked.until.toordinal() + 1)))
    return events


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, company_timezone())


def told(actor: Actor, events: Iterable[Event]) -> list[FeedItem]:
    """The events as sentences; what happened to a thing the actor may not read is told without its words."""
    rows = list(events)
    heard = Event.objects.filter(for_ears_of(actor), pk__in=[one.pk for one in rows]).order_by()
    known = set(heard.values_list("pk", flat=True))
    return [FeedItem.of(one) if one.pk in known else _veiled(FeedItem.of(one)) for one in rows]


def _veiled(item: FeedItem) -> FeedItem:
    who = item.actor_name or _("Tandem")
    words = _("%(actor)s did something to a confidential objective") % {"actor": who}
    return replace(item, sentence=words, data={}, about="objective")


def all_told(actor: Actor, asked: Asked, *, most: int) -> Iterator[FeedItem]:
    """For an export: newest first, at most `most`, read in pieces."""
    rows = audit(actor, asked).order_by("-pk")
    last: int | None = None
    for start in range(0, most, _PIECE):
        piece = list((rows if last is None else rows.filter(pk__lt=last))[: min(_PIECE, most - start)])
        if not piece:
            return
        yield from told(actor, piece)
        last = piece[-1].pk


_PIECE = 1000


def group_choices(actor: Actor) -> Sequence[tuple[str, str]]:
    return [(name, str(GROUPS[name])) for name in groups_for(actor)]

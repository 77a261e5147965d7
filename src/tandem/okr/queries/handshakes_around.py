"""Handshakes that wait for somebody, and how a unit's stand: whom they wait for, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from tandem.core.clock import now, today
from tandem.core.rows import Rows
from tandem.okr.access import may_count_handshakes
from tandem.okr.commands.kept import contents
from tandem.okr.models import Agreement, GoalSet, Objective, Visibility
from tandem.okr.models.agreements import between
from tandem.okr.models.numbers import HANDS
from tandem.okr.queries.lookups import missing
from tandem.okr.queries.overview import OwnerSet, Tally
from tandem.okr.versions import content_hash
from tandem.people.access import acting_lead_names, stands_over
from tandem.people.actors import Actor
from tandem.people.queries import led_units, members_page, units_below

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit


class Waiting(NamedTuple):
    """A handshake that waits for one's hand, or that one's own changes have voided."""

    id: int
    goal_set_id: int
    state: str
    owner: int | None
    owner_name: str | None
    unit_name: str | None
    cycle_name: str
    offered_at: datetime


_WAITING = (
    *("pk", "goal_set_id", "state", "goal_set__owner_person_id", "goal_set__owner_person__name"),
    *("goal_set__owner_unit__name", "goal_set__cycle__name", "offered_at"),
)


def _waiting(person: int) -> QuerySet[Any, Any]:
    mine = Q(owner_side=person, owner_signed_at=None) | Q(other_side=person, other_signed_at=None)
    voided = Q(state="voided", goal_set__agreement="voided", goal_set__owner_person=person)
    rows = Agreement.objects.filter(Q(mine, state="offered") | voided).exclude(goal_set__cycle__phase="closed")
    return rows.order_by("-pk").values_list(*_WAITING)[:100]


_waiting_rows = Rows(Waiting, _waiting)


def handshakes_waiting(actor: "Person") -> list[Waiting]:
    """What waits for one's hand, the oldest first: one query."""
    found: dict[int, Waiting] = {}
    for one in _waiting_rows(person=actor.pk):
        found.setdefault(one.goal_set_id, one)
    return sorted(found.values(), key=lambda one: one.id)


@dataclass(frozen=True)
class HandshakeLine:
    """How the handshake of one owner stands: `state` "" while nothing was offered, "nothing" while there is no goal."""

    kind: str
    id: int
    name: str
    state: str = "nothing"
    waits_for: str = ""
    """owner or other; "" where nobody is waited for."""
    waits_name: str = ""
    """Whose hand that is; "" where nobody stands there."""
    since: datetime | None = None
    settled_days: int | None = None
    """Days from the first goal to the second hand."""
    above_changed: bool = False
    """Something that it was signed against has changed since."""

    @property
    def waited_days(self) -> int | None:
        return (now() - self.since).days if self.since is not None and self.waits_for else None


@dataclass(frozen=True)
class TeamHandshakes:
    lines: list[HandshakeLine]
    members: int
    """How many people belong to the unit."""
    units: int


def handshakes_of_unit(actor: Actor, unit: "Unit", cycle: "Cycle", *, start: int = 0) -> TeamHandshakes:
    """The unit's own handshake, those of the units right below and of a page of its people: seven queries at most.

    For whoever leads the unit or stands above it; raises Missing (404) for others.
    """
    refuse_strangers(actor, unit)
    people, below = members_page(actor, unit, start=start), units_below(actor, unit)
    owners = [("unit", unit.pk, unit.name), *(("unit", one.id, one.name) for one in below)] if not start else []
    owners += [("person", one.id, one.name) for one in people]
    sets = _sets(actor, cycle, owners)
    leads = {} if start else acting_lead_names(unit, [one.id for one in below])
    owner_names = {("unit", key): lead for key, lead in leads.items()} | {
        ("person", one.id): one.name for one in people
    }
    lines = [_line(kind, pk, name, sets.get((kind, pk)), owner_names.get((kind, pk), "")) for kind, pk, name in owners]
    return TeamHandshakes(lines, people[0].of_all if people else 0, below[0].of_all if below else 0)


def _sets(actor: Actor, cycle: "Cycle", owners: list[tuple[str, int, str]]) -> dict[tuple[str, int], "_Set"]:
    keys = {kind: [pk for one, pk, _name in owners if one == kind] for kind in ("person", "unit")}
    rows: QuerySet[Any] = GoalSet.objects.filter(
        Q(owner_person__in=keys["person"]) | Q(owner_unit__in=keys["unit"]), cycle=cycle
    )
    if actor.pk is not None:
        rows = rows.filter(between(actor.pk, today()) | Q(restricted=0))
    agreed_on = ~Q(goals__visibility=Visibility.PEOPLE)
    rows = rows.annotate(newest=Max("agreements__pk"), begun=Min("goals__created_at", filter=agreed_on))
    found: list[Any] = [one for one in rows.order_by() if one.begun is not None]
    kept = Agreement.objects.select_related("owner_side", "other_side").in_bulk(
        [one.newest for one in found if one.newest]
    )
    changed = _above_changed(actor, kept.values())
    return {
        ("person", one.owner_person_id) if one.owner_person_id else ("unit", one.owner_unit_id or 0): _Set(
            one.begun, kept.get(one.newest), one.newest in changed
        )
        for one in found
    }


class _Set(NamedTuple):
    begun: datetime
    agreement: Agreement | None
    above_changed: bool


def _above_changed(actor: Actor, agreements: Iterable[Agreement]) -> set[int]:
    """Of signed agreements, those of which something above (that the actor reads) says something else by now."""
    signed = [one for one in agreements if one.state == "signed" and one.above]
    keys = {key for one in signed for key in one.above}
    if not keys:
        return set()
    read = Objective.objects.visible_to(actor).filter(key__in=keys)
    stand = {one["id"]: content_hash(one) for _set, one in contents(read)}
    return {one.pk for one in signed if any(stand.get(key, was) != was for key, was in one.above.items())}


def _line(kind: str, pk: int, name: str, found: _Set | None, owner: str) -> HandshakeLine:
    """`owner` is whose hand the owner's is: for a unit whoever leads it."""
    if found is None:
        return HandshakeLine(kind, pk, name)
    one = found.agreement
    if one is None:
        return HandshakeLine(kind, pk, name, "", "owner", owner, found.begun)
    if one.state == "offered":
        waits = "other" if one.other_signed_at is None else "owner"
        since = max(filter(None, (one.offered_at, one.owner_signed_at, one.other_signed_at)))
        side = one.other_side if waits == "other" else one.owner_side
        return HandshakeLine(kind, pk, name, one.state, waits, side.name if side is not None else "", since)
    if one.state == "signed":
        days = (one.signed_at - found.begun).days
        return HandshakeLine(kind, pk, name, one.state, "", "", one.signed_at, max(0, days), found.above_changed)
    return HandshakeLine(kind, pk, name, one.state, "owner", owner, one.ended_at)


def refuse_strangers(actor: Actor, unit: "Unit") -> None:
    """The table is for whoever leads the unit or stands above it. Raises Missing (404)."""
    if not (actor.is_system or stands_over(actor.pk, unit)):
        raise missing()


def lead_goes_first(_actor: Actor, lead: OwnerSet, cycle: "Cycle") -> str:
    """While goals are drafted: what is missing of a lead's own published goals, as the reader sees them.

    "goals" for all of them, "growth" for a growth goal, "" where nothing is, or in later phases.
    """
    if not _is_drafted(cycle) or lead.tally["growth"]:
        return ""
    return "growth" if lead.tally["objectives"] else "goals"


def _is_drafted(cycle: "Cycle") -> bool:
    return cycle.phase in ("plan", "agree") and not cycle.is_backlog


class LeadersFirst(NamedTuple):
    """In how many units the lead has gone first: own open goals, a growth goal among them, are published."""

    first: int
    led: int


def leaders_first(actor: Actor, cycle: "Cycle") -> LeadersFirst | None:
    """Over all units that have a lead, while goals are drafted: one query; None in later phases."""
    if not _is_drafted(cycle):
        return None
    done = GoalSet.objects.filter(owner_person=OuterRef("lead"), cycle=cycle, growth__gt=0)
    units = led_units(actor).aggregate(led=Count("pk"), first=Count("pk", filter=Exists(done)))
    return LeadersFirst(units["first"], units["led"])


def handshakes_by_state(actor: Actor, company: Tally) -> dict[str, int] | None:
    """How many goal sets of the company stand in which state, from its stored numbers; None for whom it is not."""
    return {state: company[f"hands_{state}"] for state in HANDS} if may_count_handshakes(actor) else None

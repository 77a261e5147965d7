"""The round, run by the people team: opened, filled from targets and readings, moved on, closed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.texts import clean_line
from tandem.kpi.access import may_run_round
from tandem.kpi.commands.filling import fill
from tandem.kpi.commands.outcomes import close_card, communicate_card
from tandem.kpi.models import Role, Round, Scorecard, Stage
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

MOST_GRADES = 12


@dataclass
class Moved:
    """What a bulk move did: how many went on, and who stayed where they are, with the reason."""

    moved: int = 0
    left: list[tuple[Scorecard, str]] = field(default_factory=list)


@command(may=may_run_round)
def open_round(actor: Actor, _subject: None = None, /, *, cycle: "Cycle", **fields: Any) -> Round:
    """A round for a cycle, with a scorecard for everybody who has accepted targets in it.

    Raises Invalid (422) where the cycle has one already, has no dates, or a field makes no sense.
    """
    if cycle.is_backlog:
        raise Invalid(_("The backlog has no dates."), field="cycle")
    if Round.objects.filter(cycle=cycle).exists():
        raise Invalid(_("This cycle has a round already."), field="cycle")
    one = Round(cycle=cycle)
    _set(one, fields)
    one.save()
    made = fill(one)
    record(actor, "round.opened", one, name=cycle.name, many=made)
    return one


@command(may=may_run_round)
def edit_round(actor: Actor, one: Round, /, *, version: int | None = None, **fields: Any) -> Round:
    """Change its rules as long as nothing was communicated. Raises Invalid (422), Conflict (409)."""
    expect_version(one, version)
    refuse_closed(one)
    if fields.keys() & {"grades", "mix", "second_review"} and _told(one).exists():
        raise Invalid(_("Results were communicated by these rules; they stay."), code="state")
    _set(one, fields)
    one.version += 1
    one.save()
    fill(one)
    record(actor, "round.edited", one, name=one.cycle.name, changed=sorted(fields))
    return one


@command(may=may_run_round)
def refresh_round(actor: Actor, one: Round) -> int:
    """Take targets and readings in again: new carriers get a scorecard, actuals that nobody wrote by hand follow.

    Returns how many scorecards are new. What is calibrated stays as it is.
    """
    refuse_closed(one)
    made = fill(one)
    record(actor, "round.filled", one, name=one.cycle.name, many=made)
    return made


FROM: dict[str, tuple[str, ...]] = {
    Stage.SELF_REVIEW: (Stage.RUNNING,),
    Stage.MANAGER_REVIEW: (Stage.RUNNING, Stage.SELF_REVIEW),
    Stage.COMMUNICATED: (Stage.CALIBRATION,),
    Stage.CLOSED: (Stage.ACKNOWLEDGED, Stage.RESOLVED, Stage.COMMUNICATED),
}
"""Where the people team moves many on, and from where. Reviews are handed in by those who write them."""


@command(may=may_run_round)
def move_cards(actor: Actor, one: Round, /, *, to: str, cards: Collection[int] | None = None) -> Moved:
    """Move all scorecards that can go there (or those named). Raises Invalid (422) for a stage nobody is moved to."""
    refuse_closed(one)
    if to not in FROM:
        raise Invalid(_("Choose one of the offered values."), field="to")
    rows = Scorecard.objects.select_related(*Scorecard.read_with).filter(round=one, stage__in=FROM[to])
    moved = Moved()
    for card in rows if cards is None else rows.filter(pk__in=cards):
        reason = _move(actor, card, to)
        moved.left += [(card, reason)] if reason else []
        moved.moved += not reason
    return moved


def _move(actor: Actor, card: Scorecard, to: str) -> str:
    """Move one; or say why it stays."""
    if to == Stage.COMMUNICATED:
        return communicate_card(actor, card)
    if to == Stage.CLOSED:
        return close_card(actor, card)
    card.stage = to
    card.version += 1
    card.save(update_fields=["stage", "version"])
    record(actor, f"scorecard.{to}", card, name=card.name)
    return ""


@command(may=may_run_round)
def close_round(actor: Actor, one: Round) -> Round:
    """The round ends when every scorecard is closed. Raises Invalid (422) saying how many are not."""
    refuse_closed(one)
    opened = one.cards.exclude(stage=Stage.CLOSED).count()
    if opened:
        raise Invalid(_("%(many)s scorecards are not closed yet.") % {"many": opened}, code="state")
    one.closed_at = now()
    one.version += 1
    one.save(update_fields=["closed_at", "version"])
    record(actor, "round.closed", one, name=one.cycle.name)
    return one


def refuse_closed(one: Round) -> None:
    if one.closed_at is not None:
        raise Invalid(_("This round is closed and can only be read."), code="state")


def _told(one: Round) -> "QuerySet[Scorecard]":
    return one.cards.filter(communicated_at__isnull=False)


def _set(one: Round, fields: dict[str, Any]) -> None:
    for name, raw in fields.items():
        if name not in _FIELDS:
            raise Invalid(_("There is no such field."), field=name)
        setattr(one, name, _FIELDS[name](raw))


def _grades(raw: Any) -> list[list[str]]:
    found = _pairs(raw, "grades")
    if not found:
        raise Invalid(_("Name at least one grade."), field="grades")
    return sorted(found, key=lambda one: -Decimal(one[1]))


def _shares(raw: Any) -> list[list[str]]:
    return _pairs(raw, "shares")


def _pairs(raw: Any, field: str) -> list[list[str]]:
    """[name, number], each name once, numbers from 0 to 1000."""
    if not isinstance(raw, list | tuple) or len(raw) > MOST_GRADES:
        raise Invalid(_("At most %(most)s of them.") % {"most": MOST_GRADES}, field=field)
    found = []
    for one in raw:
        if not isinstance(one, list | tuple) or len(one) != 2:
            raise Invalid(_("Each is a name with a number."), field=field)
        found.append([clean_line(one[0], field, length=40), _number(one[1], field)])
    if len({name for name, _value in found}) != len(found):
        raise Invalid(_("Each name stands once."), field=field)
    return found


def _mix(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict) or not raw.keys() <= set(Role.values):
        raise Invalid(_("Weights are for self, manager, second and peer."), field="mix")
    found = {str(role): _number(weight, "mix") for role, weight in raw.items()}
    if not any(Decimal(weight) > 0 for weight in found.values()):
        raise Invalid(_("Somebody’s mark must count."), field="mix")
    return found


def _number(raw: Any, field: str) -> str:
    try:
        value = Decimal(str(raw).strip())
    except (InvalidOperation, ValueError):
        raise Invalid(_("This must be a number."), field=field) from None
    if isinstance(raw, bool) or not value.is_finite() or not 0 <= value <= 1000:
        raise Invalid(_("Between 0 and 1000."), field=field)
    return f"{value.normalize():f}"


def _whole(field: str, least: int, most: int) -> Any:
    def read(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise Invalid(_("From %(least)s to %(most)s.") % {"least": least, "most": most}, field=field)
        return raw

    return read


_FIELDS: dict[str, Any] = {
    "grades": _grades,
    "shares": _shares,
    "mix": _mix,
    "second_review": bool,
    "smallest_group": _whole("smallest_group", 0, 1000),
    "appeal_days": _whole("appeal_days", 1, 60),
    "self_review_until": lambda day: day,
    "review_until": lambda day: day,
}

"""Handshakes: offer a goal set, give a hand on one exact version of it, decline, take back."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.activity.commands import claim_days, record
from tandem.core.clock import now, today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Conflict, Invalid
from tandem.core.texts import clean_text
from tandem.okr import access, versions
from tandem.okr.commands.fields import refuse_closed
from tandem.okr.commands.kept import contents, newest, put_state, set_state, tell, version_of
from tandem.okr.commands.moved_targets import follow_targets
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.sides import stand_now
from tandem.okr.models import Agreement, AgreementState, GoalSet, Objective, Sides
from tandem.okr.queries.versions_seen import changes_seen
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

LONGEST = 5_000
BATCH = 200
FIRST_REMINDER, REMIND_EVERY = 3, 7
"""Days."""


@command(may=access.is_owner_side)
def offer(
    actor: Actor, goals: GoalSet, /, *, seen: str | None = None, forecast: str | None = None, trivial: bool = False
) -> Agreement:
    """Offer the set to the other side; `seen` is the hash of the version the owner looked at (409 for another).

    `trivial` says that only the wording of what was signed is corrected; that is the owner's tick, and the other
    side's hand makes it hold again. Raises Invalid, Conflict.
    """
    last = newest(goals)
    _refuse_offer(goals, last)
    text = version_of(goals)
    _expect(actor, goals, last, text, seen)
    sides = access.sides_of(goals)
    _refuse_unread(goals, sides.other, text)
    one = Agreement(
        goal_set=goals, kept=text, hash=versions.hash_of(text), is_trivial=trivial, offered_at=now()
    )  # fmt: skip
    one.owner_side, one.other_side, one.owner_for, one.other_for = (
        sides.owner,
        sides.other,
        sides.owner_for,
        sides.other_for,
    )
    if last is not None:
        one.expectation, one.forecast = last.expectation, last.forecast
    if forecast is not None:
        one.forecast = clean_text(forecast, "forecast", length=LONGEST)
    if trivial:
        _refuse_more_than_words(last, text)
        one.owner_signed_at = now()
    if last is not None and last.state == AgreementState.SIGNED:
        last.ended_at, last.ended_by_id = now(), actor.pk
        put_state(last, AgreementState.VOIDED, "ended_at", "ended_by")  # a new one is due: this one is history
    one.save()
    set_state(goals, AgreementState.OFFERED)
    refresh(goals, only_progress=True)
    tell(actor, "handshake.offered", one)
    return one


def _refuse_offer(goals: GoalSet, last: Agreement | None) -> None:
    refuse_closed(goals.cycle)
    if goals.cycle.is_backlog:
        raise Invalid(_("The backlog keeps ideas; nobody shakes hands on them."), code="backlog")
    if last is not None and last.state == AgreementState.OFFERED:
        raise Invalid(_("It is offered already."), code="state")
    if last is not None and last.state == AgreementState.SIGNED and not access.is_due(last):
        raise Invalid(_("Both sides have shaken hands on exactly this."), code="state")


def _expect(actor: Actor, goals: GoalSet, last: Agreement | None, text: str, seen: str | None) -> None:
    """Raises Conflict (409) with what changed, when the caller saw another version than the one that stands."""
    if seen is not None and seen != versions.hash_of(text):
        told = changes_seen(actor, goals, last.kept if last is not None else text, text)
        raise Conflict(
            _("The goals were changed in the meantime. Read them again before you shake hands."),
            current={"hash": versions.hash_of(text), "changes": told},
        )


def _refuse_unread(goals: GoalSet, other: "Person | None", text: str) -> None:
    """Is there somebody on the other side, something to agree on, and can they read all of it? Raises Invalid."""
    if other is None:
        message = _("Nobody stands on the other side. A champion or administrator can name somebody.")
        raise Invalid(message, field="other_side")
    keys = {one["id"] for one in versions.read(text)["objectives"]}
    if not keys:
        raise Invalid(_("There is nothing to agree on yet: secret and dropped goals are outside."), code="empty")
    read = Objective.objects.visible_to(other).filter(goal_set=goals, key__in=keys).count()
    if read < len(keys):
        raise Invalid(_("%(name)s cannot read all of these goals.") % {"name": other.name}, field="other_side")


def _refuse_more_than_words(last: Agreement | None, text: str) -> None:
    if last is None or last.state != AgreementState.VOIDED:
        raise Invalid(_("Only the wording of what was signed before can be corrected."), field="trivial")
    if not versions.is_wording(versions.changes(versions.read(last.kept), versions.read(text))):
        raise Invalid(_("This changes more than the wording: offer it anew."), field="trivial")


@command(may=access.may_shake)
def shake(actor: Actor, one: Agreement, /, *, seen: str, version: int | None = None) -> Agreement:
    """Give one's hand on the version with the hash `seen`, and on what both wrote beside it (`version`, where the
    caller says what they read); with both hands it is signed.

    Raises Conflict (409) with the difference when another version stands, Invalid when it is no longer offered,
    when one's hand was given already, or when there is something in it that the other side may not read.
    """
    goals = one.goal_set
    refuse_closed(goals.cycle)
    _refuse_ended(one)
    text = version_of(goals)
    _expect(actor, goals, one, text, seen)
    expect_version(one, version)
    sides = access.sides_of(goals)
    _refuse_unread(goals, sides.other, text)
    one.above = _above(text)
    _drop_others_hands(one, sides, text)
    if actor.pk == (sides.owner.pk if sides.owner else None):
        if one.owner_signed_at is not None:
            raise Invalid(_("You have shaken hands on this version already."), code="signed")
        one.owner_signed_at = now()
    else:
        if one.other_signed_at is not None:
            raise Invalid(_("You have shaken hands on this version already."), code="signed")
        one.other_signed_at = now()
    _write_hands(actor, one)
    return one


def _drop_others_hands(one: Agreement, sides: access.BothSides, text: str) -> None:
    """A hand on another version, or of somebody who no longer stands there, does not count."""
    other_version = versions.hash_of(text) != one.hash
    if other_version or one.owner_side != sides.owner:
        one.owner_signed_at = None
    if other_version or one.other_side != sides.other:
        one.other_signed_at = None
    if other_version and one.is_trivial:
        one.is_trivial = False
    one.kept, one.hash = text, versions.hash_of(text)
    one.owner_side, one.other_side = sides.owner, sides.other
    one.owner_for, one.other_for = sides.owner_for, sides.other_for


def _write_hands(actor: Actor, one: Agreement) -> None:
    names = ("kept", "hash", "above", "is_trivial", "owner_side", "other_side", "owner_for", "other_for",
             "owner_signed_at", "other_signed_at")  # fmt: skip
    both = one.owner_signed_at is not None and one.other_signed_at is not None
    put_state(one, AgreementState.SIGNED if both else AgreementState.OFFERED, *names)
    refresh(one.goal_set, only_progress=True)
    if both:
        follow_targets(one.goal_set, one.kept)
    tell(actor, "handshake.signed" if both else "handshake.given", one)


def _above(text: str) -> dict[str, str]:
    """What the goals above say just now, by their ids."""
    keys = {key for one in versions.read(text)["objectives"] for key in one["aligned_to"]}
    found = contents(Objective.objects.filter(key__in=keys)) if keys else []
    return {one["id"]: versions.content_hash(one) for _set, one in found}


def _refuse_ended(one: Agreement) -> None:
    if one.state != AgreementState.OFFERED:
        raise Invalid(_("This is not on offer any more."), code="state")


@command(may=access.may_decline)
def decline(actor: Actor, one: Agreement, *, reason: str) -> Agreement:
    """The other side says no for now, and why. Raises Invalid."""
    _refuse_ended(one)
    why = clean_text(reason, "reason", length=2000)
    if not why:
        raise Invalid(_("Say why; the owner will want to know what to change."), field="reason")
    return _end(actor, one, AgreementState.DECLINED, "handshake.declined", why)


@command(may=access.may_withdraw)
def withdraw_offer(actor: Actor, one: Agreement, *, reason: str = "") -> Agreement:
    """The owner takes the offer back. Raises Invalid."""
    _refuse_ended(one)
    return _end(actor, one, AgreementState.WITHDRAWN, "handshake.withdrawn", clean_text(reason, "reason", length=2000))


def _end(actor: Actor, one: Agreement, state: str, verb: str, reason: str) -> Agreement:
    refuse_closed(one.goal_set.cycle)
    one.reason, one.ended_at, one.ended_by_id = reason, now(), actor.pk
    one.owner_signed_at = one.other_signed_at = None
    put_state(one, state, "reason", "ended_at", "ended_by", "owner_signed_at", "other_signed_at")
    refresh(one.goal_set, only_progress=True)
    tell(actor, verb, one)
    return one


@command(may=access.may_decline)
def expect_of_role(actor: Actor, one: Agreement, *, text: str, version: int | None = None) -> Agreement:
    """What the other side expects of the role (Markdown); the owner's hand is asked for again.

    Raises Invalid, Conflict.
    """
    return _word(actor, one, ("expectation", "owner_signed_at", "handshake.expected"), text, version)


@command(may=access.may_withdraw)
def forecast_output(actor: Actor, one: Agreement, *, text: str, version: int | None = None) -> Agreement:
    """What the owner forecasts to bring (Markdown); the other hand is asked for again.

    Raises Invalid, Conflict.
    """
    return _word(actor, one, ("forecast", "other_signed_at", "handshake.forecast"), text, version)


def _word(actor: Actor, one: Agreement, what: tuple[str, str, str], text: str, version: int | None) -> Agreement:
    """`what`: the text's name, the hand that it asks for again, and the event's verb."""
    name, hand, verb = what
    refuse_closed(one.goal_set.cycle)
    expect_version(one, version)
    _refuse_ended(one)
    said = clean_text(text, name, length=LONGEST)
    if said != getattr(one, name):
        setattr(one, name, said)
        setattr(one, hand, None)
        one.version += 1
        one.save(update_fields=[name, hand, "version"])
        tell(actor, verb, one)
    return one


@command(may=access.may_name_sides)
def name_sides(
    actor: Actor, goals: GoalSet, *, owner_side: "Person | None" = None, other_side: "Person | None" = None
) -> Sides:
    """Who shakes hands instead of those whom the chart names; None is the chart again. Raises Invalid.

    A person signs for their own goals; only for a unit's set somebody else may be named on the owner's side.
    """
    refuse_closed(goals.cycle)
    if owner_side is not None and goals.owner_unit is None:
        raise Invalid(_("A person shakes hands on their own goals themself."), field="owner_side")
    for name, person in (("owner_side", owner_side), ("other_side", other_side)):
        if person is not None and not person.is_active:
            raise Invalid(_("This person has left."), field=name)
    owner = owner_side or access.sides_of(goals).owner_for
    if other_side is not None and other_side == owner:
        raise Invalid(_("Nobody shakes hands with themself."), field="other_side")
    sides, _new = Sides.objects.update_or_create(
        goal_set=goals, defaults={"owner_side": owner_side, "other_side": other_side}
    )
    last = newest(goals)
    if last is not None and last.state == AgreementState.OFFERED:
        last.goal_set = goals
        stand_now(last, access.sides_of(goals))
    chosen = [one for one in (owner_side, other_side) if one is not None]
    names = ", ".join(one.name for one in chosen) or "–"
    whose, named = goals.owner_person or goals.owner_unit, [one.pk for one in chosen]
    told: dict[str, Any] = {"owner": goals.owner_name, "cycle": goals.cycle.name, "names": names}
    record(actor, "handshake.sides", goals, whose, named=named, **told)
    return sides


@command(may=access.may_remind)
def remind_of_handshakes(actor: Actor, _subject: None, *, after: int = 0) -> int | None:
    """Remind whose hand has been missing for three days, and every week after that; the next offers beyond `after`.

    Gives the last key that was looked at, None when there was nothing left.
    """
    rows = Agreement.objects.filter(pk__gt=after, state=AgreementState.OFFERED).exclude(goal_set__cycle__phase="closed")
    found = list(rows.select_related(*Agreement.read_with).order_by("pk")[:BATCH])
    for one in found:
        since = max(filter(None, (one.offered_at, one.owner_signed_at, one.other_signed_at)))
        days = (today() - today(since)).days - FIRST_REMINDER
        if days >= 0 and days % REMIND_EVERY == 0:
            _remind(
                actor, one, "handshake.waits", _missing(one, access.sides_of(one.goal_set)), on=today(since).isoformat()
            )
    return found[-1].pk if found else None


def _missing(one: Agreement, sides: access.BothSides) -> list[int]:
    hands = ((sides.owner, one.owner_signed_at), (sides.other, one.other_signed_at))
    return [side.pk for side, hand in hands if side is not None and hand is None]


def _remind(actor: Actor, one: Agreement, verb: str, missing: list[int], **told: str) -> bool:
    """Each at most once a day."""
    fresh = claim_days(missing, f"hand:{one.pk}"[:16], today())
    if fresh:
        tell(actor, verb, one, asked=sorted(fresh), **told)
    return bool(fresh)


@command(may=access.may_shake)
def ask_for_hand(actor: Actor, one: Agreement) -> bool:
    """Remind the side whose hand is missing, at most once a day; False when that was done today. Raises Invalid."""
    _refuse_ended(one)
    missing = [side for side in _missing(one, access.sides_of(one.goal_set)) if side != actor.pk]
    if not missing:
        raise Invalid(_("It is you who has not shaken hands yet."), code="state")
    return _remind(actor, one, "handshake.asked", missing)

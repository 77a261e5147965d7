"""Looking at a scorecard from several sides: the carrier's words, the manager's exceptions, marks, a second view."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.formats import listing
from tandem.core.numbers import parse_number, rounded
from tandem.core.texts import clean_text
from tandem.kpi.access import (
    carries,
    may_answer,
    may_mark,
    may_note_item,
    may_review,
    may_review_second,
    may_run_round,
    role_of,
)
from tandem.kpi.commands.scoring import days_of, mixed_marks, rescore
from tandem.kpi.models import Mark, Scorecard, ScorecardItem, Stage
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

REVIEWED = (Stage.RUNNING, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW)
MOST_PEERS, MOST_PARTS, LARGEST_SCORE = 10, 4, 1000


@command(may=may_answer)
def review_oneself(actor: Actor, card: Scorecard, /, *, words: str = "", version: int | None = None) -> Scorecard:
    """The carrier's own look back, handed to the manager. Words may be left out. Raises Invalid, Conflict."""
    expect_version(card, version)
    if card.stage != Stage.SELF_REVIEW:
        raise Invalid(_("It is not in self-review."), code="state")
    card.self_words = clean_text(words, "words", length=4000)
    card.stage = Stage.MANAGER_REVIEW
    _save(card)
    record(actor, "scorecard.self_reviewed", card, name=card.name)
    return card


@command(may=may_note_item)
def note_item(
    actor: Actor,
    item: ScorecardItem,
    /,
    *,
    note: str,
    actual: object | None = None,
    applies: bool = True,
    version: int | None = None,
) -> Scorecard:
    """An exception on one item: another actual, or that it does not apply; always with words. No actual and
    `applies` takes the exception back: the reading counts again.

    Raises Invalid (422) naming the field, Conflict (409).
    """
    card = item.scorecard
    expect_version(card, version)
    if card.stage not in REVIEWED:
        raise Invalid(_("It was handed in; its figures stay."), code="state")
    value = None if actual is None else parse_number(actual, "actual")
    words = clean_text(note, "note", length=2000)
    if (value is not None or not applies) and not words:
        raise Invalid(_("An exception needs a word about why."), field="note")
    item.by_hand, item.applies, item.note = value is not None, applies, words
    item.actual = item.read if value is None else value
    item.noted_by_id = actor.pk
    item.save()
    _rescored(card)
    record(actor, "scorecard.noted", card, name=card.name)
    return card


@command(may=may_review)
def note_parts(
    actor: Actor, card: Scorecard, /, *, parts: Sequence[Mapping[str, object]], version: int | None = None
) -> Scorecard:
    """Parts of the period served elsewhere, each with `score`, `days` and `words`; an empty list takes them back. The
    result is then the mean by days. Raises Invalid (422) naming the field, Conflict (409)."""
    expect_version(card, version)
    if card.stage not in REVIEWED:
        raise Invalid(_("It was handed in; its figures stay."), code="state")
    if len(parts) > MOST_PARTS:
        raise Invalid(_("At most %(most)s of them.") % {"most": MOST_PARTS}, field="parts")
    card.parts = [_part(one) for one in parts]
    if sum(one["days"] for one in card.parts) >= days_of(card.round):
        raise Invalid(_("Some days of the period must be left for this scorecard."), field="days")
    _rescored(card)
    record(actor, "scorecard.parts_noted", card, name=card.name)
    return card


def _part(given: Mapping[str, object]) -> dict[str, Any]:
    score = rounded(parse_number(given.get("score", ""), "score"), 2)
    if not 0 <= score <= LARGEST_SCORE:
        raise Invalid(_("Between 0 and 1000."), field="score")
    days = parse_number(given.get("days", ""), "days")
    if days != int(days) or days < 1:
        raise Invalid(_("Whole days, 1 or more."), field="days")
    words = clean_text(given.get("words", ""), "words", length=2000)
    if not words:
        raise Invalid(_("Say where, and who gave the score."), field="words")
    return {"score": str(score), "days": int(days), "words": words}


@command(may=may_mark)
def mark_item(actor: Actor, item: ScorecardItem, /, *, value: object) -> Scorecard:
    """A mark on an item that is judged and not measured; an assessor's newest counts. Roles are mixed by the round's
    weights, and who gave none is left out. Raises Invalid (422)."""
    card = item.scorecard
    if not item.is_marked:
        raise Invalid(_("This item is measured, not marked."), code="state")
    if not card.takes_figures:
        raise Invalid(_("It was handed in; its figures stay."), code="state")
    top = item.terms.get("parameters", {}).get("top", "5")
    given = rounded(parse_number(value, "value"), 2)
    if not 0 <= given <= parse_number(str(top), "value"):
        raise Invalid(_("From %(least)s to %(most)s.") % {"least": 0, "most": top}, field="value")
    Mark.objects.update_or_create(
        item=item, author_id=actor.pk, defaults={"role": role_of(actor, card), "value": given, "at": now()}
    )
    if not item.by_hand:
        item.actual = mixed_marks(item, card.round.mix)
        item.save(update_fields=["actual"])
    _rescored(card)
    record(actor, "scorecard.marked", card, name=card.name)
    return card


@command(may=may_review)
def hand_in_review(actor: Actor, card: Scorecard, /, *, words: str = "", version: int | None = None) -> Scorecard:
    """The manager is done. Refused while something is not scored, naming it. Raises Invalid (422), Conflict (409)."""
    expect_version(card, version)
    if card.stage != Stage.MANAGER_REVIEW:
        raise Invalid(_("It is not in the manager’s review."), code="state")
    _refuse_unscored(card)
    card.review_words = clean_text(words, "words", length=4000)
    card.stage = Stage.SECOND_REVIEW if card.round.second_review else Stage.CALIBRATION
    _save(card)
    record(actor, "scorecard.reviewed", card, name=card.name)
    return card


@command(may=may_review_second)
def hand_in_second_review(
    actor: Actor, card: Scorecard, /, *, words: str = "", back: bool = False, version: int | None = None
) -> Scorecard:
    """The second look: on to calibration, or back to the manager with words. Raises Invalid (422), Conflict (409)."""
    expect_version(card, version)
    if card.stage != Stage.SECOND_REVIEW:
        raise Invalid(_("It is not in the second review."), code="state")
    said = clean_text(words, "words", length=4000)
    if back and not said:
        raise Invalid(_("Say what should be looked at again."), field="words")
    card.second_words = said
    card.stage = Stage.MANAGER_REVIEW if back else Stage.CALIBRATION
    _save(card)
    record(actor, "scorecard.second_reviewed", card, name=card.name)
    return card


def _may_name(actor: Actor, card: Scorecard) -> bool:
    return may_run_round(actor) and not carries(actor, card)


@command(may=_may_name)
def name_reviewers(
    actor: Actor,
    card: Scorecard,
    /,
    *,
    manager: "Person | None",
    second: "Person | None" = None,
    peers: "Iterable[Person]" = (),
) -> Scorecard:
    """Who looks at it: delegates for those who are away, and peers who are asked. Nobody reviews themselves.

    Raises Invalid (422) naming the field.
    """
    if card.stage not in REVIEWED:
        raise Invalid(_("It was handed in; its figures stay."), code="state")
    beside = list(peers)
    if len(beside) > MOST_PEERS:
        raise Invalid(_("At most %(most)s of them.") % {"most": MOST_PEERS}, field="peers")
    for field, people in (("manager", [manager]), ("second", [second]), ("peers", beside)):
        for person in people:
            if person is not None and (not person.is_active or carries(person, card)):
                raise Invalid(_("Choose somebody else who is here."), field=field)
    card.manager, card.second = manager, second
    _save(card)
    card.peers.set(beside)
    record(actor, "scorecard.reviewers", card, name=card.name)
    return card


def _refuse_unscored(card: Scorecard) -> None:
    if card.unscored:
        names = [one.name for one in card.items.all() if one.points is None and one.applies and one.kind != "watch"]
        said = _("Not scored yet: %(names)s. Enter an actual, or say that it does not apply.")
        raise Invalid(said % {"names": listing(names)}, code="unscored")


def _rescored(card: Scorecard) -> None:
    rescore(card)
    _save(card)


def _save(card: Scorecard) -> None:
    card.version += 1
    card.save()

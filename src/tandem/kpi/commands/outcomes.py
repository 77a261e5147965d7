"""From a reviewed scorecard to a result that stands: calibrated, communicated, answered, closed."""

from decimal import Decimal

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now, today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number, rounded
from tandem.core.texts import clean_text
from tandem.cycles.queries import last_working_day
from tandem.kpi.access import may_answer, may_calibrate, may_decide_appeal
from tandem.kpi.commands.scoring import grade_for, settle
from tandem.kpi.models import Appeal, FactorClaim, Scorecard, Stage
from tandem.people.actors import Actor

LARGEST = 1000


@command(may=may_calibrate)
def calibrate(
    actor: Actor, card: Scorecard, /, *, adjustment: object, words: str, version: int | None = None
) -> Scorecard:
    """Add to (or take from) the total, with the reason; the computed total stays beside it. 0 takes it back.

    Raises Invalid (422), Conflict (409).
    """
    expect_version(card, version)
    if card.stage != Stage.CALIBRATION:
        raise Invalid(_("It is not in calibration."), code="state")
    change = _points(adjustment, "adjustment")
    why = clean_text(words, "words", length=2000)
    if change and not why:
        raise Invalid(_("Say why; the carrier reads it."), field="words")
    card.adjustment, card.adjustment_words = change, why if change else ""
    card.calibrated_by_id = actor.pk
    settle(card, None)
    _save(card)
    record(actor, "scorecard.calibrated", card, name=card.name)
    return card


def _points(raw: object, field: str) -> Decimal:
    value = rounded(parse_number(raw, field), 2)
    if not -LARGEST <= value <= LARGEST:
        raise Invalid(_("This number is beyond what makes sense here."), field=field)
    return value


def communicate_card(actor: Actor, card: Scorecard) -> str:
    """Tell the carrier; the days to answer begin. Returns why it stays, or "" when it went."""
    if card.unscored or card.result is None:
        return _("Something is not scored yet.")
    if FactorClaim.objects.filter(item__scorecard=card, decided_at=None).exists():
        return _("A claim of an outside factor is not decided yet.")
    card.stage = Stage.COMMUNICATED
    card.communicated_at = now()
    card.respond_until = last_working_day(actor, today(), card.round.appeal_days)
    _save(card)
    record(actor, "scorecard.communicated", card, name=card.name, on=card.respond_until.isoformat())
    return ""


@command(may=may_answer)
def acknowledge(actor: Actor, card: Scorecard, /) -> Scorecard:
    """The carrier has read it and leaves it at that. Raises Invalid (422)."""
    _refuse_unanswerable(card)
    card.stage = Stage.ACKNOWLEDGED
    card.answered_at = now()
    _save(card)
    record(actor, "scorecard.acknowledged", card, name=card.name)
    return card


@command(may=may_answer)
def appeal(actor: Actor, card: Scorecard, /, *, words: str) -> Scorecard:
    """Object, once for a result and within the days given. Raises Invalid (422)."""
    _refuse_unanswerable(card)
    if Appeal.objects.filter(scorecard=card).exists():
        raise Invalid(_("A result can be appealed once."), code="state")
    if card.is_late:
        raise Invalid(_("The days to appeal are over."), code="state")
    said = clean_text(words, "words", length=4000)
    if not said:
        raise Invalid(_("Say what is wrong with it."), field="words")
    assert card.result is not None
    Appeal.objects.create(scorecard=card, words=said, result_before=card.result, grade_before=card.grade)
    card.stage = Stage.APPEALED
    card.answered_at = now()
    _save(card)
    record(actor, "scorecard.appealed", card, name=card.name)
    return card


def _refuse_unanswerable(card: Scorecard) -> None:
    if card.stage != Stage.COMMUNICATED:
        raise Invalid(_("There is no result to answer."), code="state")


@command(may=may_decide_appeal)
def decide_appeal(
    actor: Actor, card: Scorecard, /, *, words: str, result: object | None = None, version: int | None = None
) -> Scorecard:
    """Keep the result (None) or set another, with the reason. The old one stays on the sheet.

    Raises Invalid (422), Conflict (409).
    """
    expect_version(card, version)
    if card.stage != Stage.APPEALED:
        raise Invalid(_("There is no appeal to decide."), code="state")
    if FactorClaim.objects.filter(item__scorecard=card, decided_at=None).exists():
        raise Invalid(_("A claim of an outside factor is not decided yet."), code="state")
    answer = clean_text(words, "words", length=4000)
    if not answer:
        raise Invalid(_("Say why; the carrier reads it."), field="words")
    if result is not None:
        card.result = _points(result, "result")
        card.grade = grade_for(card, card.result)
    Appeal.objects.filter(scorecard=card).update(answer=answer, decided_at=now(), decided_by=actor.pk)
    card.stage = Stage.RESOLVED
    _save(card)
    record(actor, "scorecard.resolved", card, name=card.name)
    return card


def close_card(actor: Actor, card: Scorecard) -> str:
    """It is final. Silence counts as silence once the days are over. Returns why it stays, or ""."""
    if card.stage == Stage.COMMUNICATED:
        if not card.is_late:
            return _("The carrier has time to answer until then.")
        card.was_silent = True
    card.stage = Stage.CLOSED
    card.closed_at = now()
    _save(card)
    record(actor, "scorecard.closed", card, name=card.name)
    return ""


def _save(card: Scorecard) -> None:
    card.version += 1
    card.save()

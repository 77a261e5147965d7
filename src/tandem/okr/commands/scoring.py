"""Scores and reflections: how it ended, said by the owner's side."""

from decimal import Decimal

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number, plain
from tandem.core.texts import clean_text
from tandem.okr import access, rules
from tandem.okr.commands.fields import refuse_closed
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell, writable
from tandem.okr.models import GoalSet, KeyResult, Objective, ObjectiveState
from tandem.people.actors import Actor

SCORED = (ObjectiveState.ACTIVE, ObjectiveState.CLOSED)
SCORING_PHASES = ("run", "review")


@command(may=access.may_write_key_result)
def score_key_result(
    actor: Actor, key_result: KeyResult, /, *, score: object, reason: str = "", version: int | None = None
) -> KeyResult:
    """Score a key result: 0.0 to 1.0 with one decimal, or None to take the score back.

    More than 0.2 beside the proposal (capped progress) it needs a reason. In a closed cycle, while late scores
    are taken, only what has none can be scored; it is marked late. Raises Invalid, Conflict.
    """
    late = _refuse_scoring(key_result.objective)
    if key_result.archived_on is not None:
        raise Invalid(_("It is archived; restore it first."), code="archived")
    expect_version(key_result, version)
    if late and key_result.score is not None and not key_result.scored_late:
        raise Invalid(_("It was scored in time, and that stands."), field="score", code="closed")
    value = _score(score)
    why = clean_text(reason or "", "reason", length=2000) if value is not None else ""
    if value is not None and not why and rules.score_reason_needed(value, rules.proposed_score(key_result.progress)):
        raise Invalid(_("That is more than 0.2 beside what the numbers say: say why."), field="reason", code="reason")
    if (value, why) == (key_result.score, key_result.score_reason):
        return key_result
    _set(key_result, value, why, late=late)
    late_one = key_result.objective_id if late else None
    refresh(key_result.objective.goal_set, late=late_one, only_progress=True)
    _tell(actor, key_result)
    return key_result


@command(may=access.may_write_set)
def take_proposals(actor: Actor, goals: GoalSet) -> GoalSet:
    """Score what has no score yet as its numbers say; what has no data is left open. Raises Invalid."""
    late = _refuse_cycle(goals)
    rows = KeyResult.objects.filter(
        objective__goal_set=goals, objective__archived_on=None, objective__state__in=SCORED, archived_on=None,
        score=None, progress__isnull=False,
    )  # fmt: skip
    taken = list(rows.select_related("objective"))
    for one in taken:
        _set(one, rules.proposed_score(one.progress), "", late=late)
    if taken:
        for objective in sorted({one.objective_id for one in taken}) if late else [None]:
            refresh(goals, late=objective, only_progress=True)
        record(actor, "goals.scored", goals, goals.owner_person or goals.owner_unit, count=len(taken))
    return goals


def _refuse_scoring(objective: Objective) -> bool:
    """Can it be scored? Raises Invalid; True when a score would be late."""
    if objective.archived_on is not None:
        raise Invalid(_("It is archived; restore it first."), code="archived")
    if objective.state not in SCORED:
        raise Invalid(_("Only a published objective is scored."), code="state")
    return _refuse_cycle(objective.goal_set)


def _refuse_cycle(goals: GoalSet) -> bool:
    cycle = goals.cycle
    if cycle.takes_late_scores(today()):
        return True
    refuse_closed(cycle)
    if cycle.phase not in SCORING_PHASES:
        raise Invalid(_("Scores are given once the cycle runs."), code="phase")
    return False


def _score(raw: object) -> Decimal | None:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    value = parse_number(raw, "score")
    if not 0 <= value <= 1 or value != rules.score(value):
        raise Invalid(_("A score is a number from 0.0 to 1.0 with one decimal."), field="score")
    return rules.score(value)


def _set(key_result: KeyResult, value: Decimal | None, reason: str, *, late: bool) -> None:
    key_result.score = value
    key_result.score_reason = reason
    key_result.scored_late = late and value is not None
    key_result.version += 1
    key_result.save(update_fields=["score", "score_reason", "scored_late", "version"])


def _tell(actor: Actor, key_result: KeyResult) -> None:
    score = key_result.score
    proposed = rules.proposed_score(key_result.progress)
    tell(
        actor,
        "key_result.unscored" if score is None else "key_result.scored",
        key_result.objective,
        key_result=key_result.title,
        id=key_result.pk,
        score=None if score is None else f"{rules.score(score)}",
        proposed=None if proposed is None else plain(proposed),
        reason=key_result.score_reason,
        late=key_result.scored_late,
    )


@command(may=access.may_write)
def reflect_on_objective(
    actor: Actor, objective: Objective, *, reflection: str, version: int | None = None
) -> Objective:
    """What was learned from an objective (Markdown). Raises Invalid, Conflict."""
    writable(objective)
    expect_version(objective, version)
    text = clean_text(reflection, "reflection")
    if text != objective.reflection:
        objective.reflection = text
        objective.version += 1
        objective.save(update_fields=["reflection", "version", "changed_at"])
        tell(actor, "objective.reflected", objective)
    return objective


@command(may=access.may_write_set)
def reflect_on_goals(actor: Actor, goals: GoalSet, *, reflection: str, version: int | None = None) -> GoalSet:
    """What was learned from a whole set in its cycle (Markdown). Raises Invalid, Conflict."""
    refuse_closed(goals.cycle)
    expect_version(goals, version)
    text = clean_text(reflection, "reflection")
    if text != goals.reflection:
        goals.reflection = text
        goals.version += 1
        goals.save(update_fields=["reflection", "version"])
        record(actor, "goals.reflected", goals, goals.owner_person or goals.owner_unit, cycle=goals.cycle.name)
    return goals

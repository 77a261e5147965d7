"""Answers to "KPI or OKR?": kept, changed, taken back and brought back."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.texts import clean_optional_line
from tandem.cycles.queries import current_cycle
from tandem.guide import access, rules
from tandem.guide.models import Answers
from tandem.okr.access import may_write
from tandem.okr.commands import create_objective
from tandem.people.actors import Actor
from tandem.people.queries import is_person

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.okr.models import Objective
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit


@command(may=access.may_answer_for)
def keep_answers(
    actor: Actor, owner: "Owner", /, *, cycle: "Cycle | None" = None, words: str = "", **answers: object
) -> Answers:
    """The four answers (`rules.QUESTIONS`, each True or False) about something that is no objective yet.

    `words` (up to 500 characters) say what it is about. Raises Invalid.
    """
    assert actor.pk is not None
    unit = owner.unit_id if is_person(owner) else owner.pk
    kept = Answers(author_id=actor.pk, unit_id=unit, for_unit=not is_person(owner), cycle=cycle)
    _set(kept, {"words": words, **answers}, whole=True)
    kept.save()
    _tell(actor, "kept", kept)
    return kept


@command(may=access.may_answer_about)
def keep_answers_about(
    actor: Actor, objective: "Objective", /, *, version: int | None = None, **answers: object
) -> Answers:
    """The same about an objective: an objective has one set of answers, and a second time changes it.

    Raises Invalid, Conflict.
    """
    kept = Answers.objects.living().filter(objective=objective).select_related(*Answers.read_with).first()
    if kept is not None:
        return _change(actor, kept, version, answers)
    assert actor.pk is not None
    goals = objective.goal_set
    unit = goals.owner_unit_id or goals.unit_id
    of_unit = goals.owner_unit_id is not None
    kept = Answers(author_id=actor.pk, unit_id=unit, for_unit=of_unit, cycle_id=goals.cycle_id, objective=objective)
    _set(kept, answers, whole=True)
    kept.save()
    _tell(actor, "kept", kept)
    return kept


@command(may=access.may_change)
def change_answers(
    actor: Actor,
    kept: Answers,
    /,
    *,
    version: int | None = None,
    objective: "Objective | None" = None,
    **fields: object,
) -> Answers:
    """Other answers or words; `objective` says which objective came of it. Raises Invalid, Conflict."""
    if objective is not None:
        _attach(actor, kept, objective)
    return _change(actor, kept, version, fields, also=objective is not None)


@command(may=access.may_change)
def write_from_answers(actor: Actor, kept: Answers) -> "Objective":
    """A draft of the words, in the cycle they were about; the answers belong to it from then on. Raises Invalid."""
    if kept.objective is not None:
        return kept.objective
    if not kept.words:
        raise Invalid(_("Say first what it is about; that becomes the objective."), field="words")
    cycle = kept.cycle or current_cycle(actor)
    if cycle is None:
        raise Invalid(_("Goals live in a cycle, and no cycle has been opened yet."), field="cycle")
    ambition = rules.ambition(kept.four)
    objective = create_objective(actor, kept.owner, cycle=cycle, title=kept.words, ambition=ambition)
    _attach(actor, kept, objective)
    _save(actor, kept, "changed")
    return objective


@command(may=access.may_change)
def withdraw_answers(actor: Actor, kept: Answers) -> Answers:
    """Take them back: they are neither shown nor counted, and can be brought back."""
    if kept.withdrawn_on is None:
        kept.withdrawn_on = today()
        _save(actor, kept, "withdrawn")
    return kept


@command(may=access.may_change)
def restore_answers(actor: Actor, kept: Answers) -> Answers:
    """Bring them back, unless the objective has been answered anew meanwhile. Raises Invalid."""
    if kept.withdrawn_on is not None:
        if kept.objective_id is not None:
            _refuse_second(kept.objective_id)
        kept.withdrawn_on = None
        _save(actor, kept, "restored")
    return kept


def _change(actor: Actor, kept: Answers, version: int | None, fields: dict[str, object], also: bool = False) -> Answers:
    if kept.withdrawn_on is not None:
        raise Invalid(_("These answers were taken back; bring them back first."), code="withdrawn")
    expect_version(kept, version)
    before = kept.as_version()
    _set(kept, fields)
    if also or kept.as_version() != before:
        _save(actor, kept, "changed")
    return kept


def _attach(actor: Actor, kept: Answers, objective: "Objective") -> None:
    if kept.objective_id == objective.pk:
        return
    if kept.objective_id is not None:
        raise Invalid(_("These answers belong to another objective."), field="objective")
    if not may_write(actor, objective):
        raise Invalid(_("Only who writes an objective answers for it."), field="objective")
    _refuse_second(objective.pk)
    kept.objective = objective
    kept.cycle_id = objective.goal_set.cycle_id
    kept.unit_id = objective.goal_set.owner_unit_id or objective.goal_set.unit_id
    kept.for_unit = objective.goal_set.owner_unit_id is not None


def _refuse_second(objective: int) -> None:
    if Answers.objects.living().filter(objective=objective).exists():
        raise Invalid(_("This objective has answers already; change those."), field="objective")


def _set(kept: Answers, fields: dict[str, Any], *, whole: bool = False) -> None:
    """Put the fields in and suggest anew; `whole`: all four must be there. Raises Invalid."""
    if "words" in fields:
        kept.words = clean_optional_line(fields["words"], "words", length=500)
    for name in rules.QUESTIONS:
        if name in fields or whole:
            if not isinstance(fields.get(name), bool):
                raise Invalid(_("Answer this question with yes or no."), field=name)
            setattr(kept, name, fields[name])
    kept.suggestion = rules.suggestion(kept.four)


def _save(actor: Actor, kept: Answers, what: str) -> None:
    kept.version += 1
    kept.save()
    _tell(actor, what, kept)


def _tell(actor: Actor, what: str, kept: Answers) -> None:
    """Under the objective they are about; what is about none yet is for the audit log alone, without its words."""
    if kept.objective is None:
        record(actor, f"own_answers.{what}", kept)
        return
    goals = kept.objective.goal_set
    owner = goals.owner_person or goals.owner_unit
    record(actor, f"answers.{what}", kept.objective, owner, title=kept.objective.title)

"""Suggestions: another wording from the other side, which the owner takes with one click, or leaves."""

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.core.errors import Conflict, Invalid
from tandem.core.texts import clean_line, shortened
from tandem.okr import access
from tandem.okr.commands.key_results import edit_key_result
from tandem.okr.commands.objectives import edit_objective, writable
from tandem.okr.models import KeyResult, Objective, Suggestion, SuggestionState
from tandem.people.actors import Actor

MOST_OPEN = 50


@command(may=access.may_suggest)
def suggest_wording(
    actor: Actor, objective: Objective, /, *, text: str, key_result: KeyResult | None = None
) -> Suggestion:
    """Another title for the objective, or for a key result under it. Raises Invalid."""
    writable(objective)
    if key_result is not None and key_result.objective_id != objective.pk:
        raise Invalid(_("It belongs to another objective."), field="key_result")
    about = key_result or objective
    words = clean_line(text, "text", length=500 if key_result is None else 1000)
    if words == about.title:
        raise Invalid(_("That is what it says already."), field="text")
    if Suggestion.objects.filter(objective=objective, state=SuggestionState.OPEN).count() >= MOST_OPEN:
        raise Invalid(_("There are enough suggestions open for this one; talk about it."), field="text")
    one = Suggestion.objects.create(
        objective=objective, key_result=key_result, was=about.title, text=words, author_id=actor.pk
    )
    _tell(actor, "suggestion.made", one)
    return one


@command(may=access.may_answer)
def take_suggestion(actor: Actor, one: Suggestion) -> Suggestion:
    """The owner makes the words their own: the usual change, by the owner. Raises Invalid, Conflict (409) when the
    title is no longer the one it was made for."""
    _refuse_ended(one)
    about = one.key_result or one.objective
    if about.title != one.was:
        raise Conflict(
            _("The wording was changed since this was suggested. Compare, and write what you mean."),
            current={"title": about.title, "suggested_for": one.was, "text": one.text},
        )
    if one.key_result is not None:
        edit_key_result(actor, one.key_result, title=one.text)
    else:
        edit_objective(actor, one.objective, title=one.text)
    return _end(actor, one, SuggestionState.TAKEN)


@command(may=access.may_answer)
def leave_suggestion(actor: Actor, one: Suggestion) -> Suggestion:
    """The owner keeps their own words. Raises Invalid."""
    _refuse_ended(one)
    return _end(actor, one, SuggestionState.LEFT)


@command(may=access.is_suggester)
def withdraw_suggestion(actor: Actor, one: Suggestion) -> Suggestion:
    """Who made it takes it back. Raises Invalid."""
    _refuse_ended(one)
    return _end(actor, one, SuggestionState.WITHDRAWN)


def _refuse_ended(one: Suggestion) -> None:
    if one.state != SuggestionState.OPEN:
        raise Invalid(_("This suggestion was answered already."), code="state")


def _end(actor: Actor, one: Suggestion, state: str) -> Suggestion:
    one.state, one.ended_at = state, now()
    one.save(update_fields=["state", "ended_at"])
    _tell(actor, f"suggestion.{state}", one)
    return one


def _tell(actor: Actor, verb: str, one: Suggestion) -> None:
    goals = one.objective.goal_set
    title = shortened((one.key_result or one.objective).title)
    author = one.author_id if verb != "suggestion.made" else None
    record(actor, verb, one.objective, goals.owner_person or goals.owner_unit, title=title, author=author)

"""Scorecards on screen: one's own and those to review, the sheet that explains itself, and what is done on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Conflict, Invalid, Missing
from tandem.kpi import access, commands
from tandem.kpi.models import Dimension, Remedy, Scorecard, ScorecardItem, Stage
from tandem.kpi.queries import (
    appeal_of,
    claims_of,
    dimensions_of,
    get_item,
    get_scorecard,
    items_of,
    own_scorecards,
    rounds_reviewed,
    scorecards_to_review,
)
from tandem.kpi.views.whys import words_of_why
from tandem.people.actors import Actor, actor_of

MOST, MOST_ROWS = 100, 10


@require_GET
def scorecard_list(request: HttpRequest) -> HttpResponse:
    """One's own, and those that wait for one's review."""
    actor = actor_of(request)
    page = {
        "own": own_scorecards(actor)[:MOST],
        "reviewed": scorecards_to_review(actor)[:MOST],
        "reviewed_rounds": list(rounds_reviewed(actor)),
        "runs_rounds": access.may_run_round(actor),
        "ready": Stage.MANAGER_REVIEW,
    }
    return render(request, "kpi/scorecards.html", page)


@require_GET
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    card = get_scorecard(actor, pk)
    if access.looks_as_people_team(actor, card):
        commands.note_look(actor, None, card=card)
    return _sheet(request, actor, card)


def _sheet(
    request: HttpRequest, actor: Actor, card: Scorecard, fault: Invalid | Conflict | None = None, act: str = ""
) -> HttpResponse:
    """The sheet; after a refusal with what was typed (`typed`), beside the form it stood in (`act`)."""
    items, claims = items_of(actor, card), claims_of(actor, card)
    waits = card.stage in commands.CLAIMABLE and any(one.is_open for many in claims.values() for one in many)
    reviews, carries = access.may_review(actor, card), access.carries(actor, card)
    page: dict[str, Any] = {
        "card": card,
        "items": items,
        "why": {item.pk: words_of_why(item.why) for item in items},
        "claims": claims,
        "dimensions": [(Dimension(one.name).label, one) for one in dimensions_of(actor, items)],
        "may_claim": (carries or reviews) and card.stage in commands.CLAIMABLE,
        "may_decide_claim": waits and access.may_decide_claim_on(actor, card),
        "remedies": Remedy.choices,
        "appeal": appeal_of(actor, card) if card.answered_at else None,
        "carries": carries,
        "told": access.knows_result(actor, card),
        "role": access.role_of(actor, card) if card.takes_figures else "",
        "may_note": reviews and card.stage in commands.REVIEWED,
        "may_hand_in": reviews and card.stage == Stage.MANAGER_REVIEW,
        "may_second": card.stage == Stage.SECOND_REVIEW and access.may_review_second(actor, card),
        "may_calibrate": card.stage == Stage.CALIBRATION and access.may_calibrate(actor, card),
        "may_decide": card.stage == Stage.APPEALED and access.may_decide_appeal(actor, card),
        "may_run": access.may_run_round(actor),
        "fault": fault,
        "act": act,
        "typed": request.POST if fault else QueryDict(),
    }
    status = 200 if fault is None else 409 if isinstance(fault, Conflict) else 422
    return render(request, "kpi/scorecard.html", page, status=status)


def _optional(text: str) -> str | None:
    return text.strip() or None


def _parts(sent: QueryDict) -> list[dict[str, str]]:
    """The rows of the form that say something."""
    columns = [sent.getlist(name)[:MOST_ROWS] for name in ("score", "days", "words")]
    rows = [dict(zip(("score", "days", "words"), row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if any(value.strip() for value in row.values())]


ACTS: dict[str, Callable[[Actor, Scorecard, QueryDict], object]] = {
    "self-review": lambda a, card, sent: commands.review_oneself(a, card, words=sent.get("words", "")),
    "parts": lambda a, card, sent: commands.note_parts(a, card, parts=_parts(sent)),
    "hand-in": lambda a, card, sent: commands.hand_in_review(a, card, words=sent.get("words", "")),
    "second-review": lambda a, card, sent: commands.hand_in_second_review(
        a, card, words=sent.get("words", ""), back=sent.get("back") == "1"
    ),
    "calibrate": lambda a, card, sent: commands.calibrate(
        a, card, adjustment=sent.get("adjustment", ""), words=sent.get("words", "")
    ),
    "acknowledge": lambda a, card, _sent: commands.acknowledge(a, card),
    "appeal": lambda a, card, sent: commands.appeal(a, card, words=sent.get("words", "")),
    "decide": lambda a, card, sent: commands.decide_appeal(
        a, card, words=sent.get("words", ""), result=_optional(sent.get("result", ""))
    ),
}


@require_POST
def scorecard_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    if act not in ACTS:
        raise Missing(_("There is no such scorecard."))
    actor = actor_of(request)
    card = get_scorecard(actor, pk)
    return done(request, actor, card, act, lambda: ACTS[act](actor, card, request.POST))


@require_POST
def item_note(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = get_item(actor, pk)
    sent = request.POST

    def run() -> None:
        applies = sent.get("applies_not") != "1"
        commands.note_item(
            actor, item, note=sent.get("note", ""), actual=_optional(sent.get("actual", "")), applies=applies
        )

    return done(request, actor, item.scorecard, f"note-{item.pk}", run, item)


@require_POST
def item_mark(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = get_item(actor, pk)
    value = request.POST.get("value", "")
    return done(
        request, actor, item.scorecard, f"mark-{item.pk}", lambda: commands.mark_item(actor, item, value=value), item
    )


def done(
    request: HttpRequest,
    actor: Actor,
    card: Scorecard,
    act: str,
    run: Callable[[], object],
    item: ScorecardItem | None = None,
) -> HttpResponse:
    try:
        run()
    except (Invalid, Conflict) as fault:
        return _sheet(request, actor, get_scorecard(actor, card.pk), fault, act)
    messages.success(request, _("Saved."))
    if request.POST.get("to") == "list":
        return HttpResponseRedirect(reverse("scorecards"))
    place = f"#item-{item.pk}" if item is not None else ""
    return HttpResponseRedirect(reverse("scorecard", args=[card.pk]) + place)

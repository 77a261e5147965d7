"""The people team's pages: rounds, where each of them stands, and moving many on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tandem.core.errors import Invalid, Missing
from tandem.cycles.queries import current_cycle
from tandem.kpi import commands
from tandem.kpi.access import may_run_round
from tandem.kpi.commands.rounds import FROM
from tandem.kpi.forms.rounds import NewRoundForm, ReviewersForm, RoundForm, initial_of
from tandem.kpi.models import Round, Stage
from tandem.kpi.queries import cards_of_round, get_round, get_scorecard, rounds, standing
from tandem.kpi.views.asked import part_of
from tandem.kpi.views.form_page import Words, form_page
from tandem.people.actors import actor_of

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50
SHOWN = 8
"""How many of those that could not be moved are named."""


@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    _team_only(request)
    return render(request, "kpi/rounds.html", {"found": part_of(request, rounds(actor_of(request)), PAGE)})


@SHOW_AND_SEND
def round_new(request: HttpRequest) -> HttpResponse:
    _team_only(request)
    actor = actor_of(request)
    cycle = current_cycle(actor)
    initial = {**initial_of(Round()), "cycle": cycle and str(cycle.pk)}
    form = NewRoundForm(actor, request.POST or None, initial=initial)

    def act() -> str:
        return _at(commands.open_round(actor, None, **form.said()))

    lead = _("Everybody with accepted targets of the cycle gets a scorecard; readings fill in the actuals.")
    words = Words(_("New round"), _("Open the round"), _("Opened."), reverse("rounds"), lead)
    return form_page(request, form, act, words)


@SHOW_AND_SEND
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, pk)
    form = RoundForm(actor, request.POST or None, initial=initial_of(one))

    def act() -> str:
        return _at(commands.edit_round(actor, one, **form.said()))

    return form_page(request, form, act, Words(_("Rules of the round"), _("Save"), _("Saved."), _at(one)))


@require_GET
def round_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Where everything stands."""
    actor = actor_of(request)
    one = get_round(actor, pk)
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "stage")}
    asked["stage"] = asked["stage"] if asked["stage"] in Stage.values else ""
    state = standing(actor, one)
    page: dict[str, Any] = {
        "round": one,
        "standing": state,
        "stages": Stage.choices,
        "moves": [move for move in _moves() if sum(state.stages[stage] for stage in FROM[move[0]])],
        "asked": asked,
        "found": part_of(request, cards_of_round(actor, one, stage=asked["stage"], words=asked["q"]), PAGE),
    }
    return render(request, "kpi/round.html", page)


def _moves() -> list[tuple[str, str, str]]:
    return [
        (Stage.SELF_REVIEW, _("Begin the self-reviews"), _("All that run; carriers are told.")),
        (Stage.MANAGER_REVIEW, _("On to the managers"), _("Also those without a self-review.")),
        (Stage.COMMUNICATED, _("Communicate the results"), _("All in calibration; the days to answer begin.")),
        (Stage.CLOSED, _("Close what is settled"), _("Answered, decided, or silent after the days to answer.")),
    ]


@require_POST
def round_move(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, pk)
    moved = commands.move_cards(actor, one, to=request.POST.get("to", ""))
    said = ngettext("%(num)s scorecard went on.", "%(num)s scorecards went on.", moved.moved) % {"num": moved.moved}
    messages.success(request, said)
    if moved.left:
        names = [f"{card.name}: {reason}" for card, reason in moved.left[:SHOWN]]
        more = len(moved.left) - len(names)
        stay = [*names, *([_("and %(many)s more") % {"many": more}] if more else [])]
        messages.warning(request, _("Not moved: %(names)s") % {"names": "; ".join(stay)})
    return HttpResponseRedirect(_at(one))


@require_POST
def round_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, pk)
    made = commands.refresh_round(actor, one)
    said = ngettext("Taken in: %(num)s new scorecard.", "Taken in: %(num)s new scorecards.", made) % {"num": made}
    messages.success(request, said)
    return HttpResponseRedirect(_at(one))


@require_POST
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    one = get_round(actor, pk)
    try:
        commands.close_round(actor, one)
        messages.success(request, _("The round is closed."))
    except Invalid as refusal:
        messages.warning(request, refusal.message)
    return HttpResponseRedirect(_at(one))


@SHOW_AND_SEND
def scorecard_reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    _team_only(request)
    actor = actor_of(request)
    card = get_scorecard(actor, pk)
    initial = {"manager": card.manager, "second": card.second}
    form = ReviewersForm(actor, request.POST or None, initial=initial)

    def act() -> str:
        commands.name_reviewers(actor, card, **form.cleaned_data, peers=card.peers.all())
        return _at(card.round)

    lead = _("Somebody else while a manager is away. Nobody reviews themselves.")
    words = Words(_("Who reviews %(name)s?") % {"name": card.name}, _("Save"), _("Saved."), _at(card.round), lead)
    return form_page(request, form, act, words)


def _team_only(request: HttpRequest) -> None:
    """Others do not see that there is such a page."""
    if not may_run_round(actor_of(request)):
        raise Missing(_("There is no such round."))


def _at(one: Round) -> str:
    return reverse("round", args=[one.pk])

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
from tandem.kpi.forms.rounds import (
    SHOWN_PEERS,
    DelegateForm,
    NewRoundForm,
    ReviewersForm,
    RoundForm,
    initial_of,
    peers_shown,
)
from tandem.kpi.models import Round, Stage
from tandem.kpi.queries import (
    by_unit,
    cards_of_round,
    get_round,
    get_scorecard,
    rounds,
    rounds_reviewed,
    standing,
    waits_of,
)
from tandem.kpi.views.asked import part_of, whole
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
    asked: dict[str, Any] = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "stage")}
    asked["stage"] = asked["stage"] if asked["stage"] in Stage.values else ""
    asked["unit"] = whole(request.GET.get("unit"))
    state, units = standing(actor, one), by_unit(actor, one)
    found = cards_of_round(actor, one, stage=asked["stage"], words=asked["q"], unit=asked["unit"])
    page: dict[str, Any] = {
        "round": one,
        "standing": state,
        "stages": Stage.choices,
        "moves": [move for move in _moves() if sum(state.stages[stage] for stage in FROM[move[0]])],
        "units": units,
        "unit": next((line for line in units if line.key == asked["unit"]), None) if asked["unit"] else None,
        "waits": waits_of(actor, one),
        "asked": asked,
        "found": part_of(request, found, PAGE),
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
    unit = whole(request.POST.get("unit"))
    cards = None if unit is None else list(cards_of_round(actor, one, unit=unit).values_list("pk", flat=True))
    moved = commands.move_cards(actor, one, to=request.POST.get("to", ""), cards=cards)
    _say_moved(request, moved)
    return HttpResponseRedirect(_at(one) + (f"?unit={unit}" if unit is not None else ""))


def _say_moved(request: HttpRequest, moved: commands.Moved) -> None:
    said = ngettext("%(num)s scorecard went on.", "%(num)s scorecards went on.", moved.moved) % {"num": moved.moved}
    messages.success(request, said)
    if moved.left:
        names = [f"{card.name}: {reason}" for card, reason in moved.left[:SHOWN]]
        more = len(moved.left) - len(names)
        stay = [*names, *([_("and %(many)s more") % {"many": more}] if more else [])]
        messages.warning(request, _("Not moved: %(names)s") % {"names": "; ".join(stay)})


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


@require_POST
def round_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """By hand what Tandem does by itself: whoever was told already is left in peace."""
    actor = actor_of(request)
    one = get_round(actor, pk)
    told = commands.remind_of_round(actor, one) + commands.remind_suppliers(actor, None)
    said = ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", told) % {"num": told}
    messages.success(request, said if told else _("Everybody whose turn it is was reminded already."))
    return HttpResponseRedirect(_at(one))


@SHOW_AND_SEND
def round_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is away: another reviews instead. Managers hand on their own."""
    actor = actor_of(request)
    by_office = may_run_round(actor)
    one = get_round(actor, pk) if by_office else rounds_reviewed(actor).filter(pk=pk).first()
    if one is None:
        raise Missing(_("There is no such round."))
    form = DelegateForm(actor, request.POST or None)
    if not by_office:
        del form.fields["reviewer"]

    def act() -> str:
        given = {"reviewer": actor, **form.cleaned_data}
        _say_moved(request, commands.delegate_reviews(actor, one, **given))
        return _at(one) if by_office else reverse("scorecards")

    lead = _("All scorecards of this round that wait or will wait for this review. Nobody reviews themselves.")
    back = _at(one) if by_office else reverse("scorecards")
    return form_page(request, form, act, Words(_("Review instead of somebody"), _("Hand on"), "", back, lead))


@SHOW_AND_SEND
def scorecard_reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    _team_only(request)
    actor = actor_of(request)
    card = get_scorecard(actor, pk)
    peers = list(card.peers.order_by("pk"))
    initial = {"manager": card.manager, "second": card.second, **peers_shown(peers)}
    form = ReviewersForm(actor, request.POST or None, initial=initial)

    def act() -> str:
        said = form.said()
        commands.name_reviewers(actor, card, **{**said, "peers": [*said["peers"], *peers[SHOWN_PEERS:]]})
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

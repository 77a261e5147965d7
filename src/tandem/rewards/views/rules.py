"""Rules on screen: all that concern one, one with its versions, announced by the people team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tandem.core.clock import today
from tandem.core.errors import Missing, NotAllowed
from tandem.kpi.views.asked import part_of
from tandem.kpi.views.form_page import Words, form_page
from tandem.people.actors import actor_of
from tandem.rewards import commands
from tandem.rewards.access import may_keep_rules
from tandem.rewards.forms import FORMS, EndForm, initial_of
from tandem.rewards.models import Kind, RewardRule
from tandem.rewards.queries import ballots_to_answer, get_rule, known_rules, standings, versions_of
from tandem.rewards.views.words import lines_of, state_of

SHOW_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50


def _at(rule: RewardRule) -> str:
    return reverse("reward_rule", args=[rule.pk])


@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page: dict[str, Any] = {
        "found": part_of(request, known_rules(actor), PAGE),
        "waiting": ballots_to_answer(actor),
        "kinds": Kind.choices,
        "may_keep": may_keep_rules(actor),
        "today": today(),
    }
    return render(request, "rewards/rules.html", page)


@require_GET
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_rule(actor, pk)
    versions = versions_of(actor, found)
    ballots = {one.pk: one.ballot.pk for one in versions if hasattr(one, "ballot")}
    stands = standings(actor, ballots.values())
    page: dict[str, Any] = {
        "rule": found,
        "versions": [
            (one, lines_of(one), ballots.get(one.pk), _state(stands.get(ballots.get(one.pk, 0)))) for one in versions
        ],
        "may_keep": may_keep_rules(actor),
        "today": today(),
    }
    return render(request, "rewards/rule.html", page)


def _state(standing: Any) -> str:
    return state_of(standing) if standing is not None else ""


@SHOW_AND_SEND
def rule_new(request: HttpRequest, kind: str) -> HttpResponse:
    actor = actor_of(request)
    _keepers_only(request)
    if kind.replace("-", "_") not in FORMS:
        raise Missing(_("There is no such page."))
    made = FORMS[kind.replace("-", "_")]
    form = made(actor, request.POST or None)

    def act() -> str:
        return _at(commands.announce_rule(actor, None, kind=made.kind, **form.said()))

    title = _("New rule: %(kind)s") % {"kind": Kind(made.kind).label}
    lead = _("It is told to those it concerns, and cannot be changed for periods that have begun.")
    return form_page(request, form, act, Words(title, _("Announce"), _("Announced."), reverse("rewards"), lead))


@SHOW_AND_SEND
def rule_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_rule(actor, pk)
    _keepers_only(request)
    initial = initial_of(found, versions_of(actor, found)[0])
    form = FORMS[found.kind](actor, request.POST or None, initial=initial, changes=True)

    def act() -> str:
        return _at(commands.announce_change(actor, found, **form.said()))

    lead = _("A new version, for later periods. Those that began keep the one they began with.")
    return form_page(request, form, act, Words(found.name, _("Announce"), _("Announced."), _at(found), lead))


@SHOW_AND_SEND
def rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_rule(actor, pk)
    _keepers_only(request)
    form = EndForm(actor, request.POST or None, initial={"version": found.version})

    def act() -> str:
        commands.end_rule(actor, found, **form.cleaned_data)
        return _at(found)

    words = Words(_("End the rule “%(title)s”") % {"title": found.name}, _("End it"), _("Ended."), _at(found))
    return form_page(request, form, act, words)


def _keepers_only(request: HttpRequest) -> None:
    if not may_keep_rules(actor_of(request)):
        raise NotAllowed(_("The people team announces reward rules."))

"""The example library: looked through, and started from."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Missing
from tandem.core.http.fragments import wants_fragment
from tandem.core.keys import new_key
from tandem.cycles.queries import get_cycle
from tandem.guide import commands
from tandem.guide.queries import (
    LIST,
    find_examples,
    function_names,
    get_example,
    get_team,
    issuing_form,
    missing_indicators,
)
from tandem.guide.views.asked import OWNERS, Goes, goes, whole
from tandem.kpi.access import may_issue_to_team, may_keep_library
from tandem.okr.queries import get_goal_set
from tandem.people.actors import Actor, actor_of
from tandem.people.queries import is_person

IN_A_PANEL = 5


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Where somebody begins who does not know how."""
    return render(request, "guide/page.html", {"goes": goes(request)})


@require_GET
def examples(request: HttpRequest) -> HttpResponse:
    page = _found(request, LIST)
    template = "guide/examples_list.html" if request.GET.get("part") == "list" else "guide/examples.html"
    return render(request, template, page)


@require_GET
def examples_panel(request: HttpRequest) -> HttpResponse:
    """The same inside the editor: a few at a time, chosen with the keyboard."""
    page = _found(request, IN_A_PANEL)
    template = "guide/panel_options.html" if request.GET.get("part") == "list" else "guide/panel.html"
    if not wants_fragment(request):
        return HttpResponseRedirect(f"{reverse('examples')}?{page['goes'].query}")
    return render(request, template, page)


def _found(request: HttpRequest, size: int) -> dict[str, Any]:
    actor = actor_of(request)
    names = function_names(actor)
    words = request.GET.get("q", "").strip()[:200]
    function = request.GET.get("function", "")
    function = function if function in dict(names) else ""
    number = max(1, whole(request.GET.get("page")) or 1)
    found = find_examples(actor, words, function, start=(number - 1) * size, limit=size)
    return {
        "goes": goes(request),
        "found": found,
        "words": words,
        "function": function,
        "functions": names,
        "number": number,
        "pages": -(-found.total // size),
        "language": language(),
        "new_key": new_key,
    }


def language() -> str:
    """The reader's; drafts are made in it."""
    return get_language() or "en"


@require_POST
def start_example(
    request: HttpRequest, example_key: str, owner_kind: str, owner_id: int, cycle_id: int
) -> HttpResponse:
    """A draft of the example; one is led to it, and can take it back."""
    actor = actor_of(request)
    owner, cycle = OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id)
    made = commands.start_from_example(
        actor, owner, cycle=cycle, example=get_example(actor, example_key), language=language(), key=_key(request)
    )
    return _done(request, Goes(owner, cycle), [made.pk])


@require_POST
def start_team(request: HttpRequest, team_key: str, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """Drafts of the objectives that were ticked."""
    actor = actor_of(request)
    owner, cycle = OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id)
    made = commands.start_from_team(
        actor,
        owner,
        cycle=cycle,
        team=get_team(actor, team_key),
        language=language(),
        objectives=request.POST.getlist("objectives"),
        key=_key(request),
    )
    return _done(request, Goes(owner, cycle), [one.pk for one in made])


def _key(request: HttpRequest) -> str | None:
    """What the form brings along, so that sending it twice makes one thing."""
    key = request.POST.get("key", "")
    return key if key.isalnum() and key.isascii() and 10 <= len(key) <= 40 else None


def _done(request: HttpRequest, to: Goes, made: list[int]) -> HttpResponse:
    undo = f"{to.href('drafts_back')}?objectives={'.'.join(map(str, made))}"
    text = ngettext(
        "%(num)s draft is ready. Make it yours: words, numbers, all of it.",
        "%(num)s drafts are ready. Make them yours: words, numbers, all of it.",
        len(made),
    )
    messages.success(request, text % {"num": len(made)}, extra_tags=f"undo:{undo}")
    return HttpResponseRedirect(f"{to.goals}#goal-{made[0]}")


@require_POST
def take_back(request: HttpRequest, owner_kind: str, owner_id: int, cycle_id: int) -> HttpResponse:
    """The undo of both: drafts among `?objectives=` go to the archive."""
    actor = actor_of(request)
    owner, cycle = OWNERS[owner_kind](actor, owner_id), get_cycle(actor, cycle_id)
    goals = get_goal_set(actor, owner, cycle)
    if goals is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    keys = [key for key in map(whole, request.GET.get("objectives", "").split(".")) if key is not None]
    done = commands.take_back_drafts(actor, goals, objectives=keys)
    text = ngettext("%(num)s draft is archived.", "%(num)s drafts are archived.", done) % {"num": done}
    messages.success(request, text)
    return HttpResponseRedirect(Goes(owner, cycle).goals)


@require_GET
def team(request: HttpRequest, team_key: str) -> HttpResponse:
    """A ready template: what steers, and what rides along."""
    actor = actor_of(request)
    found, to = get_team(actor, team_key), goes(request)
    keeps = may_keep_library(actor)
    where = _form_of(actor, to)
    missing = missing_indicators(actor, found) if keeps or where else []
    page = {"team": found, "words": found.words(language()), "language": language(), "goes": to, "new_key": new_key}
    issuing = f"{where}&{issuing_form(actor, found)}" if where and not missing else ""
    return render(request, "guide/team.html", page | {"keeps": keeps, "missing": missing, "issuing": issuing})


def _form_of(actor: Actor, to: Goes) -> str:
    """Where targets are issued to the team of the chosen unit; "" for who may not, or where none is chosen."""
    if to.cycle is None or is_person(to.owner) or not may_issue_to_team(actor, to.owner):
        return ""
    return f"{reverse('kpi_issue', args=[to.owner.pk, 'team'])}?cycle={to.cycle.pk}"


@require_POST
def add_indicators(request: HttpRequest, team_key: str) -> HttpResponse:
    """The template's indicators into the library."""
    actor = actor_of(request)
    added = commands.add_team_indicators(actor, None, team=get_team(actor, team_key))
    text = ngettext("%(num)s indicator stands in the library now.", "%(num)s indicators stand in the library now.",
                    len(added))  # fmt: skip
    messages.success(request, text % {"num": len(added)})
    return HttpResponseRedirect(f"{reverse('team_template', args=[team_key])}?{goes(request).query}#kpi")

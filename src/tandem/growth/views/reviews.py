"""The yearly review on pages: a panel is named, quotes, decides; the people team puts it in force."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.clock import today
from tandem.core.errors import NotAllowed
from tandem.growth import access, commands, queries
from tandem.growth.forms import DecisionForm, LevelForm, PanelForm, QuoteForm
from tandem.growth.queries import PAGE
from tandem.growth.views.asking import SHOW_AND_SEND, Words, done, form_page, whole
from tandem.people.access import may_set_job_level
from tandem.people.actors import actor_of
from tandem.people.commands import set_job_level
from tandem.people.queries import get_person


@require_GET
def every_review(request: HttpRequest) -> HttpResponse:
    """Those the reader may see, in pages."""
    actor = actor_of(request)
    number = max(1, whole(request.GET.get("page")) or 1)
    rows = list(queries.reviews(actor)[(number - 1) * PAGE : number * PAGE + 1])
    page = {"reviews": rows[:PAGE], "more": len(rows) > PAGE, "number": number}
    return render(request, "growth/reviews.html", page)


@SHOW_AND_SEND
def panel_new(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor, person_id)
    if not access.may_name_panel(actor, person):
        raise NotAllowed(_("A panel is named by the people team, and by nobody for themself."))
    form = PanelForm(actor, request.POST or None, initial={"year": today().year})

    def act(fields: dict[str, Any]) -> str:
        chosen = {"year": fields["year"], "chair": fields["chair"], "members": form.members()}
        return _at(commands.name_panel(actor, person, **chosen).pk)

    words = Words(
        _("A panel for %(name)s") % {"name": person.name}, _("Name the panel"), _("Named."),
        reverse("person", args=[person_id]),
        _("The panel reads the growth dossier from now until it has decided. Everybody concerned is told."),
    )  # fmt: skip
    return form_page(request, form, act, words)


@SHOW_AND_SEND
def job_level(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_person(actor, person_id)
    if not may_set_job_level(actor, person):
        raise NotAllowed(_("Job levels are kept by the people team, and by nobody for themself."))
    form = LevelForm(actor, request.POST or None, initial={"level": person.job_level})

    def act(fields: dict[str, Any]) -> str:
        set_job_level(actor, person, **fields)
        return reverse("person", args=[person_id])

    words = Words(
        _("Job level of %(name)s") % {"name": person.name}, _("Save"), _("Saved."),
        reverse("person", args=[person_id]),
        _("For those who were never reviewed here. What a panel decides is put in force on the review’s page."),
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_GET
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = queries.get_review(actor, review_id)
    panel = queries.panel_of(actor, one)
    page = {
        "review": one,
        "panel": panel,
        "sits": panel.has(actor),
        "chairs": panel.is_chaired_by(actor),
        "keeps": access.may_keep_review(actor, one),
        "reader": actor,
    }
    return render(request, "growth/review.html", page)


@SHOW_AND_SEND
def quote(request: HttpRequest, review_id: int, source: str, source_key: int) -> HttpResponse:
    """The whole entry, its words to be cut to what shall be quoted."""
    actor = actor_of(request)
    one = queries.get_review(actor, review_id)
    if not access.sits(actor, one) or one.state != "open":
        raise NotAllowed(_("The panel quotes while it reads."))
    entry = queries.get_entry(actor, one.person, source, source_key)
    form = QuoteForm(actor, request.POST or None, initial={"words": entry.texts[0] if entry.texts else entry.title})

    def act(fields: dict[str, Any]) -> str:
        commands.quote(actor, one, source=source, key=source_key, **fields)
        return _at(review_id)

    words = Words(_("Quote the dossier"), _("Quote"), _("Quoted."), reverse("dossier", args=[one.person_id]))
    return form_page(request, form, act, words, "growth/quote.html", entry=entry)


@require_POST
def drop(request: HttpRequest, quote_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = commands.drop_quote(actor, queries.get_quote(actor, quote_id))
    return done(request, _at(one.pk), _("The quotation is out."))


@SHOW_AND_SEND
def decision(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    one = queries.get_review(actor, review_id)
    if not access.chairs(actor, one):
        raise NotAllowed(_("Whoever is in the chair writes the decision down."))
    form = DecisionForm(actor, request.POST or None, initial={"level": one.level_before, "version": one.version})

    def act(fields: dict[str, Any]) -> str:
        commands.decide_review(actor, one, **fields)
        return _at(review_id)

    words = Words(
        _("Decide on %(name)s") % {"name": one.person.name}, _("Decide"), _("Decided."), _at(review_id),
        _("The reasons are read by %(name)s, the panel and the people team, and they are kept.")
        % {"name": one.person.name},
    )  # fmt: skip
    return form_page(request, form, act, words)


@require_POST
def call_off(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.call_off(actor, queries.get_review(actor, review_id))
    return done(request, _at(review_id), _("Called off."))


@require_POST
def put_in_force(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.put_in_force(actor, queries.get_review(actor, review_id))
    return done(request, _at(review_id), _("In force."))


def _at(review_id: int) -> str:
    return reverse("growth_review", args=[review_id])

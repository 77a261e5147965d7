"""One's own stories on pages."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.clock import today
from tandem.core.errors import NotAllowed
from tandem.growth import access, commands
from tandem.growth.forms import StoryForm
from tandem.growth.queries import get_owner, get_story
from tandem.growth.views.asking import SHOW_AND_SEND, Words, done, form_page
from tandem.okr.queries import get_objective, goals_to_tell_of
from tandem.people.actors import actor_of

if TYPE_CHECKING:
    from tandem.people.models import Person


@SHOW_AND_SEND
def story_new(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = actor_of(request)
    person = get_owner(actor, person_id)
    if not access.is_own(actor, person):
        raise NotAllowed(_("A story is told by the one whose it is."))
    form = StoryForm(actor, _goals(actor), request.POST or None, initial={"on": today()})

    def act(fields: dict[str, Any]) -> str:
        fields.pop("version")
        story = commands.tell_story(actor, person, **_named(actor, fields))
        return f"{_dossier(person_id)}?year={story.on.year}#story-{story.pk}"

    words = Words(
        _("Tell a story"), _("Put it into the dossier"), _("Told."), _dossier(person_id),
        _("What did you do, learn or find out? Words and days; nobody asks for a number here."),
    )  # fmt: skip
    return form_page(request, form, act, words)


@SHOW_AND_SEND
def story_edit(request: HttpRequest, story_id: int) -> HttpResponse:
    actor = actor_of(request)
    story = get_story(actor, story_id)
    if not access.may_change_story(actor, story):
        raise NotAllowed(_("A story is told by the one whose it is."))
    about = story.objective
    goals = _goals(actor) + ([(str(about.pk), about.title)] if about is not None else [])
    named = {name: getattr(story, name) for name in ("kind", "on", "title", "text", "link", "version")}
    initial = {**named, "objective": story.objective_id or ""}
    form = StoryForm(actor, list(dict(goals).items()), request.POST or None, initial=initial)

    def act(fields: dict[str, Any]) -> str:
        version = fields.pop("version")
        commands.edit_story(actor, story, version=version, **_named(actor, fields))
        return f"{_dossier(story.person_id)}?year={fields['on'].year}#story-{story_id}"

    return form_page(request, form, act, Words(_("Change a story"), _("Save"), _("Saved."), _dossier(story.person_id)))


@require_POST
def withdraw(request: HttpRequest, story_id: int) -> HttpResponse:
    actor = actor_of(request)
    story = commands.withdraw_story(actor, get_story(actor, story_id))
    undo = reverse("story_restore", args=[story_id])
    return done(request, _dossier(story.person_id), _("The story is taken back."), undo)


@require_POST
def restore(request: HttpRequest, story_id: int) -> HttpResponse:
    actor = actor_of(request)
    story = commands.restore_story(actor, get_story(actor, story_id))
    return done(request, _dossier(story.person_id), _("The story is back."))


def _dossier(person_id: int) -> str:
    return reverse("dossier", args=[person_id])


def _goals(actor: "Person") -> list[tuple[str, str]]:
    return [(str(pk), title) for pk, title in goals_to_tell_of(actor, actor.pk)]


def _named(actor: "Person", fields: dict[str, Any]) -> dict[str, Any]:
    chosen = fields["objective"]
    return {**fields, "objective": get_objective(actor, int(chosen)) if chosen else None}

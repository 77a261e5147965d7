"""One's own stories: told, told better, taken back and brought back."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.texts import clean_line, clean_optional_line, clean_text
from tandem.growth import access
from tandem.growth.models import Story, StoryKind
from tandem.okr.access import may_see
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person

_ADDRESS = URLValidator(schemes=["http", "https"])


@command(may=access.is_own)
def tell_story(actor: Actor, person: "Person", /, **fields: object) -> Story:
    """Something of one's own: `title` (up to 200 characters), `text` (Markdown), `kind`, the day it is `on` (today),
    an http(s) `link`, an `objective` it is about. Raises Invalid."""
    story = Story(person=person, on=today())
    _set(actor, story, {"title": "", **fields})
    story.save()
    record(actor, "dossier.told", story)
    return story


@command(may=access.may_change_story)
def edit_story(actor: Actor, story: Story, /, *, version: int | None = None, **fields: object) -> Story:
    """Raises Invalid, Conflict."""
    if story.withdrawn_on is not None:
        raise Invalid(_("This story was taken back; bring it back first."), code="withdrawn")
    expect_version(story, version)
    _set(actor, story, fields)
    _save(actor, story, "retold")
    return story


@command(may=access.may_change_story)
def withdraw_story(actor: Actor, story: Story) -> Story:
    """Take it out of the dossier. What a panel quoted of it stays with the review."""
    if story.withdrawn_on is None:
        story.withdrawn_on = today()
        _save(actor, story, "withdrawn")
    return story


@command(may=access.may_change_story)
def restore_story(actor: Actor, story: Story) -> Story:
    if story.withdrawn_on is not None:
        story.withdrawn_on = None
        _save(actor, story, "restored")
    return story


def _set(actor: Actor, story: Story, fields: dict[str, Any]) -> None:
    if "title" in fields:
        story.title = clean_line(fields["title"], "title")
    if "text" in fields:
        story.text = clean_text(fields["text"], "text")
    if "kind" in fields:
        if fields["kind"] not in StoryKind.values:
            raise Invalid(_("Choose one of the offered values."), field="kind")
        story.kind = fields["kind"]
    if "on" in fields:
        story.on = _past_day(fields["on"])
    if "link" in fields:
        story.link = _link(fields["link"])
    if "objective" in fields:
        objective = fields["objective"]
        if objective is not None and not may_see(actor, objective):
            raise Invalid(_("There is no such thing, or it is not for you to see."), field="objective")
        story.objective = objective


def _past_day(day: object) -> date:
    """A day that has come; None is today. Raises Invalid."""
    if day is None:
        return today()
    if not isinstance(day, date) or day > today():
        raise Invalid(_("Choose a day that has come."), field="on")
    return day


def _link(raw: object) -> str:
    link = clean_optional_line(raw, "link", length=500)
    if link:
        try:
            _ADDRESS(link)
        except ValidationError:
            raise Invalid(_("A link begins with http:// or https://."), field="link") from None
    return link


def _save(actor: Actor, story: Story, what: str) -> None:
    story.version += 1
    story.save()
    record(actor, f"dossier.{what}", story)

"""What stands in a dossier, whatever it is: a story, thanks, a goal told, a look back on a cycle."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.growth.models import Recognition, Story
from tandem.okr.queries import ToldCycle, ToldGoal, cycle_told, goal_told
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person


class Said(NamedTuple):
    """What somebody said of it."""

    author: str
    on: date
    text: str


@dataclass(frozen=True)
class Entry:
    """One thing told. `source` and `key` name it (see `rules.SOURCES`); it holds words, days and links alone."""

    source: str
    key: int
    kind: str
    on: date
    title: str
    texts: list[str]
    by: str = ""
    span: str = ""
    """The name of the cycle."""
    since: date | None = None
    link: str = ""
    objective_id: int | None = None
    objective_title: str = ""
    said: list[Said] = field(default_factory=list)
    version: int | None = None

    @property
    def quotable(self) -> list[str]:
        """Every text in it: its title, its own words, what was said of it."""
        return [self.title, *self.texts, *(one.text for one in self.said)]


def get_entry(actor: Actor, person: "Person", source: str, key: int) -> Entry:
    """One entry of a person's dossier that the actor was seen to read. Two queries at most. Raises Missing (404)."""
    found: Entry | None = None
    if source == "story":
        story = stories(actor, person).filter(pk=key).first()
        found = of_story(story) if story is not None else None
    elif source == "recognition":
        given = recognitions(actor, person).filter(pk=key).first()
        found = of_recognition(given) if given is not None else None
    elif source == "objective":
        goal = goal_told(actor, person.pk, key)
        found = of_goal(goal) if goal is not None else None
    elif source == "cycle":
        cycle = cycle_told(actor, person.pk, key)
        found = of_cycle(cycle) if cycle is not None else None
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return found


def stories(actor: Actor, person: "Person") -> QuerySet[Story]:
    """Those that stand, newest first."""
    rows = Story.objects.visible_to(actor).filter(person=person, withdrawn_on=None)
    return rows.select_related(*Story.read_with).order_by("-on", "-pk")


def recognitions(actor: Actor, person: "Person") -> QuerySet[Recognition]:
    """Those that stand, newest first."""
    rows = Recognition.objects.visible_to(actor).filter(person=person, withdrawn_on=None)
    return rows.select_related(*Recognition.read_with).order_by("-on", "-pk")


def of_story(story: Story) -> Entry:
    about = story.objective
    return Entry(
        "story", story.pk, story.kind, story.on, story.title, [one for one in (story.text,) if one], link=story.link,
        objective_id=story.objective_id, objective_title=about.title if about else "", version=story.version,
    )  # fmt: skip


def of_recognition(given: Recognition) -> Entry:
    by = given.giver.name
    title = _("Thanks from %(name)s") % {"name": by}
    return Entry("recognition", given.pk, "recognition", given.on, title, [given.text], by=by)


def of_goal(goal: ToldGoal) -> Entry:
    texts = [one for one in (goal.description, goal.reflection) if one]
    said = [Said(one.author, one.at.date(), one.text) for one in goal.said]
    kind = "growth" if goal.is_growth else "contribution"
    return Entry(
        "objective", goal.id, kind, goal.end, goal.title, texts, span=goal.cycle, since=goal.start,
        objective_id=goal.id, objective_title=goal.title, said=said,
    )  # fmt: skip


def of_cycle(told: ToldCycle) -> Entry:
    title = _("Looking back on %(cycle)s") % {"cycle": told.cycle}
    return Entry("cycle", told.id, "looked_back", told.end, title, [told.reflection], span=told.cycle, since=told.start)

"""A person's growth dossier, a year at a time."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.growth import access
from tandem.growth.models import MentorNote, Recognition, Share, Story
from tandem.growth.queries.entries import (
    Entry,
    of_cycle,
    of_goal,
    of_recognition,
    of_story,
    recognitions,
    stories,
)
from tandem.okr.queries import cycles_told, goals_told, years_told
from tandem.people.actors import Actor
from tandem.people.queries import get_person

if TYPE_CHECKING:
    from tandem.people.models import Person

T = TypeVar("T")
PAGE = 50


@dataclass(frozen=True)
class Dossier:
    """What the reader may see of one year. Stories, thanks and notes come in pages of `PAGE`, the rest whole."""

    person: "Person"
    year: int
    years: list[int]
    growth: list[Entry]
    contributions: list[Entry]
    looking_back: list[Entry]
    stories: list[Entry]
    recognition: list[Entry]
    notes: list[MentorNote] | None
    """None for who reads without them."""
    page: int
    more: bool

    @property
    def is_empty(self) -> bool:
        told = (self.growth, self.contributions, self.looking_back, self.stories, self.recognition, self.notes)
        return not any(told)


def get_owner(actor: Actor, person_id: int) -> "Person":
    """Whose dossier it is, for somebody who may read it. Raises Missing (404)."""
    person = get_person(actor, person_id)
    if not access.may_read(actor, person):
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return person


def dossier(actor: Actor, person: "Person", year: int | None = None, page: int = 1) -> Dossier:
    """Of a person whose dossier the actor was seen to read; `year` is this one unless said. Eleven queries."""
    year = year or today().year
    since, until = date(year, 1, 1), date(year, 12, 31)
    told = [of_goal(one) for one in goals_told(actor, person.pk, since, until)]
    start = (page - 1) * PAGE
    own = list(stories(actor, person).filter(on__range=(since, until))[start : start + PAGE + 1])
    thanks = list(recognitions(actor, person).filter(on__range=(since, until))[start : start + PAGE + 1])
    notes = None
    if access.is_shared_with(actor, person):
        notes = list(notes_in(actor, person).filter(on__range=(since, until))[start : start + PAGE + 1])
    return Dossier(
        person=person,
        year=year,
        years=_years(actor, person, year),
        growth=[one for one in told if one.kind == "growth"],
        contributions=[one for one in told if one.kind != "growth"],
        looking_back=[of_cycle(one) for one in cycles_told(actor, person.pk, since, until)],
        stories=[of_story(one) for one in own[:PAGE]],
        recognition=[of_recognition(one) for one in thanks[:PAGE]],
        notes=None if notes is None else notes[:PAGE],
        page=page,
        more=max(len(own), len(thanks), len(notes or [])) > PAGE,
    )


def _years(actor: Actor, person: "Person", shown: int) -> list[int]:
    found = {today().year, shown, *years_told(actor, person.pk)}
    for rows in (stories(actor, person), recognitions(actor, person)):
        found.update(rows.order_by().values_list("on__year", flat=True).distinct())
    return sorted((one for one in found if one <= today().year or one == shown), reverse=True)


def notes_in(actor: Actor, person: "Person") -> QuerySet[MentorNote]:
    """Those that stand, newest first."""
    rows = MentorNote.objects.visible_to(actor).filter(person=person, withdrawn_on=None)
    return rows.select_related(*MentorNote.read_with).order_by("-on", "-pk")


def get_story(actor: Actor, pk: int) -> Story:
    """Those taken back too, for who brings them back. Raises Missing (404)."""
    return _one(Story.objects.visible_to(actor).select_related(*Story.read_with).filter(pk=pk).first())


def get_recognition(actor: Actor, pk: int) -> Recognition:
    """Raises Missing (404)."""
    rows = Recognition.objects.visible_to(actor).select_related(*Recognition.read_with)
    return _one(rows.filter(pk=pk).first())


def get_note(actor: Actor, pk: int) -> MentorNote:
    """Raises Missing (404)."""
    rows = MentorNote.objects.visible_to(actor).select_related(*MentorNote.read_with)
    return _one(rows.filter(pk=pk).first())


def given_by(actor: Actor, person: "Person") -> QuerySet[Recognition]:
    """What the actor thanked a person for and did not take back, newest first."""
    return Recognition.objects.filter(giver=actor.pk, person=person, withdrawn_on=None).order_by("-pk")


def shares_of(actor: Actor, person: "Person") -> QuerySet[Share]:
    """With whom the person shares now, as the two of them see it: the person all, a reader their own."""
    rows = Share.objects.filter(person=person, ended_on=None).select_related(*Share.read_with)
    return (rows if access.is_own(actor, person) else rows.filter(reader=actor.pk)).order_by("reader__name", "pk")


def shared_to(actor: Actor) -> QuerySet[Share]:
    """Whose dossiers the actor may read."""
    rows = Share.objects.filter(reader=actor.pk, ended_on=None).select_related(*Share.read_with)
    return rows.order_by("person__name", "pk")


def get_share(actor: Actor, pk: int) -> Share:
    """Raises Missing (404)."""
    found = Share.objects.select_related(*Share.read_with).filter(pk=pk).first()
    return _one(found if found is not None and access.may_end_share(actor, found) else None)


def _one(found: T | None) -> T:
    if found is None:
        raise Missing(_("There is no such thing, or it is not for you to see."))
    return found

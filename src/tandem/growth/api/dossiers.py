"""A dossier, its stories, thanks, notes and readers."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Body, Day, Id, Text, Versioned
from tandem.core.http.versions import expected
from tandem.growth import commands, queries
from tandem.growth.api.shapes import (
    DossierOut,
    EntryOut,
    Kind,
    NoteOut,
    RecognitionOut,
    ShareOut,
    SharesOut,
    dossier_json,
    entry_json,
    note_json,
    recognition_json,
    share_json,
)
from tandem.growth.queries.entries import of_story
from tandem.okr.queries import get_objective
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import known, named
from tandem.people.queries import get_person

router = Router(tags=["growth"])


class AskedDossier(Body):
    year: Annotated[int, Field(ge=1900, le=2999)] | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class NewStory(Body):
    title: Text
    text: Text = ""
    kind: Kind = "contribution"
    on: Day | None = None
    link: Text = ""
    objective: Id | None = None


class ChangedStory(Versioned):
    title: Text = OMITTED
    text: Text = OMITTED
    kind: Kind = OMITTED
    on: Day = OMITTED
    link: Text = OMITTED
    objective: Id | None = None


class SomeWords(Body):
    text: Text


class NewShare(Body):
    reader: Id


@router.get("/people/{id:person_id}/dossier", response=DossierOut)
def read_dossier(request: HttpRequest, person_id: int, asked: Query[AskedDossier]) -> HttpResponse:
    """The growth dossier of a year: words, days and links. For the person, whom they share with, a reading panel."""
    actor = actor_of(request)
    person = queries.get_owner(actor, person_id)
    return answer(dossier_json(queries.dossier(actor, person, asked.year, asked.page)))


@router.post("/people/{id:person_id}/dossier/stories", response={201: EntryOut})
def tell(request: HttpRequest, person_id: int, body: NewStory) -> HttpResponse:
    actor = actor_of(request)
    person = queries.get_owner(actor, person_id)
    story = commands.tell_story(actor, person, **_named(actor, body.model_dump()))
    return _story(request, story.pk, 201)


@router.patch("/stories/{id:story_id}", response=EntryOut)
def edit(request: HttpRequest, story_id: int, body: ChangedStory) -> HttpResponse:
    actor = actor_of(request)
    story = queries.get_story(actor, story_id)
    commands.edit_story(actor, story, version=expected(request, body.version), **_named(actor, body.said()))
    return _story(request, story_id)


@router.post("/stories/{id:story_id}/withdraw", response=EntryOut)
def withdraw_story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Out of the dossier; what a panel quoted of it stays with the review."""
    actor = actor_of(request)
    commands.withdraw_story(actor, queries.get_story(actor, story_id))
    return _story(request, story_id)


@router.post("/stories/{id:story_id}/restore", response=EntryOut)
def restore_story(request: HttpRequest, story_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.restore_story(actor, queries.get_story(actor, story_id))
    return _story(request, story_id)


@router.post("/people/{id:person_id}/recognition", response={201: RecognitionOut})
def recognize(request: HttpRequest, person_id: int, body: SomeWords) -> HttpResponse:
    """Thank somebody; it goes into their dossier, signed by you."""
    actor = actor_of(request)
    given = commands.recognize(actor, get_person(actor, person_id), text=body.text)
    return _recognition(request, given.pk, 201)


@router.post("/recognition/{id:given_id}/withdraw", response=RecognitionOut)
def withdraw_recognition(request: HttpRequest, given_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.withdraw_recognition(actor, queries.get_recognition(actor, given_id))
    return _recognition(request, given_id)


@router.post("/recognition/{id:given_id}/restore", response=RecognitionOut)
def restore_recognition(request: HttpRequest, given_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.restore_recognition(actor, queries.get_recognition(actor, given_id))
    return _recognition(request, given_id)


@router.get("/people/{id:person_id}/dossier/shares", response=SharesOut)
def read_shares(request: HttpRequest, person_id: int) -> HttpResponse:
    """With whom it is shared: all for the person, a reader sees their own."""
    actor = actor_of(request)
    person = queries.get_owner(actor, person_id)
    return answer({"items": [share_json(one) for one in queries.shares_of(actor, person)]})


@router.post("/people/{id:person_id}/dossier/shares", response={201: ShareOut})
def share(request: HttpRequest, person_id: int, body: NewShare) -> HttpResponse:
    actor = actor_of(request)
    person = queries.get_owner(actor, person_id)
    made = commands.share_dossier(actor, person, reader=known(get_person, actor, body.reader, "reader"))
    return answer(share_json(queries.get_share(actor, made.pk)), status=201)


@router.post("/shares/{id:share_id}/end", response=ShareOut)
def end_share(request: HttpRequest, share_id: int) -> HttpResponse:
    actor = actor_of(request)
    return answer(share_json(commands.end_share(actor, queries.get_share(actor, share_id))))


@router.post("/people/{id:person_id}/dossier/notes", response={201: NoteOut})
def add_note(request: HttpRequest, person_id: int, body: SomeWords) -> HttpResponse:
    """A note of a mentor, or one's own."""
    actor = actor_of(request)
    note = commands.add_note(actor, queries.get_owner(actor, person_id), text=body.text)
    return answer(note_json(queries.get_note(actor, note.pk)), status=201)


@router.post("/notes/{id:note_id}/withdraw", response=NoteOut)
def withdraw_note(request: HttpRequest, note_id: int) -> HttpResponse:
    actor = actor_of(request)
    return answer(note_json(commands.withdraw_note(actor, queries.get_note(actor, note_id))))


@router.post("/notes/{id:note_id}/restore", response=NoteOut)
def restore_note(request: HttpRequest, note_id: int) -> HttpResponse:
    actor = actor_of(request)
    return answer(note_json(commands.restore_note(actor, queries.get_note(actor, note_id))))


def _named(actor: Actor, fields: dict[str, Any]) -> dict[str, Any]:
    if "objective" in fields:
        fields["objective"] = named(get_objective, actor, fields["objective"], "objective")
    return fields


def _story(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    story = queries.get_story(actor_of(request), pk)
    return answer(entry_json(of_story(story)), status=status, version=story.version)


def _recognition(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    return answer(recognition_json(queries.get_recognition(actor_of(request), pk)), status=status)

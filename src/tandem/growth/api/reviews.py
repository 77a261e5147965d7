"""The yearly review of growth, and the job level that may follow from it."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from tandem.core.http.answers import answer
from tandem.core.http.bodies import Body, Id, Shown, Text, Versioned
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected
from tandem.growth import commands, queries
from tandem.growth.api.shapes import (
    QuoteOut,
    ReviewsOut,
    Source,
    WholeReviewOut,
    quote_json,
    review_json,
    whole_review_json,
)
from tandem.people.actors import actor_of
from tandem.people.api.asking import known
from tandem.people.commands import set_job_level
from tandem.people.queries import get_person

router = Router(tags=["growth"])


class NewPanel(Body):
    year: Annotated[int, Field(strict=True, ge=2000, le=2999)]
    chair: Id
    members: Annotated[list[Id], Field(max_length=20)]


class NewQuote(Body):
    source: Source
    id: Id
    words: Text
    shows: Text = ""


class Decision(Versioned):
    level: Text
    reasons: Text


class Level(Body):
    level: Text


class LevelOut(Shown):
    id: int
    level: str


@router.get("/growth-reviews", response=ReviewsOut)
def list_reviews(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Those about you, those you sit on; the people team sees all. Newest first."""
    rows = queries.reviews(actor_of(request))
    found = page(rows, ("-pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name="growth-reviews")
    return answer({"items": [review_json(one) for one in found.items], "next": found.next})


@router.post("/people/{id:person_id}/growth-reviews", response={201: WholeReviewOut})
def name_panel(request: HttpRequest, person_id: int, body: NewPanel) -> HttpResponse:
    """Name a panel; it reads the dossier until it has decided."""
    actor = actor_of(request)
    person = get_person(actor, person_id)
    chair = known(get_person, actor, body.chair, "chair")
    members = [known(get_person, actor, one, "members") for one in body.members]
    return _shown(request, commands.name_panel(actor, person, year=body.year, chair=chair, members=members).pk, 201)


@router.get("/growth-reviews/{id:review_id}", response=WholeReviewOut)
def read(request: HttpRequest, review_id: int) -> HttpResponse:
    return _shown(request, review_id)


@router.post("/growth-reviews/{id:review_id}/quotes", response={201: QuoteOut})
def quote(request: HttpRequest, review_id: int, body: NewQuote) -> HttpResponse:
    """Words that stand in the dossier, kept as they are now."""
    actor = actor_of(request)
    review = queries.get_review(actor, review_id)
    made = commands.quote(actor, review, source=body.source, key=body.id, words=body.words, shows=body.shows)
    return answer(quote_json(queries.get_quote(actor, made.pk)), status=201)


@router.delete("/growth-quotes/{id:quote_id}", response=WholeReviewOut)
def drop_quote(request: HttpRequest, quote_id: int) -> HttpResponse:
    actor = actor_of(request)
    return _shown(request, commands.drop_quote(actor, queries.get_quote(actor, quote_id)).pk)


@router.post("/growth-reviews/{id:review_id}/decision", response=WholeReviewOut)
def decide(request: HttpRequest, review_id: int, body: Decision) -> HttpResponse:
    actor = actor_of(request)
    review = queries.get_review(actor, review_id)
    version = expected(request, body.version)
    commands.decide_review(actor, review, level=body.level, reasons=body.reasons, version=version)
    return _shown(request, review_id)


@router.post("/growth-reviews/{id:review_id}/call-off", response=WholeReviewOut)
def call_off(request: HttpRequest, review_id: int) -> HttpResponse:
    actor = actor_of(request)
    commands.call_off(actor, queries.get_review(actor, review_id))
    return _shown(request, review_id)


@router.post("/growth-reviews/{id:review_id}/in-force", response=WholeReviewOut)
def put_in_force(request: HttpRequest, review_id: int) -> HttpResponse:
    """The decided level becomes the person's."""
    actor = actor_of(request)
    commands.put_in_force(actor, queries.get_review(actor, review_id))
    return _shown(request, review_id)


@router.put("/people/{id:person_id}/job-level", response=LevelOut)
def keep_level(request: HttpRequest, person_id: int, body: Level) -> HttpResponse:
    """For those who were never reviewed here. The people team keeps it."""
    actor = actor_of(request)
    person = set_job_level(actor, get_person(actor, person_id), level=body.level)
    return answer({"id": person.pk, "level": person.job_level})


def _shown(request: HttpRequest, pk: int, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    panel = queries.panel_of(actor, queries.get_review(actor, pk))
    return answer(whole_review_json(panel), status=status, version=panel.review.version)

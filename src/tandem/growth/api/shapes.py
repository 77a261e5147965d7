"""What is told, as the API shows it: words, days and links."""

from datetime import date
from typing import Any, Literal

from tandem.core.http.bodies import Named, Shown
from tandem.growth.models import MentorNote, Quote, Recognition, Review, Share
from tandem.growth.queries import Dossier, Entry, Panel

Kind = Literal["contribution", "learned", "looked_back"]
Source = Literal["story", "recognition", "objective", "cycle"]
State = Literal["open", "decided", "in_force", "called_off"]


class SaidOut(Shown):
    author: str
    on: date
    text: str


class EntryOut(Shown):
    source: Source
    id: int
    kind: str
    on: date
    since: date | None
    cycle: str
    title: str
    texts: list[str]
    by: str
    link: str
    objective: dict[str, Any] | None
    said: list[SaidOut]
    version: int | None


class NoteOut(Shown):
    id: int
    author: Named
    on: date
    text: str


class DossierOut(Shown):
    person: Named
    year: int
    years: list[int]
    growth: list[EntryOut]
    contributions: list[EntryOut]
    looking_back: list[EntryOut]
    stories: list[EntryOut]
    recognition: list[EntryOut]
    notes: list[NoteOut] | None
    """null for a panel, which reads without them."""
    page: int
    more: bool


class RecognitionOut(Shown):
    id: int
    person: Named
    giver: Named
    on: date
    text: str
    withdrawn_on: date | None


class ShareOut(Shown):
    id: int
    person: Named
    reader: Named
    since: date
    ended_on: date | None


class SharesOut(Shown):
    items: list[ShareOut]


class QuoteOut(Shown):
    id: int
    by: Named
    source: Source
    title: str
    on: date
    words: str
    shows: str


class PanelMemberOut(Shown):
    person: Named
    is_chair: bool


class ReviewOut(Shown):
    id: int
    person: Named
    year: int
    state: State
    named_on: date
    level_before: str
    level: str
    reasons: str
    decided_on: date | None
    in_force_on: date | None
    version: int


class WholeReviewOut(ReviewOut):
    panel: list[PanelMemberOut]
    quotes: list[QuoteOut]


class ReviewsOut(Shown):
    items: list[ReviewOut]
    next: str | None


def named(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name}


def entry_json(one: Entry) -> dict[str, Any]:
    about = {"id": one.objective_id, "title": one.objective_title} if one.objective_id is not None else None
    return {
        "source": one.source, "id": one.key, "kind": one.kind, "on": one.on, "since": one.since, "cycle": one.span,
        "title": one.title, "texts": one.texts, "by": one.by, "link": one.link, "objective": about,
        "said": [said._asdict() for said in one.said], "version": one.version,
    }  # fmt: skip


def dossier_json(told: Dossier) -> dict[str, Any]:
    parts = ("growth", "contributions", "looking_back", "stories", "recognition")
    return {
        "person": named(told.person),
        "year": told.year,
        "years": told.years,
        **{part: [entry_json(one) for one in getattr(told, part)] for part in parts},
        "notes": None if told.notes is None else [note_json(one) for one in told.notes],
        "page": told.page,
        "more": told.more,
    }


def note_json(one: MentorNote) -> dict[str, Any]:
    return {"id": one.pk, "author": named(one.author), "on": one.on, "text": one.text}


def recognition_json(one: Recognition) -> dict[str, Any]:
    return {
        "id": one.pk, "person": named(one.person), "giver": named(one.giver), "on": one.on, "text": one.text,
        "withdrawn_on": one.withdrawn_on,
    }  # fmt: skip


def share_json(one: Share) -> dict[str, Any]:
    return {
        "id": one.pk, "person": named(one.person), "reader": named(one.reader), "since": one.since,
        "ended_on": one.ended_on,
    }  # fmt: skip


def quote_json(one: Quote) -> dict[str, Any]:
    return {
        "id": one.pk, "by": named(one.by), "source": one.source, "title": one.title, "on": one.on, "words": one.words,
        "shows": one.shows,
    }  # fmt: skip


def review_json(one: Review) -> dict[str, Any]:
    return {
        "id": one.pk, "person": named(one.person), "year": one.year, "state": one.state, "named_on": one.named_on,
        "level_before": one.level_before, "level": one.level, "reasons": one.reasons, "decided_on": one.decided_on,
        "in_force_on": one.in_force_on, "version": one.version,
    }  # fmt: skip


def whole_review_json(panel: Panel) -> dict[str, Any]:
    return {
        **review_json(panel.review),
        "panel": [{"person": named(one.person), "is_chair": one.is_chair} for one in panel.members],
        "quotes": [quote_json(one) for one in panel.quotes],
    }

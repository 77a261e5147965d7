"""The yearly review: a panel is named, quotes the dossier, decides with reasons; the people team puts it in force."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import today
from tandem.core.commands import command, expect_version
from tandem.core.errors import Invalid
from tandem.core.texts import clean_line, clean_text
from tandem.growth import access, rules
from tandem.growth.models import PanelMember, Quote, Review, ReviewState
from tandem.growth.queries.entries import get_entry
from tandem.people.actors import Actor
from tandem.people.commands import set_job_level

if TYPE_CHECKING:
    from tandem.people.models import Person

FEWEST, MOST = 2, 9
FIRST_YEAR = 2000


@command(may=access.may_name_panel)
def name_panel(actor: Actor, person: "Person", /, *, year: int, chair: "Person", members: "Sequence[Person]") -> Review:
    """Open the review of a year (not a coming one). The chair and `members` read the dossier from now on: two to nine
    people who are here, none of them the person. They and the person are told. Raises Invalid."""
    panel = {one.pk: one for one in (chair, *members)}
    _refuse_panel(person, panel)
    if not FIRST_YEAR <= year <= today().year:
        raise Invalid(_("Choose a year that has begun."), field="year")
    if Review.objects.filter(person=person, year=year).exclude(state=ReviewState.CALLED_OFF).exists():
        raise Invalid(_("There is a review of this year already."), field="year")
    review = Review.objects.create(person=person, year=year, named_by_id=actor.pk, level_before=person.job_level)
    PanelMember.objects.bulk_create(
        PanelMember(review=review, person=one, is_chair=one.pk == chair.pk) for one in panel.values()
    )
    record(actor, "review.named", review, name=person.name, to=[person.pk, *panel])
    return review


def _refuse_panel(person: "Person", panel: "dict[int, Person]") -> None:
    if person.pk in panel:
        raise Invalid(_("Nobody sits on the panel about themself."), field="members")
    if not all(one.is_active for one in panel.values()):
        raise Invalid(_("They have left the company."), field="members")
    if not FEWEST <= len(panel) <= MOST:
        raise Invalid(_("A panel has %(few)s to %(most)s people.") % {"few": FEWEST, "most": MOST}, field="members")


@command(may=access.may_keep_review)
def call_off(actor: Actor, review: Review) -> Review:
    """End a review without a decision; the panel reads the dossier no longer. Raises Invalid."""
    _refuse_unless(review, ReviewState.OPEN)
    _save(review, state=ReviewState.CALLED_OFF)
    record(actor, "review.called_off", review, name=review.person.name, to=_everybody(review))
    return review


@command(may=access.sits)
def quote(actor: Actor, review: Review, /, *, source: str, key: int, words: str, shows: str = "") -> Quote:
    """Quote words that stand in the dossier (see `rules.SOURCES`); they are kept as they are now, whatever becomes of
    the source. `shows` says what the panel sees in them. Raises Invalid, Missing."""
    assert actor.pk is not None
    _refuse_unless(review, ReviewState.OPEN)
    entry = get_entry(actor, review.person, source, key)
    quoted = clean_text(words, "words")
    if not rules.is_quoted(quoted, entry.quotable):
        raise Invalid(_("Quote words as they stand in the dossier."), field="words")
    made = Quote.objects.create(
        review=review, by_id=actor.pk, source=source, source_key=key, objective_id=entry.objective_id,
        title=entry.title, on=entry.on, words=quoted, shows=clean_text(shows, "shows"),
    )  # fmt: skip
    record(actor, "review.quoted", review, name=review.person.name)
    return made


@command(may=access.may_drop_quote)
def drop_quote(actor: Actor, quoted: Quote) -> Review:
    """Whoever quoted takes it out again while the panel reads. Raises Invalid."""
    _refuse_unless(quoted.review, ReviewState.OPEN)
    quoted.delete()
    record(actor, "review.quote_dropped", quoted.review, name=quoted.review.person.name)
    return quoted.review


@command(may=access.chairs)
def decide_review(actor: Actor, review: Review, /, *, level: str, reasons: str, version: int | None = None) -> Review:
    """What the panel decided: the job level in the company's words (up to 100 characters), and why. It needs at least
    one quotation. Everybody concerned is told; the panel reads the dossier no longer. Raises Invalid, Conflict."""
    _refuse_unless(review, ReviewState.OPEN)
    expect_version(review, version)
    decided = clean_line(level, "level", length=100)
    why = clean_text(reasons, "reasons")
    if not why:
        raise Invalid(_("A decision needs its reasons."), field="reasons")
    if not review.quotes.exists():
        raise Invalid(_("Quote the dossier first: a decision rests on what is told there."), field="quotes")
    _save(review, state=ReviewState.DECIDED, level=decided, reasons=why, decided_by_id=actor.pk, decided_on=today())
    record(actor, "review.decided", review, name=review.person.name, to=_everybody(review))
    return review


@command(may=access.may_keep_review)
def put_in_force(actor: Actor, review: Review) -> Review:
    """The decided level becomes the person's. The decision stays as the panel wrote it. Raises Invalid."""
    _refuse_unless(review, ReviewState.DECIDED)
    set_job_level(actor, review.person, level=review.level)
    _save(review, state=ReviewState.IN_FORCE, in_force_on=today())
    record(actor, "review.in_force", review, name=review.person.name, to=[review.person_id])
    return review


def _refuse_unless(review: Review, state: ReviewState) -> None:
    if review.state != state:
        if state == ReviewState.OPEN:
            raise Invalid(_("This review is over."), code="over")
        raise Invalid(_("The panel has not decided, or it is in force already."), code="over")


def _save(review: Review, **fields: object) -> None:
    for name, value in fields.items():
        setattr(review, name, value)
    review.version += 1
    review.save()


def _everybody(review: Review) -> list[int]:
    named = [review.named_by_id] if review.named_by_id else []
    return [review.person_id, *named, *review.panel.values_list("person_id", flat=True)]

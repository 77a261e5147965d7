"""Words that somebody talked about, followed through the edits of their text."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.core.texts import plain_words
from tandem.okr import anchors
from tandem.okr.anchors import Anchor
from tandem.okr.models import CheckIn, Comment, KeyResult, Objective

MARKDOWN = frozenset({"description"})


def text_of(about: Objective | KeyResult | CheckIn, field: str) -> str:
    """The text of this name as its readers see it. Raises Invalid for a name it does not have."""
    names = ("note",) if isinstance(about, CheckIn) else ("title", "description")
    if field not in names:
        raise Invalid(_("Choose one of the offered values."), field="field")
    return as_read(field, getattr(about, field))


def as_read(field: str, text: str) -> str:
    return plain_words(text) if field in MARKDOWN else text


def anchor_of(comment: Comment) -> Anchor:
    return Anchor(comment.quote, comment.prefix, comment.suffix, comment.position)


def follow_words(about: Objective | KeyResult, was: dict[str, str]) -> None:
    """After an edit: threads about words of these texts (by name, as they `was`) stay with the words."""
    for field, old in was.items():
        if field in ("title", "description"):
            threads = Comment.objects.filter(field=field, check_in=None)
            mine = {"objective": about} if isinstance(about, Objective) else {"key_result": about}
            if isinstance(about, Objective):
                threads = threads.filter(key_result=None)
            _move(threads.filter(**mine), as_read(field, old), as_read(field, getattr(about, field)))


def follow_correction(old: CheckIn, new: CheckIn) -> None:
    """What was said of a check-in stays with what corrected it."""
    _move(Comment.objects.filter(check_in=old, field="note"), old.note, new.note)
    Comment.objects.filter(check_in=old).update(check_in=new)


def _move(threads: QuerySet[Comment], old: str, new: str) -> None:
    rows = list(threads)
    for one in rows:
        there = anchors.follow(anchor_of(one), old, new)
        one.quote, one.prefix, one.suffix, one.position = there.quote, there.prefix, there.suffix, there.position
    Comment.objects.bulk_update(rows, ["quote", "prefix", "suffix", "position"])

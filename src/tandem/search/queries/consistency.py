"""Proof of the index: what the rows say is compared with what they are found by."""

from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from tandem.core.bulk import chunks
from tandem.core.commands import Actor
from tandem.search import rules
from tandem.search.kinds import KINDS, entry_key, span, stored_words
from tandem.search.models import Entry

BATCH = 2000


def faults_of_index(_actor: Actor) -> Iterator[str]:
    """A sentence for every kind whose entries do not say what its rows say."""
    for kind in KINDS.values():
        wrong = count = 0
        for texts in chunks(kind.texts(None), BATCH):
            count += len(texts)
            wanted = {
                entry_key(kind, one.subject): (rules.plain_title(one.title), stored_words(kind, one)) for one in texts
            }
            wrong += len(wanted) - _right(wanted)
        surplus = Entry.objects.filter(pk__range=span(kind)).count() - count
        if wrong or surplus:
            told = {"kind": kind.name, "wrong": wrong, "surplus": max(surplus, 0)}
            yield _("search: of %(kind)s, %(wrong)s are not found as they are, %(surplus)s should not be found") % told
    if _text_is_damaged():
        yield _("search: the full-text table does not hold what its rows say")


def _right(wanted: dict[int, tuple[str, str]]) -> int:
    return sum(
        wanted[key] == (title, words)
        for chunk in chunks(wanted)
        for key, title, words in Entry.objects.filter(pk__in=chunk).values_list("pk", "title", "words")
    )


def _text_is_damaged() -> bool:
    """SQLite compares its full-text table with its rows; PostgreSQL makes its column of them by itself."""
    if connection.vendor != "sqlite":
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text (search_text) VALUES ('integrity-check')")
    except DatabaseError:
        return True
    return False

"""Keeping the index. Called by commands, inside their transaction and under their permission."""

from collections.abc import Callable, Iterable
from itertools import chain

from django.db import connection, transaction

from tandem.core.bulk import chunks, insert_rows, update_rows
from tandem.search import rules
from tandem.search.kinds import KINDS, NAME, Kind, Text, entry_key, span, stored_words, subject_of
from tandem.search.models import Built, Entry, Word

BATCH = 2000


def index(kind: str, *subjects: int) -> None:
    """What these rows say now is what they are found by; rows that say nothing any more are found no more."""
    put(KINDS[kind], subjects, KINDS[kind].texts(subjects))


def put(kind: Kind, subjects: Iterable[int], texts: Iterable[Text]) -> int:
    """Write what differs from what stands; how many entries that were. Three queries when nothing does.

    `subjects` are the rows asked about: those that no text is given for leave the index.
    """
    wanted = {entry_key(kind, one.subject): one for one in texts}
    keys = {*wanted, *(entry_key(kind, one) for one in subjects)}
    stored = {one.id: one for chunk in chunks(sorted(keys)) for one in Entry.objects.filter(pk__in=chunk)}
    new, changed = [], []
    for key in sorted(wanted):
        row, old = entry(kind, wanted[key]), stored.pop(key, None)
        if old is None:
            new.append(row)
        elif (old.title, old.words) != (row.title, row.words):
            changed.append(row)
    gone = list(stored)
    for chunk in chunks(gone):
        Entry.objects.filter(pk__in=chunk).delete()
    _add(new)
    update_rows(changed, ["title", "words"])
    _learn(one.words for one in (*new, *changed))
    return len(new) + len(changed) + len(gone)


def put_new(kind: str, texts: Iterable[Text]) -> None:
    """The same for many rows that were not there before: nothing is looked up but words."""
    rows = [entry(KINDS[kind], one) for one in texts]
    _add(rows)
    _learn(one.words for one in rows)


def _add(rows: list[Entry]) -> None:
    """SQLite's full-text table follows by triggers, but for new rows: a trigger would write it to disk for each."""
    insert_rows(rows)
    if rows and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            values = [(one.id, one.words) for one in rows]
            cursor.executemany("INSERT INTO search_text (rowid, words) VALUES (%s, %s)", values)


def entry(kind: Kind, text: Text) -> Entry:
    """The row that a text comes to."""
    return Entry.new(
        id=entry_key(kind, text.subject),
        kind=kind.number,
        title=rules.plain_title(text.title),
        words=stored_words(kind, text),
    )


def _learn(texts: Iterable[str]) -> None:
    """Keep the words themselves: what somebody begins to type, or mistypes, is looked for among them."""
    said = set(chain.from_iterable(map(str.split, texts)))
    words = {word for word in said if rules.is_learnt(word.removeprefix(NAME))}
    for chunk in chunks(sorted(words)):
        words.difference_update(Word.objects.filter(word__in=chunk).values_list("word", flat=True))
    insert_rows([_word(one) for one in sorted(words)])


def _word(word: str) -> Word:
    mark = NAME if word.startswith(NAME) else ""
    bare = word.removeprefix(mark)
    head, middle, tail = (mark + one for one in rules.pieces(bare))
    return Word.new(word=word, length=len(bare), head=head, middle=middle, tail=tail)


def rebuild(done: Callable[[int], object] = lambda _rows: None) -> None:
    """Make the index say what the rows say, in batches of their own transactions; it can be searched meanwhile."""
    for kind in KINDS.values():
        for texts in chunks(kind.texts(None), BATCH):
            with transaction.atomic():
                put(kind, (), texts)
            done(len(texts))
        _forget_strangers(kind)
    Built.objects.all().delete()
    Built.objects.create(version=rules.VERSION)


def _forget_strangers(kind: Kind) -> None:
    """Take away entries of rows that are gone or put away."""
    keys = Entry.objects.filter(pk__range=span(kind)).order_by("pk").values_list("pk", flat=True)
    for chunk in chunks(list(keys)):
        subjects = [subject_of(key) for key in chunk]
        with transaction.atomic():
            known = {one.subject for one in kind.texts(subjects)}
            gone = [entry_key(kind, one) for one in subjects if one not in known]
            Entry.objects.filter(pk__in=gone).delete()


def rebuild_if_outdated() -> bool:
    """At the start of a version that makes other words of texts, or that has no index yet. Says whether it did."""
    if Built.objects.filter(version=rules.VERSION).exists():
        return False
    rebuild()
    return True

"""The index: what can be found, under which words. Kept by commands in the transaction of what they write."""

from typing import ClassVar

from django.db import models

from tandem.core.model import Model
from tandem.search.rules import LONGEST_TITLE, LONGEST_WORD


class Entry(Model):
    """One thing that can be found. Its key holds whose it is (`kinds.entry_key`): nothing is joined to name it.

    The database searches `words` (a full-text table of SQLite's, a column of PostgreSQL's: see the first migration).
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    """As titles are compared (`rules.plain_title`)."""
    words = models.TextField()
    """Each once, between spaces; those that begin with § say what it belongs to."""


class Word(Model):
    """A word that somebody wrote, with its pieces: a mistyped one still shares one of them.

    Not unique: two writers must not wait for each other because of a word. Nothing takes words away but a rebuild.
    """

    word = models.CharField(max_length=LONGEST_WORD + 1)
    length = models.PositiveSmallIntegerField()
    head = models.CharField(max_length=4)
    middle = models.CharField(max_length=4)
    tail = models.CharField(max_length=4)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["word"], name="word_as_it_is"),
            models.Index(fields=["head", "length"], name="word_by_head"),
            models.Index(fields=["middle", "length"], name="word_by_middle"),
            models.Index(fields=["tail", "length"], name="word_by_tail"),
        ]


class Built(models.Model):
    """By which version of the rules the index was built. One row."""

    version = models.PositiveIntegerField()

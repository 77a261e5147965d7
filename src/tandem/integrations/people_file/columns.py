"""The columns of the two tables, with the words that name them in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext_lazy

from tandem.people.actors import SYSTEM
from tandem.people.queries import unit_kinds


@dataclass(frozen=True)
class Column:
    field: str
    title: Any
    about: Any = ""


@dataclass(frozen=True)
class Sheet:
    name: str
    title: Any
    columns: tuple[Column, ...]
    must: tuple[str, ...]
    """Fields of which a table of this kind has at least one column each."""


UNITS = Sheet(
    "units",
    pgettext_lazy("people file", "Units"),
    (
        Column(
            "id",
            pgettext_lazy("people file", "Unit ID"),
            pgettext_lazy("people file", "Known from an export; may stay empty"),
        ),
        Column("name", pgettext_lazy("people file", "Unit name")),
        Column(
            "kind",
            pgettext_lazy("people file", "Kind"),
            pgettext_lazy("people file", "Company, Business, Function or Team"),
        ),
        Column(
            "parent",
            pgettext_lazy("people file", "Unit above"),
            pgettext_lazy("people file", "ID or name; empty for the top"),
        ),
    ),
    ("name", "parent"),
)
PEOPLE = Sheet(
    "people",
    pgettext_lazy("people file", "People"),
    (
        Column(
            "id",
            pgettext_lazy("people file", "Person ID"),
            pgettext_lazy("people file", "Known from an export; may stay empty"),
        ),
        Column("name", pgettext_lazy("people file", "Name")),
        Column(
            "email",
            pgettext_lazy("people file", "E-mail"),
            pgettext_lazy("people file", "Without one nobody can sign in"),
        ),
        Column(
            "unit", pgettext_lazy("people file", "Home unit"), pgettext_lazy("people file", "ID or name of the unit")
        ),
        Column(
            "units",
            pgettext_lazy("people file", "Further units"),
            pgettext_lazy("people file", "Several with ; between them"),
        ),
        Column(
            "leads", pgettext_lazy("people file", "Leads"), pgettext_lazy("people file", "Units that this person leads")
        ),
        Column(
            "manager",
            pgettext_lazy("people file", "Manager"),
            pgettext_lazy("people file", "ID or e-mail; empty: the unit’s lead"),
        ),
        Column("left", pgettext_lazy("people file", "Left on"), pgettext_lazy("people file", "A day, as 2026-12-31")),
    ),
    ("name", "email"),
)
SHEETS = (UNITS, PEOPLE)


def plain(text: object) -> str:
    """A heading as it is compared: without case, spaces and marks."""
    return "".join(character for character in str(text).casefold() if character.isalnum())


@cache
def fields_by_heading(sheet: Sheet) -> dict[str, str]:
    """Every word that names a column, in each language Tandem speaks, and the field itself."""
    found = {plain(one.field): one.field for one in sheet.columns}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {plain(one.title): one.field for one in sheet.columns}
    return found


@cache
def kinds_by_word() -> dict[str, str]:
    found = {plain(kind): kind for kind, _name in unit_kinds(SYSTEM)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {plain(label): value for value, label in unit_kinds(SYSTEM)}
    return found


def sheet_of(headings: Iterable[object]) -> Sheet | None:
    """Which table has these headings: the one whose necessary columns are all there."""
    words = [plain(one) for one in headings]
    for sheet in (PEOPLE, UNITS):
        named = {fields_by_heading(sheet).get(word) for word in words}
        if set(sheet.must) <= named:
            return sheet
    return None

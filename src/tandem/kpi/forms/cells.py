"""Cells of files as values, shared by the files that are read."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.people.actors import Actor
from tandem.people.queries import people, units

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", re.ASCII)


def day_of(text: str) -> date:
    """2026-12-31, 2026/12/31, 2026年12月31日. Raises Invalid."""
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(*(int(one) for one in match.groups()))
    except ValueError:
        pass
    raise Invalid(_("This is no day: 2026-12-31."))


@dataclass
class Names:
    """People by e-mail and key, units by key and name; asked once, and only where a row names any."""

    actor: Actor
    _people: dict[str, Any] | None = None
    _units: dict[str, Any] | None = None

    def person(self, text: str) -> Any:
        """Raises Invalid."""
        if self._people is None:
            rows = list(people(self.actor, left=True))
            self._people = {word.casefold(): one for one in rows for word in (one.key, one.email) if word}
        return _known(self._people, text)

    def unit(self, text: str) -> Any:
        """By its key, else by its name where one alone is called so. Raises Invalid."""
        if self._units is None:
            rows = list(units(self.actor, archived=True))
            counts: dict[str, int] = {}
            for one in rows:
                counts[one.name.casefold()] = counts.get(one.name.casefold(), 0) + 1
            self._units = {one.name.casefold(): one for one in rows if counts[one.name.casefold()] == 1}
            self._units |= {one.key.casefold(): one for one in rows}
        return _known(self._units, text)


def _known(rows: dict[str, Any], text: str) -> Any:
    if text.casefold() not in rows:
        raise Invalid(_("“%(name)s” is nobody and nothing that Tandem knows.") % {"name": text})
    return rows[text.casefold()]

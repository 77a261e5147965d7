"""The map's address: which cycle, from which unit down, how filtered, what is open, and where one looks."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from tandem.insights.queries import Asked
from tandem.insights.rules import Key, key, opened, written
from tandem.okr.queries import AMBITIONS, CATEGORIES, STATUSES, Which

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

VIEWS = ("", "map", "outline")
"""Without a word: the map where there is room for it, the outline on a phone."""
_MOST_DIGITS = 9
_MOST_LETTERS = 100
_FILTERS = {"status": STATUSES, "ambition": AMBITIONS, "category": CATEGORIES}


def whole(text: str | None) -> int | None:
    """A whole number of the address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


@dataclass(frozen=True)
class Address:
    """What makes no sense in an address is as if it were not there."""

    cycle: int
    view: str = ""
    unit: int | None = None
    status: str = ""
    ambition: str = ""
    category: str = ""
    q: str = ""
    opened: tuple[Key, ...] | None = None
    at: Key | None = None

    @property
    def which(self) -> Which:
        return Which(self.status, self.ambition, self.category)

    @property
    def asked(self) -> Asked:
        return Asked(self.which, self.unit, self.opened, self.at)

    @property
    def is_filtered(self) -> bool:
        return bool(self.which)

    def href(self, **changes: Any) -> str:
        """The map with these parts changed."""
        return f"{reverse('map')}?{urlencode(replace(self, **changes)._parts())}"

    def to(self, node: Key, path: list[Key]) -> str:
        """The map opened down to a node, with what is open already."""
        kept = [one for one in self.opened or () if one not in path]
        return f"{self.href(q='', opened=(*kept, *path), at=node)}#{node}"

    def toggled(self, node: Key, now: list[Key]) -> str:
        """The map with a node opened, or folded if it is open now."""
        return f"{self.href(opened=tuple(_without(now, node)), at=None)}#{node}"

    def branch(self, node: Key, name: str = "", start: int = 0) -> str:
        """What hangs under a node, as a piece of the page; of one list the page from `start` on."""
        parts = {**self._parts(), "node": str(node)}
        for dropped in ("open", "at", "view", "q", "unit"):
            parts.pop(dropped, None)
        return f"{reverse('map_branch')}?{urlencode({**parts, 'list': name, 'start': start} if name else parts)}"

    @property
    def hidden(self) -> dict[str, str]:
        """What a form that changes the filters carries along."""
        return {name: text for name, text in self._parts().items() if name in ("cycle", "view", "unit", "open")}

    def _parts(self) -> dict[str, str]:
        parts = {name: getattr(self, name) for name in ("view", "q", *_FILTERS) if getattr(self, name)}
        if self.unit is not None:
            parts["unit"] = str(self.unit)
        if self.opened is not None:
            parts["open"] = written(self.opened)
        if self.at is not None:
            parts["at"] = str(self.at)
        return {"cycle": str(self.cycle), **parts}


def _without(now: list[Key], node: Key) -> list[Key]:
    return [one for one in now if one != node] if node in now else [*now, node]


def address_of(asked: QueryDict, cycle: "Cycle") -> Address:
    """The address of a request; the cycle has been chosen already."""
    chosen = {name: asked.get(name, "") for name in _FILTERS}
    view = asked.get("view", "")
    return Address(
        cycle=cycle.pk,
        view=view if view in VIEWS else "",
        unit=whole(asked.get("unit")),
        q=asked.get("q", "").replace("\x00", "").strip()[:_MOST_LETTERS],
        opened=tuple(opened(asked.get("open", ""))) if "open" in asked else None,
        at=key(asked.get("at", "")),
        **{name: value if value in _FILTERS[name] else "" for name, value in chosen.items()},
    )

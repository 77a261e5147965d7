"""The map's arithmetic: names of its nodes, and how much one answer may hold."""

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST_NODES = 200
"""About how many nodes one answer holds, however large the company."""
MOST_OPEN = 16
"""How many open branches an address keeps; the ones opened last stay."""
LISTS = 3  # objectives, units and people hang under a unit
LONGEST, SHORTEST = 20, 4
_KEY = re.compile(r"[upo][1-9][0-9]{0,17}|x")
_KINDS = {"u": "unit", "p": "person", "o": "objective", "x": "unplaced"}
NO_BRANCH = "-"
UNPLACED = "x"


class Key(NamedTuple):
    """A node's name on the map: `u4` unit, `p9` person, `o7` objective, `x` those who belong to no unit."""

    kind: str
    id: int

    def __str__(self) -> str:
        return UNPLACED if self.kind == "unplaced" else f"{self.kind[0]}{self.id}"


def key(text: str) -> Key | None:
    """None for what names no node."""
    if not _KEY.fullmatch(text):
        return None
    return Key(_KINDS[text[0]], int(text[1:] or 0))


def opened(text: str) -> list[Key]:
    """The open nodes of an address, `u1.u4.p9`: at most `MOST_OPEN`, the last ones; what names no node is left out."""
    found = [one for part in text.split(".")[-4 * MOST_OPEN :] if (one := key(part)) is not None]
    return list(dict.fromkeys(found))[-MOST_OPEN:]


def written(keys: Iterable[Key]) -> str:
    """Open nodes as an address has them."""
    return ".".join(map(str, keys)) or NO_BRANCH


def page_size(branches: int) -> int:
    """How many nodes of each list are shown when this many branches are open at once: 20 … 4."""
    return max(SHORTEST, min(LONGEST, MOST_NODES // (LISTS * max(1, branches))))


def path_of(unit_path: str | None, person_id: int | None) -> list[Key]:
    """The nodes to open from the top, down to what hangs under this unit (`/1/4/`) or this person in it."""
    units = [Key("unit", int(part)) for part in (unit_path or "").split("/") if part]
    above = units or [Key("unplaced", 0)]
    return above if person_id is None else [*above, Key("person", person_id)]

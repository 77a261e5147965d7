"""A goal set as one exact text: what two people sign, its hash, and what differs between two versions. Pure."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from tandem.core.textdiff import Piece, difference

Version = dict[str, Any]
OBJECTIVE = ("title", "description", "ambition", "category", "weight", "aligned_to")
KEY_RESULT = (
    "title", "description", "kind", "unit", "start", "target", "low", "high", "tolerance", "steps", "weight",
    "indicator", "carrier",
)  # fmt: skip
WHOLE = ("cycle", "start", "end", "owner")
TEXTS = frozenset({"title", "description"})
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*|[零〇一二三四五六七八九十百千万亿两]+")


def canonical(version: Version) -> str:
    """The one text of a version: sorted keys, objectives and key results by their ids, nothing in between."""
    goals = sorted(
        ({**one, "key_results": sorted(one["key_results"], key=_id)} for one in version["objectives"]), key=_id
    )
    return json.dumps({**version, "objectives": goals}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _id(one: Version) -> str:
    return str(one["id"])


def hash_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits: `sha256sum` of a file that holds just it says the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Version:
    """The version that a canonical text tells. Raises ValueError for what is none."""
    found = json.loads(text)
    if not isinstance(found, dict) or not isinstance(found.get("objectives"), list):
        raise ValueError(text[:40])  # noqa: TRY004 - it is the text that is wrong, whatever JSON it holds
    return found


def content_hash(objective: Version) -> str:
    """Of one objective by itself: what those below it were signed against."""
    own = {**objective, "aligned_to": [], "key_results": sorted(objective["key_results"], key=_id)}
    return hash_of(json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def seen(version: Version, keys: Collection[str]) -> Version:
    """The version without objectives that are not among `keys` (ids), and without their ids among the parents."""
    goals = [
        {**one, "aligned_to": [key for key in one["aligned_to"] if key in keys]}
        for one in version["objectives"]
        if one["id"] in keys
    ]
    return {**version, "objectives": goals}


def ids_in(version: Version) -> set[str]:
    """Every objective that a version names: its own, and those above."""
    return {key for one in version["objectives"] for key in (one["id"], *one["aligned_to"])}


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; of a text the pieces that tell how one became the other."""

    name: str
    was: Any
    now: Any
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """What happened to the set itself, an objective or a key result (`id`, "" for the set)."""

    kind: Literal["new", "gone", "changed"]
    what: Literal["set", "objective", "key_result"]
    id: str
    title: str
    objective: str = ""
    """The id of the objective it is or belongs to."""
    fields: list[FieldChange] = field(default_factory=list)


def changes(old: Version, new: Version) -> list[Change]:
    """The way from one version to another, objective by objective; empty for the same."""
    found = [Change("changed", "set", "", "", fields=fields)] if (fields := _fields(old, new, WHOLE)) else []
    for was, now in _pairs(old["objectives"], new["objectives"]):
        found += _of_objective(was, now)
    return found


def _of_objective(was: Version | None, now: Version | None) -> Iterator[Change]:
    if was is None or now is None:
        one = now or was or {}
        yield Change("gone" if now is None else "new", "objective", one["id"], one["title"], one["id"])
        return
    if fields := _fields(was, now, OBJECTIVE):
        yield Change("changed", "objective", now["id"], now["title"], now["id"], fields)
    for before, after in _pairs(was["key_results"], now["key_results"]):
        if before is None or after is None:
            one = after or before or {}
            yield Change("gone" if after is None else "new", "key_result", one["id"], one["title"], now["id"])
        elif fields := _fields(before, after, KEY_RESULT):
            yield Change("changed", "key_result", after["id"], after["title"], now["id"], fields)


def _pairs(old: list[Version], new: list[Version]) -> Iterator[tuple[Version | None, Version | None]]:
    before, after = {one["id"]: one for one in old}, {one["id"]: one for one in new}
    return ((before.get(key), after.get(key)) for key in {**before, **after})


def _fields(was: Version, now: Version, names: Iterable[str]) -> list[FieldChange]:
    return [
        FieldChange(name, was.get(name), now.get(name), _pieces(name, was.get(name), now.get(name)))
        for name in names
        if was.get(name) != now.get(name)
    ]


def _pieces(name: str, was: Any, now: Any) -> list[Piece]:
    return difference(was or "", now or "") if name in TEXTS else []


def is_wording(found: Iterable[Change]) -> bool:
    """Could these be corrections of the wording alone? No number, neither in a field nor in a text, is another."""
    return all(
        one.kind == "changed"
        and all(step.name in TEXTS and _numbers(step.was) == _numbers(step.now) for step in one.fields)
        for one in found
    )


def _numbers(text: str | None) -> list[str]:
    return _NUMBERS.findall(text or "")


def moved(signed: Version, now: Version) -> str:
    """What became of a signed key result: raised, lowered, changed, or "" for what is asked as it was.

    Raised means more is asked than was signed: further from the start, or within narrower bounds.
    """
    if all(signed.get(name) == now.get(name) for name in KEY_RESULT if name not in (*TEXTS, "weight", "unit")):
        return ""
    if signed["kind"] != now["kind"]:
        return "changed"
    steps = []
    if signed["kind"] in ("metric", "kpi") and signed.get("indicator") == now.get("indicator"):
        steps = [(signed["target"], now["target"], _up(signed))]
    elif signed["kind"] == "maintain":
        steps = [(signed["low"], now["low"], True), (signed["high"], now["high"], False)]
    ways = {_way(was, is_now, up=up) for was, is_now, up in steps if was != is_now}
    return ways.pop() if len(ways) == 1 else "changed"


@dataclass(frozen=True)
class Moved:
    """A key result that asks something else than was signed at `on` (`signed`); `way` as `moved` says it."""

    way: str
    on: Any
    signed: Version


def moved_targets(signed: Iterable[tuple[Any, Version]], now: Version) -> dict[str, Moved]:
    """By id, the key results of `now` that differ from what was signed of them, the newest such version each.

    `signed` are the versions that both sides signed, each with its time, the oldest first.
    """
    stand = dict(_key_results(now))
    found: dict[str, Moved] = {}
    for on, version in signed:
        for key, one in _key_results(version):
            if key in stand and (way := moved(one, stand[key])):
                found[key] = Moved(way, on, one)
    return found


def _key_results(version: Version) -> Iterator[tuple[str, Version]]:
    return ((one["id"], one) for goal in version["objectives"] for one in goal["key_results"])


def _up(key_result: Version) -> bool:
    return Decimal(str(key_result["target"])) > Decimal(str(key_result["start"] or 0))


def _way(was: Any, now: Any, *, up: bool) -> str:
    if was is None or now is None:
        return "raised" if was is None else "lowered"
    return "raised" if (now > was) == up else "lowered"

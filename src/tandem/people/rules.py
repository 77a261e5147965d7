"""Decisions about names and the organisation tree, as pure functions."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar


def initials(name: str) -> str:
    """Up to two characters that stand for a person: the last two of a Chinese name, else first letters."""
    words = name.split()
    if not words:
        return "?"
    if any("\u4e00" <= character <= "\u9fff" for character in words[0]):
        return words[0][-2:]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def loops(child: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Would putting `child` under `parent` close a ring? `parents` maps each node to the one above."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == child:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def branch_path(parent_path: str, key: int) -> str:
    """The materialised path of a node below `parent_path` ("" for a root): `/1/4/9/`."""
    return f"{parent_path or '/'}{key}/"


def reaches(start: int, goal: int, above: Callable[[set[int]], set[int]]) -> bool:
    """Does climbing from `start` ever meet `goal`? `above` gives what lies right above a set of nodes."""
    front, seen = {start}, {start}
    while front:
        if goal in front:
            return True
        front = above(front) - seen
        seen |= front
    return False


_EVERY_SCOPE = frozenset({"read", "check_in", "write", "admin"})
_SUPPLYING = frozenset({"readings", "admin"})
_READING_OF = re.compile(r"indicators/([^/]+)/readings/[^/]+")
_READING = frozenset({"read", "write", "admin"})
_CHECKING_IN = frozenset({"check_in", "write", "admin"})
_WRITING = frozenset({"write", "admin"})
_RUNNING = frozenset({"admin"})
_WEEK = re.compile(r"me|me/week|key-results/\d+|key-results/\d+/check-ins|check-ins/\d+(/\w+)?")
_CHECK_IN = re.compile(r"key-results/\d+/check-ins|check-ins/\d+(/\w+)?")
_GOALS = frozenset({
    "objectives", "key-results", "check-ins", "actions", "me", "comments", "threads", "reactions", "notifications",
    "follows",
})  # fmt: skip
_ADMINISTRATION = frozenset({"audit", "health", "settings", "imports"})


def scopes_that_may(method: str, path: str) -> frozenset[str]:
    """Which scopes of a token let it do this; `path` is what follows `/api/v1/`.

    The whole table: reading (and asking the coach about a text) asks for `read`, a check-in (and what it needs to
    look at) for `check_in`, a value of an indicator for `readings`, writing goals for `write`. What is in no line,
    organisation, cycles and whatever comes later, asks for `admin`. Tokens are kept by people, never by tokens.
    """
    parts = path.strip("/").split("/")
    if parts[0] == "tokens" or parts[:2] == ["me", "tokens"]:
        return frozenset()
    if parts == ["coach"]:  # asked with a text, and writes nothing
        return _READING
    if method in ("GET", "HEAD", "OPTIONS"):
        if parts[0] in _ADMINISTRATION:
            return _RUNNING
        return _EVERY_SCOPE if _WEEK.fullmatch(path.strip("/")) else _READING
    if method == "PUT" and _READING_OF.fullmatch(path.strip("/")):
        return _SUPPLYING
    if _CHECK_IN.fullmatch(path.strip("/")):
        return _CHECKING_IN
    goals = parts[0] in _GOALS or (parts[0] in ("people", "units") and parts[2:3] == ["goals"])
    return _WRITING if goals else _RUNNING


def is_about(about: str, path: str) -> bool:
    """May a token that is about one indicator write at this path? One that is about nothing is not held back here."""
    found = _READING_OF.fullmatch(path.strip("/"))
    return not about or (found is not None and found[1] == about)


Node = TypeVar("Node")


def rings(above: Mapping[Node, Node | None]) -> list[Node]:
    """One node of every ring in a mapping of each node to the one above; each node is looked at once."""
    done: set[Node] = set()
    found: list[Node] = []
    for start in above:
        walked: dict[Node, None] = {}
        node: Node | None = start
        while node is not None and node not in done and node not in walked:
            walked[node] = None
            node = above.get(node)
        if node is not None and node in walked:
            found.append(node)
        done |= walked.keys()
    return found


def first_ring(above: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """The nodes of one ring where each node may have several above it; [] when there is none."""
    state: dict[Node, bool] = {}  # True while on the way, False when done
    for start in above:
        if start in state:
            continue
        way = [(start, iter(above.get(start, ())))]
        state[start] = True
        while way:
            node, rest = way[-1]
            step = next(rest, None)
            if step is None:
                state[node] = False
                way.pop()
            elif state.get(step):
                nodes = [one for one, _rest in way]
                return nodes[nodes.index(step) :]
            elif step not in state:
                state[step] = True
                way.append((step, iter(above.get(step, ()))))
    return []

"""Decisions about names and the organisation tree, as pure functions."""

from collections.abc import Callable, Mapping


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

"""The values of a file: objects without remarks (`x-…`), with a memory of keys that came twice."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from django.utils.translation import gettext as _

from tandem.core.bulk import Fault

Tree: TypeAlias = dict[str, "Tree"] | list["Tree"] | str | int | Decimal | bool | None
Pair: TypeAlias = tuple[str, Tree]
REMARK = "x-"


class Repeating(dict[str, Tree]):
    """An object that named some key twice."""

    twice: tuple[str, ...] = ()


class Objects:
    """Makes the objects of one file and remembers whether any of them named a key twice."""

    def __init__(self) -> None:
        self.repeat = False

    def make(self, pairs: list[Pair]) -> dict[str, Tree]:
        """An object from its pairs; keys that begin with `x-` are remarks and left out."""
        found = {key: value for key, value in pairs if not key.startswith(REMARK)}
        if len(found) == len(pairs):
            return found
        keys = [key for key, _value in pairs]
        if len(set(keys)) == len(keys):
            return found
        marked = Repeating(found)
        marked.twice = tuple(key for key, times in Counter(keys).items() if times > 1)
        self.repeat = True
        return marked


def repeated_keys(tree: Tree) -> list[Fault]:
    """A fault for every key that an object names twice."""
    return [
        Fault(f"{path}.{key}".lstrip("."), _("This key is there twice."))
        for path, one in _objects(tree)
        if isinstance(one, Repeating)
        for key in one.twice
    ]


def _objects(tree: Tree) -> Iterator[tuple[str, dict[str, Tree]]]:
    waiting: list[tuple[str, Tree]] = [("", tree)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, dict):
            yield path, one
            waiting += [(f"{path}.{key}".lstrip("."), below) for key, below in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [(f"{path}[{place}]", below) for place, below in reversed(list(enumerate(one)))]

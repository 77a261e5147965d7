"""Plan items as text, written piece by piece: JSON with two spaces, or YAML; Unicode stays Unicode."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson
import yaml

from tandem.integrations.plan.exporting import Item, Section
from tandem.integrations.plan.yaml_text import NUMBER

# Which of the two there is, is known at run time.
DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
CHUNK = 500


class PlanDumper(DUMPER):  # type: ignore[misc]
    """Quotes whatever Tandem or another reader would take for something else than text."""

    def ignore_aliases(self, data: object) -> bool:
        return True


PlanDumper.add_implicit_resolver("!number", re.compile(f"^(?:{NUMBER.pattern})$"), list("-+.0123456789"))


def as_json(sections: Iterable[Section]) -> Iterator[str]:
    yield "{"
    for place, (name, value) in enumerate(sections):
        yield f'{"," if place else ""}\n  "{name}": '
        if isinstance(value, int | dict):
            yield _indented(value, 2)
        else:
            yield from _json_list(value)
    yield "\n}\n"


def _json_list(items: Iterator[Item]) -> Iterator[str]:
    before = "["
    for item in items:
        yield f"{before}\n    {_indented(item, 4)}"
        before = ","
    yield "[]" if before == "[" else "\n  ]"


def _indented(value: Any, by: int) -> str:
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return text.replace("\n", "\n" + " " * by)


def as_yaml(sections: Iterable[Section]) -> Iterator[str]:
    for name, value in sections:
        if isinstance(value, int | dict):
            yield _yaml({name: value})
            continue
        empty = True
        while chunk := list(islice(value, CHUNK)):
            yield (f"{name}:\n" if empty else "") + _yaml(chunk)
            empty = False
        if empty:
            yield f"{name}: []\n"


def _yaml(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=PlanDumper, allow_unicode=True, sort_keys=False, width=120)
    return text

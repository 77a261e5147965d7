"""YAML, the plain part of it: no anchors, no aliases, no tags, every key once.

Words are read as YAML 1.2 reads them: `yes`, `on` and dates are text, only true, false and null are not.
Built from the parser's events in one loop, so neither nesting nor repetition can exhaust anything.
"""

import re
from decimal import Decimal
from typing import Any

import yaml
from django.utils.translation import gettext as _

from tandem.integrations.plan.trees import Objects, Tree

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 50
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class YamlFault(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _Open:
    """A list or an object that is still being read."""

    def __init__(self, is_object: bool) -> None:
        self.is_object = is_object
        self.values: list[Tree] = []

    def closed(self, objects: Objects) -> Tree:
        if not self.is_object:
            return self.values
        return objects.make(list(zip(self.values[::2], self.values[1::2], strict=True)))  # type: ignore[arg-type]

    def takes_key(self) -> bool:
        return self.is_object and len(self.values) % 2 == 0


def yaml_tree(text: str, objects: Objects) -> Tree:
    """The values of the one document in `text`. Raises YamlFault with the line."""
    stack = [_Open(is_object=False)]
    documents = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise YamlFault(_line(event), _("A plan is one YAML document, not several."))
            _take(stack, event, objects)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        what = {"what": fault.problem or fault.context}
        raise YamlFault(mark.line + 1 if mark else 1, _("This is not YAML: %(what)s") % what) from None
    except (yaml.YAMLError, RecursionError) as fault:
        raise YamlFault(1, _("This is not YAML: %(what)s") % {"what": " ".join(str(fault).split())}) from None
    return stack[0].values[0] if stack[0].values else None


def _take(stack: list[_Open], event: yaml.Event, objects: Objects) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise YamlFault(_line(event), _("Aliases (*name) are not read here; write the value out."))
    if isinstance(event, yaml.ScalarEvent):
        _refuse_marks(event)
        _put(stack, _scalar(event, stack[-1].takes_key()), event)
    elif isinstance(event, yaml.CollectionStartEvent):
        _refuse_marks(event)
        if len(stack) > DEEPEST:
            raise YamlFault(_line(event), _("The file is nested too deeply."))
        stack.append(_Open(isinstance(event, yaml.MappingStartEvent)))
    elif isinstance(event, yaml.CollectionEndEvent):
        _put(stack, stack.pop().closed(objects), event)


def _put(stack: list[_Open], value: Tree, event: yaml.Event) -> None:
    if stack[-1].takes_key() and not isinstance(value, str):
        raise YamlFault(_line(event), _("A key is text; put it in quotes."))
    stack[-1].values.append(value)


def _refuse_marks(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    if event.anchor is not None:
        raise YamlFault(_line(event), _("Anchors (&name) are not read here; write the value out."))
    if event.tag is not None:
        raise YamlFault(_line(event), _("Tags (!name) are not read here."))


def _scalar(event: yaml.ScalarEvent, is_key: bool) -> Tree:
    text: str = event.value
    if event.style or not event.implicit[0]:  # plain is "" or None, by the parser
        return text
    if text in WORDS:
        return WORDS[text]
    if NUMBER.fullmatch(text):
        return Decimal(text) if len(text) <= 400 else Decimal("inf")
    if NOT_FINITE.fullmatch(text):
        return Decimal("inf") if "inf" in text.lower() else Decimal("nan")
    return text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1

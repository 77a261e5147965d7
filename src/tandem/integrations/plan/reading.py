"""From bytes to plain values: size, encoding, JSON or YAML. Nothing here knows what a plan means."""

import codecs
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from tandem.core.bulk import Fault
from tandem.integrations.plan.trees import Objects, Tree, repeated_keys
from tandem.integrations.plan.yaml_text import YamlFault, yaml_tree

MEGABYTE = 1_000_000
MOST_JSON = 400 * MEGABYTE
"""A company of 100 000 people with a year of weekly check-ins stays below this."""
MOST_YAML = 20 * MEGABYTE
MOST_DIGITS = 400


class Unreadable(Exception):
    """The file is not a plan at all; says why, and where if it is known."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


def read(path: str) -> Tree:
    """The file's values (`-` is standard input). Raises Unreadable, OSError."""
    if path == "-":
        return parse(_bounded(sys.stdin.buffer), path)
    with Path(path).open("rb") as source:
        return parse(_bounded(source), path)


def _bounded(source: BinaryIO) -> bytes:
    data = source.read(MOST_JSON + 1)
    if len(data) > MOST_JSON:
        raise Unreadable([_whole(_("The file is larger than %(size)s MB.") % {"size": MOST_JSON // MEGABYTE})])
    return data


def parse(data: bytes, path: str = "") -> Tree:
    """JSON if it looks like JSON, else YAML. Raises Unreadable."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as fault:
        raise Unreadable([_not_utf8(data, fault.start)]) from None
    objects = Objects()
    if path.endswith(".json") or text.lstrip()[:1] in ("{", "["):
        tree = _json(text, objects)
    else:
        tree = _yaml(text, len(data), objects)
    if objects.repeat:
        raise Unreadable(repeated_keys(tree))
    return tree


def _whole(message: str) -> Fault:
    return Fault("", message)


def _not_utf8(data: bytes, start: int) -> Fault:
    line = data.count(b"\n", 0, start) + 1
    return _at(line, _("The file is not UTF-8."))


def _at(line: int, message: str) -> Fault:
    return Fault(_("line %(line)s") % {"line": line}, message)


def _json(text: str, objects: Objects) -> Tree:
    try:
        tree: Tree = json.loads(
            text,
            object_pairs_hook=objects.make,
            parse_float=Decimal,
            parse_int=_whole_number,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as fault:
        cut = fault.pos >= len(text.rstrip())
        reason = _("The file ends too early.") if cut else _("This is not JSON: %(what)s") % {"what": fault.msg}
        raise Unreadable([_at(fault.lineno, reason)]) from None
    except RecursionError:
        raise Unreadable([_whole(_("The file is nested too deeply."))]) from None
    return tree


def _whole_number(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= MOST_DIGITS else Decimal("Infinity")


def _refuse_constant(word: str) -> Decimal:
    """NaN and Infinity: kept as what they are, so that the check of the field refuses them by their path."""
    return Decimal(word.replace("Infinity", "inf"))


def _yaml(text: str, size: int, objects: Objects) -> Tree:
    if size > MOST_YAML:
        message = _("YAML is read up to %(size)s MB; use JSON for more.") % {"size": MOST_YAML // MEGABYTE}
        raise Unreadable([_whole(message)])
    try:
        return yaml_tree(text, objects)
    except YamlFault as fault:
        raise Unreadable([_at(fault.line, fault.message)]) from None

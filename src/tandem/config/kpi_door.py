"""What `tandem indicators` and `tandem readings` do, with the same commands as every other door."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tandem.core.bulk import Faults
from tandem.kpi import commands as kpi
from tandem.kpi.commands.files import prepare_library, prepare_values
from tandem.kpi.forms.file_report import why_of, word_of
from tandem.kpi.forms.library_export import library_as
from tandem.kpi.queries import find_indicators
from tandem.people.actors import SYSTEM


def bring_library(content: bytes, mapping: str, *, writing: bool) -> tuple[list[str], list[str]]:
    """The report in lines, and the faults; with any nothing is written. Raises Invalid."""
    faults = Faults()
    with transaction.atomic():
        prepared, report = prepare_library(SYSTEM, content, mapping, faults)
        if writing and not faults:
            kpi.import_indicators(SYSTEM, None, prepared=prepared)
    return _lines(report), [_fault(one) for one in report["faults"]]


def bring_values(content: bytes, *, writing: bool) -> tuple[list[str], list[str]]:
    """The same for values."""
    faults = Faults()
    with transaction.atomic():
        prepared, report = prepare_values(SYSTEM, content, faults)
        if writing and not faults:
            kpi.import_readings(SYSTEM, None, prepared=prepared)
    told = _("values: %(created)s created, %(changed)s changed, %(unchanged)s unchanged")
    return [told % report["counts"]], [_fault(one) for one in report["faults"]]


def _fault(one: dict[str, Any]) -> str:
    row = _("row %(row)s") % {"row": one["row"]} if one["row"] else ""
    place = ", ".join(part for part in (row, one["column"]) if part)
    return f"{place}: {one['message']}" if place else str(one["message"])


def _lines(report: dict[str, Any]) -> list[str]:
    """Counts, each guess with its reason, how often each was made, and what was left out."""
    lines = [
        _("guessed: %(code)s %(field)s = %(value)s, %(why)s")
        % {**one, "value": word_of(one["field"], one["value"]), "why": why_of(one["why"])}
        for one in report["guessed"]
    ]
    lines += [f"{one['count']} × {one['field']} = {one['value']}" for one in report["guesses"]]
    if report["unused"]:
        lines.append(_("Columns nobody asked for: %(names)s") % {"names": ", ".join(report["unused"])})
    told = _("indicators: %(created)s created, %(changed)s changed, %(unchanged)s unchanged")
    return [*lines, told % report["counts"]]


def library_file(form: str) -> bytes:
    return library_as(form, find_indicators(SYSTEM))

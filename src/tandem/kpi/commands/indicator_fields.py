"""What may stand in the fields of an indicator."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number
from tandem.core.texts import clean_line, clean_optional_line, clean_text
from tandem.kpi.commands.calculations import clean_expression, refuse_expression
from tandem.kpi.models import Aggregation, Dimension, Direction, Indicator, Method
from tandem.kpi.rules import library

_LINES = {"name_en": 200, "name_zh": 200, "formula": 500, "unit": 40, "source": 200}
_TEXTS = ("definition_en", "definition_zh")
_CHOICES = {
    "dimension": Dimension,
    "direction": Direction,
    "over_time": Aggregation,
    "over_children": Aggregation,
    "method": Method,
}
_MOST_DECIMALS = 6


def clean_code(raw: object) -> str:
    """Small Latin letters, digits, `.`, `-` and `_`: a code stands in addresses. Raises Invalid."""
    code = clean_line(raw, "code", length=60).lower()
    if code in ("new", "file"):
        raise Invalid(_("This word stands in addresses already; choose another."), field="code")
    if not library.CODE.fullmatch(code):
        raise Invalid(_("A code has letters a–z, digits, points, hyphens and underscores only."), field="code")
    return code


def clean_sunset(day: date, field: str = "sunset_on") -> date:
    """A day to come, at most three years ahead. Raises Invalid."""
    if day < today():
        raise Invalid(_("Name a day to come."), field=field)
    if library.lasts_too_long(day, today()):
        raise Invalid(_("At most three years ahead: an indicator is looked at again, or it ends."), field=field)
    return day


def set_indicator_fields(
    indicator: Indicator, fields: Mapping[str, Any], beside: Mapping[str, str] | None = None
) -> None:
    """Put these fields into the row; `beside` as in `refuse_expression`. Raises Invalid naming the field."""
    for name, raw in fields.items():
        _set(indicator, name, raw)
    if not indicator.name_en and not indicator.name_zh:
        raise Invalid(_("Give it a name, in English or in Chinese."), field="name_en")
    if indicator.cap is not None and indicator.floor is not None and indicator.cap < indicator.floor:
        raise Invalid(_("“At most” lies below “at least”."), field="cap")
    if "expression" in fields:
        refuse_expression(indicator, beside)


def _set(indicator: Indicator, name: str, raw: Any) -> None:
    if name in _LINES:
        setattr(indicator, name, clean_optional_line(raw, name, length=_LINES[name]))
    elif name in _TEXTS:
        setattr(indicator, name, clean_text(raw, name, length=4000))
    elif name in _CHOICES:
        setattr(indicator, name, _known(raw, _CHOICES[name], name))
    elif name in ("cap", "floor"):
        setattr(indicator, name, None if raw is None else parse_number(raw, name))
    elif name == "tags":
        indicator.tag_line = _tag_line(raw)
    elif name in _OTHERS:
        setattr(indicator, name, _OTHERS[name](raw))
    else:
        raise Invalid(_("There is no such field."), field=name)


def _known(raw: Any, choices: Any, field: str) -> Any:
    if raw not in choices.values:
        raise Invalid(_("Choose one of the offered values."), field=field)
    return choices(raw)


def _precision(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= _MOST_DECIMALS:
        raise Invalid(_("Between 0 and 6 decimals."), field="precision")
    return raw


def _parameters(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or len(str(raw)) > 4000:
        raise Invalid(_("Parameters are names with values."), field="parameters")
    return raw


def _tag_line(raw: Iterable[str]) -> str:
    tags = library.tags_of(clean_optional_line(one, "tags", length=library.TAG_LENGTH).replace("|", " ") for one in raw)
    if len(tags) > library.MOST_TAGS:
        raise Invalid(_("At most %(most)s tags.") % {"most": library.MOST_TAGS}, field="tags")
    return f"|{'|'.join(tags)}|" if tags else ""


def _supplier(person: Any) -> Any:
    if person is not None and not person.is_active:
        raise Invalid(_("Choose somebody who is here."), field="supplier")
    return person


def _used_by(unit: Any) -> Any:
    if unit is not None and unit.archived_on is not None:
        raise Invalid(_("This unit is archived."), field="used_by")
    return unit


_OTHERS = {
    "expression": clean_expression,
    "precision": _precision,
    "parameters": _parameters,
    "supplier": _supplier,
    "used_by": _used_by,
}

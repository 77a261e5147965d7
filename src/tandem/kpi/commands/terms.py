"""The terms of a target: read from what a form or the API sent, checked, put into the row."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.core.formats import number
from tandem.core.numbers import ZERO, parse_number
from tandem.kpi.models import TERMS, Dimension, Direction, Kind, Method, Target
from tandem.kpi.rules import weights
from tandem.kpi.rules.parameters import BadParameter, checked

MOST_ITEMS = 30
_VALUES = ("target", "floor", "challenge")


def set_terms(row: Target, given: Mapping[str, Any]) -> None:
    """Put what is given into the row; what is left out stays. Raises Invalid naming the field."""
    unknown = given.keys() - set(TERMS)
    if unknown:
        raise Invalid(_("There is no such field."), field=sorted(unknown)[0])
    for name in _VALUES:
        if name in given:
            raw = given[name]
            setattr(row, name, None if raw is None or raw == "" else parse_number(raw, name))
    for name, choices in (("kind", Kind), ("method", Method)):
        if name in given:
            if given[name] not in choices.values:
                raise Invalid(_("Choose one of the offered values."), field=name)
            setattr(row, name, given[name])
    if "parameters" in given:
        row.parameters = given["parameters"]
    if "weight" in given:
        row.weight = _weight(given["weight"], "weight")
    if "dimension_weight" in given:
        raw = given["dimension_weight"]
        row.dimension_weight = None if raw in (None, "") else _weight(raw, "dimension_weight")
    _refuse(row)


def _weight(raw: Any, field: str) -> Decimal:
    value = ZERO if raw in (None, "") else parse_number(raw, field)
    if not ZERO <= value <= 100 or value != value.quantize(weights.CENT):
        raise Invalid(_("A weight lies between 0 and 100, with at most 2 decimals."), field=field)
    return value


def _refuse(row: Target) -> None:
    name = row.indicator.name
    if row.kind == Kind.SCORED and row.weight == 0:
        raise Invalid(_("“%(title)s” is scored and needs a weight above 0.") % {"title": name}, field="weight")
    if row.kind != Kind.SCORED and row.weight != 0:
        raise Invalid(_("“%(title)s” is not scored by weight: its weight is 0.") % {"title": name}, field="weight")
    if row.dimension_weight is not None and (row.kind != Kind.SCORED or row.dimension_weight == 0):
        said = _("“%(title)s”: only what is scored has the weight of a dimension, and it is above 0.")
        raise Invalid(said % {"title": name}, field="dimension_weight")
    if row.kind == Kind.SCORED and row.target is None and row.method not in ("range", "rating", "formula", "per_event"):
        raise Invalid(_("“%(title)s” needs a target.") % {"title": name}, field="target")
    if row.method == Method.RATIO and row.kind == Kind.SCORED and row.target is not None and row.target <= 0:
        said = _(
            "“%(title)s” is scored as a ratio, which needs a target above 0. Between floor, target and challenge, step "
            "tiers or straight deduction fit."
        )
        raise Invalid(said % {"title": name}, field="target")
    lower = row.indicator.direction in (Direction.LOWER, Direction.EVENTS)
    wrong = None
    if row.indicator.direction != Direction.IN_RANGE:
        wrong = weights.in_order(row.floor, row.target, row.challenge, lower_better=lower)
    if wrong:
        said = _("“%(title)s”: floor, target and challenge go in one direction, the challenge being the hardest.")
        raise Invalid(said % {"title": name}, field=wrong)
    try:
        checked(row.method, row.parameters)
    except (BadParameter, AttributeError, TypeError) as fault:
        place = getattr(fault, "name", "")
        said = _("“%(title)s”: its scoring does not know the parameter %(name)s, misses it, or cannot read it.")
        raise Invalid(said % {"title": name, "name": place or "–"}, field="parameters") from None


def refuse_weights(rows: Iterable[Target]) -> None:
    """The weights of a scheme add to 100, exactly: all of them, or those inside each dimension and those of the
    dimensions. Raises Invalid naming the field."""
    scored = [(one.dimension, one.weight, one.dimension_weight) for one in rows if one.kind == Kind.SCORED]
    code, dimension, left = weights.fault(scored)
    if not code and scored:
        return
    title = Dimension(dimension).label if dimension in Dimension.values else dimension
    words = {"sum": number(100 - left), "left": number(abs(left)), "title": title}
    field = "weight" if code in ("sum", "inside", "") else "dimension_weight"
    raise Invalid(_sentence(code, left) % words, field=field)


def _sentence(code: str, left: Decimal) -> str:
    if code == "mixed":
        return _("“%(title)s” has no weight: give every dimension one, or none of them.")
    if code == "differ":
        return _("“%(title)s” has two weights: all its indicators say the same.")
    if code == "dimensions":
        return _("The weights of the dimensions add to %(sum)s; together they are 100.")
    if code == "inside":
        return _("Inside of “%(title)s” the weights add to %(sum)s; together they are 100.")
    if left < 0:
        return _("The weights add to %(sum)s; %(left)s are more than 100.")
    return _("The weights add to %(sum)s; %(left)s are missing to 100.")

"""Parsing of single fields, shared by the commands that create and those that edit."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.core.numbers import ZERO, parse_number
from tandem.core.texts import clean_line, clean_optional_line, clean_text
from tandem.okr import rules
from tandem.okr.models import Ambition, Category, KeyResult, KeyResultKind, Objective

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

MOST_STEPS = 50
NUMBERS = ("start", "target", "low", "high", "tolerance", "given")
MEASURE_FIELDS = ("kind", *NUMBERS, "steps", "indicator", "carrier")


def refuse_closed(cycle: "Cycle") -> None:
    """A closed cycle is read-only; raises Invalid (422)."""
    if cycle.is_closed:
        raise Invalid(_("This cycle is closed and can only be read."), code="closed")


def choice(value: object, choices: Any, field: str) -> str:
    try:
        return str(choices(value).value)
    except ValueError:
        raise Invalid(_("Choose one of the offered values."), field=field) from None


def weight(raw: object) -> Decimal:
    """A relative weight: 0 or more; 0 is shown but not counted."""
    value = parse_number(raw, "weight")
    if not ZERO <= value <= 1000:
        raise Invalid(_("A weight is a number from 0 to 1000."), field="weight")
    return value


def confidence(raw: object) -> int | None:
    """A whole number from 0 (no hope) to 10 (certain), or None."""
    if raw is not None and not rules.valid_confidence(raw):
        raise Invalid(_("Confidence is a whole number from 0 to 10."), field="confidence")
    return raw if isinstance(raw, int) else None


def set_objective_fields(objective: Objective, fields: dict[str, Any]) -> None:
    """Title (1–500 characters), description (Markdown), ambition, category, weight. Raises Invalid."""
    if "title" in fields:
        objective.title = clean_line(fields["title"], "title", length=500)
    if "description" in fields:
        objective.description = clean_text(fields["description"], "description")
    if "ambition" in fields:
        objective.ambition = choice(fields["ambition"], Ambition, "ambition")
    if "category" in fields:
        objective.category = choice(fields["category"], Category, "category")
    if "weight" in fields:
        objective.weight = weight(fields["weight"])


def set_key_result_fields(key_result: KeyResult, fields: dict[str, Any]) -> None:
    """Title (1–1000 characters), description, unit label, weight, and all that is measured. Raises Invalid."""
    if "title" in fields:
        key_result.title = clean_line(fields["title"], "title", length=1000)
    if "description" in fields:
        key_result.description = clean_text(fields["description"], "description")
    if "unit" in fields:
        key_result.unit_label = clean_optional_line(fields["unit"], "unit", length=40)
    if "weight" in fields:
        key_result.weight = weight(fields["weight"])
    if "confidence" in fields:
        key_result.given_confidence = confidence(fields["confidence"])
    if any(name in fields for name in MEASURE_FIELDS):
        _set_measure(key_result, fields)


def _set_measure(key_result: KeyResult, fields: dict[str, Any]) -> None:
    if "kind" in fields:
        followed = key_result.kind == rules.KPI
        key_result.kind = choice(fields["kind"], KeyResultKind, "kind")
        if followed and key_result.kind != rules.KPI:
            key_result.given = None  # it was the readings' and goes with them
    if key_result.kind == rules.KPI and fields.get("given") not in (None, ""):
        raise Invalid(_("Where it stands comes from the readings of the indicator."), field="given")
    for name in NUMBERS:
        if name in fields:
            raw = fields[name]
            setattr(key_result, name, None if raw in (None, "") else parse_number(raw, name))
    if "steps" in fields:
        key_result.steps = fields["steps"]
    if "indicator" in fields:
        key_result.indicator_id = clean_optional_line(fields["indicator"], "indicator", length=60).lower() or None
    if "carrier" in fields:
        key_result.followed_unit_id = _carrier(fields["carrier"])
    check_measure(key_result)


def _carrier(raw: object) -> str | None:
    """The key of a unit out of `unit:KEY`; None for the objective's owner."""
    text = clean_optional_line(raw, "carrier", length=210)
    if not text:
        return None
    kind, _colon, key = text.partition(":")
    if kind != "unit" or not key:
        said = _("Name a unit as unit:ID, or nobody: then the readings of the objective’s owner are followed.")
        raise Invalid(said, field="carrier")
    return key


def check_measure(key_result: KeyResult) -> None:
    """Does the kind have what it needs, and nothing that contradicts it? Raises Invalid naming the field."""
    kind = key_result.kind
    _check_followed(key_result)
    if kind in rules.FROM_TO:
        _check_ends(key_result)
    elif kind == rules.MAINTAIN:
        _check_bounds(key_result)
    elif kind == rules.MILESTONES:
        key_result.steps = _milestones(key_result.steps)
    elif kind == rules.RUBRIC:
        key_result.steps = _levels(key_result.steps)
    if key_result.given is not None:
        check_value(key_result, key_result.given, "current")


def _check_followed(key_result: KeyResult) -> None:
    if key_result.kind != rules.KPI:
        key_result.indicator_id = key_result.followed_unit_id = key_result.read_on = None
    elif key_result.indicator_id is None:
        raise Invalid(_("Choose the indicator it follows."), field="indicator")


def _check_ends(key_result: KeyResult) -> None:
    if key_result.start is None:
        key_result.start = ZERO
    if key_result.target is None:
        raise Invalid(_("A number needs a target."), field="target")
    if key_result.start == key_result.target:
        raise Invalid(_("Start and target are the same: nothing could move."), field="target")


def _check_bounds(key_result: KeyResult) -> None:
    if key_result.low is None and key_result.high is None:
        raise Invalid(_("Say what it must not fall below, or not rise above."), field="low")
    low, high = key_result.low, key_result.high
    if low is not None and high is not None and low > high:
        raise Invalid(_("The lower bound lies above the upper one."), field="low")
    if key_result.tolerance is not None and key_result.tolerance <= 0:
        raise Invalid(_("A tolerance is more than 0."), field="tolerance")


def _milestones(raw: object) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not raw:
        raise Invalid(_("Milestones need at least one step."), field="steps")
    if len(raw) > MOST_STEPS:
        raise Invalid(_("That is more steps than anybody can follow (50)."), field="steps")
    steps = []
    for step in raw:
        if not isinstance(step, dict):
            raise Invalid(_("A step has a title and a weight."), field="steps")
        size = parse_number(step.get("weight", 1), "steps")
        if not 0 < size <= 1000:
            raise Invalid(_("A step’s weight is more than 0."), field="steps")
        steps.append({"title": clean_line(step.get("title"), "steps"), "weight": float(size)})
    return steps


def _levels(raw: object) -> list[dict[str, Any]]:
    """The three described levels of a rubric: 0.3, 0.7 and 1.0, as far as somebody wrote them."""
    if raw in (None, []):
        return []
    if not isinstance(raw, list) or len(raw) > 3:
        raise Invalid(_("A rubric describes the levels 0.3, 0.7 and 1.0."), field="steps")
    levels = []
    for step in raw:
        level = str(step.get("level")) if isinstance(step, dict) else ""
        if level not in ("0.3", "0.7", "1", "1.0"):
            raise Invalid(_("A rubric describes the levels 0.3, 0.7 and 1.0."), field="steps")
        text = clean_line(step.get("text"), "steps", length=1000)
        levels.append({"level": "1.0" if level == "1" else level, "text": text})
    return levels


def check_value(key_result: KeyResult, value: Decimal, field: str = "value") -> None:
    """Is this a value the kind can have? Raises Invalid."""
    kind = key_result.kind
    if kind == rules.BINARY and value not in (0, 1):
        raise Invalid(_("It is done (1) or not (0)."), field=field)
    if kind == rules.RUBRIC and value not in rules.RUBRIC_LEVELS:
        raise Invalid(_("Choose one of the described levels."), field=field)
    if kind == rules.MILESTONES and not 0 <= value <= sum(key_result.measure.weights):
        raise Invalid(_("More is done than there is."), field=field)

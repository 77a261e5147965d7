"""What targets come to in their cycles: from readings, or calculated from other indicators of the same carrier."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.numbers import LARGEST
from tandem.kpi.models import Indicator, Reading, Target
from tandem.kpi.rules import calculated
from tandem.kpi.rules.formula import Fault
from tandem.kpi.rules.periods import Stretch, over_period
from tandem.people.actors import Actor

Place = tuple[int, int | None, int | None]
"""An indicator, and a person or a unit."""


@dataclass(frozen=True)
class Actual:
    """What a target comes to in its cycle; `at` is when the newest reading was handed in. Of a calculated one `sum` is
    the calculation with its numbers, and `why` says in words why it gives none."""

    value: Decimal | None
    source: str = ""
    at: datetime | None = None
    readings: list[Reading] = field(default_factory=list)
    sum: str = ""
    why: str = ""

    @property
    def values(self) -> list[Decimal]:
        return [one.value for one in self.readings]


@dataclass
class _Book:
    """The readings of some places, and what calculations rest on."""

    at: dict[Place, list[Reading]]
    expressions: Mapping[str, str] = field(default_factory=dict)
    plain: Mapping[str, Indicator] = field(default_factory=dict)


def actuals(_actor: Actor, targets: Iterable[Target]) -> dict[int, Actual]:
    """By the key of each target (with `scheme` and its cycle, and `indicator`): what it comes to. Targets are what the
    actor may see already. One query; two more where something is calculated."""
    rows = list(targets)
    starts = [one.scheme.cycle.start for one in rows if one.scheme.cycle.start]
    ends = [one.scheme.cycle.end for one in rows if one.scheme.cycle.end]
    if not starts or not ends:
        return {}
    book = _Book(defaultdict(list))
    _learn_calculations(book, rows)
    found = Reading.objects.filter(
        Q(carrier_person__in={one.scheme.carrier_person_id for one in rows} - {None})
        | Q(carrier_unit__in={one.scheme.carrier_unit_id for one in rows} - {None}),
        Q(since=None, on__lte=max(ends)) | Q(since__lte=max(ends)),
        indicator__in={one.indicator_id for one in rows} | {one.pk for one in book.plain.values()},
        on__gte=min(starts),
    )
    for reading in found.select_related("author").order_by("on"):
        book.at[reading.indicator_id, reading.carrier_person_id, reading.carrier_unit_id].append(reading)
    return {one.pk: _actual(one, book) for one in rows}


def place_of(one: Target) -> Place:
    return one.indicator_id, one.scheme.carrier_person_id, one.scheme.carrier_unit_id


def _expression(one: Target) -> str:
    """The one it was given on: a later version of the indicator changes nothing agreed."""
    return str(one.definition.words.get("expression", ""))


def _learn_calculations(book: _Book, rows: list[Target]) -> None:
    asked = {one.indicator.code: text for one in rows if (text := _expression(one))}
    if not asked:
        return
    book.expressions = dict(Indicator.objects.exclude(expression="").values_list("code", "expression"))
    codes = calculated.closure(asked, book.expressions) - book.expressions.keys()
    book.plain = {one.code: one for one in Indicator.objects.filter(code__in=codes)}


def _actual(one: Target, book: _Book) -> Actual:
    cycle = one.scheme.cycle
    if cycle.start is None or cycle.end is None:
        return Actual(None)
    text = _expression(one)
    if text:
        return _calculated(text, one, book, (cycle.start, cycle.end))
    inside = _inside(book.at[place_of(one)], cycle.start, cycle.end)
    if not inside:
        return Actual(None)
    value = _value(str(one.definition.words["over_time"]), inside, cycle.start, cycle.end)
    return Actual(value, inside[-1].source, inside[-1].at, inside)


def _inside(readings: list[Reading], start: date, end: date) -> list[Reading]:
    return [one for one in readings if one.on >= start and one.first <= end]


def _value(how: str, readings: list[Reading], start: date, end: date) -> Decimal | None:
    stretches = [Stretch(one.first, one.on, one.value) for one in readings]
    found = over_period(how, stretches, start, end, min(end, today()))
    return None if found is None else round(found, 6)


def _calculated(text: str, one: Target, book: _Book, period: tuple[date, date]) -> Actual:
    """Of the same carrier and cycle: what each indicator it names comes to over the whole cycle, then the sum of it."""
    _indicator, person, unit = place_of(one)
    used: list[Reading] = []

    def measured(code: str) -> Decimal | None:
        row = book.plain.get(code)
        inside = _inside(book.at[row.pk, person, unit], *period) if row is not None else []
        used.extend(inside)
        return _value(row.over_time, inside, *period) if row is not None and inside else None

    found = calculated.Calculation(book.expressions, measured, under_way=[one.indicator.code]).of(text)
    at = max((reading.at for reading in used), default=None)
    value = found.value
    if value is not None and abs(value) >= LARGEST:
        return Actual(None, at=at, sum=found.sum, why=words_of_fault(Fault("not_finite")))
    why = "" if found.fault is None else words_of_fault(found.fault)
    return Actual(None if value is None else round(value, 6), at=at, sum=found.sum, why=why)


def words_of_fault(fault: Fault) -> str:
    """Why a calculation gives no number, in the reader's language."""
    if fault.code == "missing":
        return _("[%(code)s] has no value yet") % {"code": fault.detail}
    if fault.code == "division_by_zero":
        return _("the calculation divides by zero")
    if fault.code == "loop":
        return _("[%(code)s] rests on itself") % {"code": fault.detail}
    if fault.code == "not_finite":
        return _("the result is beyond what makes sense")
    return _("the calculation gives no number")

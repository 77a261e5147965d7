"""What a plan file may hold, as strict models. What a field's value must be is said by the domain's own rules."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, NotRequired

from django.utils.translation import gettext as _
from pydantic import ConfigDict, PlainValidator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from tandem.core.errors import Invalid
from tandem.core.numbers import parse_number
from tandem.core.texts import clean_line, clean_optional_line, clean_text

STRICT = ConfigDict(strict=True, extra="forbid")


def _by(parse: Callable[[object], Any], *, empty: bool = False) -> PlainValidator:
    """A field that `parse` reads; `empty` lets null through."""

    def check(raw: object) -> Any:
        if empty and raw is None:
            return None
        try:
            return parse(raw)
        except Invalid as refusal:
            raise PydanticCustomError("tandem", "{message}", {"message": refusal.message}) from None

    return PlainValidator(check)


def _line(length: int) -> Callable[[object], str]:
    return lambda raw: clean_line(raw, "", length=length)


def _optional_line(length: int) -> Callable[[object], str]:
    return lambda raw: clean_optional_line(raw, "", length=length)


def _text(length: int) -> Callable[[object], str]:
    return lambda raw: clean_text(raw, "", length=length)


def _number(raw: object) -> Decimal:
    if isinstance(raw, str):
        raise Invalid(_("This must be a number, without quotes."))
    return parse_number(raw, "")


def _whole(raw: object) -> int:
    value = _number(raw)
    if value != value.to_integral_value():
        raise Invalid(_("This must be a whole number."))
    return int(value)


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Invalid(_("This must be true or false."))
    return raw


def _day(raw: object) -> date:
    try:
        if isinstance(raw, str) and len(raw) == 10:
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise Invalid(_("A date is written 2026-10-31."))


def _owner(raw: object) -> str:
    owner = clean_line(raw, "", length=220)
    if not owner.startswith(("unit:", "person:")) or owner.endswith(":"):
        raise Invalid(_("An owner is written unit:ID or person:ID."))
    return owner


def _exact(raw: object) -> str:
    if not isinstance(raw, str):
        raise Invalid(_("This must be text."))
    return raw


def _moment(raw: object) -> datetime:
    try:
        if isinstance(raw, str) and (moment := datetime.fromisoformat(raw)).tzinfo is not None:
            return moment
    except ValueError:
        pass
    raise Invalid(_("A moment is written 2026-10-31T09:00:00+00:00."))


Moment = Annotated[datetime, _by(_moment)]
MaybeMoment = Annotated[datetime | None, _by(_moment, empty=True)]
Word64 = Annotated[str, _by(_line(64))]
Id = Annotated[str, _by(_line(200))]
MaybeId = Annotated[str | None, _by(_line(200), empty=True)]
Line = Annotated[str, _by(_line(200))]
Number = Annotated[Decimal | None, _by(_number, empty=True)]
Weight = Annotated[Decimal, _by(_number)]
Whole = Annotated[int, _by(_whole)]
MaybeWhole = Annotated[int | None, _by(_whole, empty=True)]
Day = Annotated[date, _by(_day)]
MaybeDay = Annotated[date | None, _by(_day, empty=True)]
Flag = Annotated[bool, _by(_flag)]
Word = Annotated[str, _by(_optional_line(40))]
Description = Annotated[str, _by(_text(20_000))]


class OrganizationItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    name: NotRequired[Line]
    timezone: NotRequired[Line]
    locale: NotRequired[Word]
    fiscal_year_start: NotRequired[Whole]
    quarter_name: NotRequired[Line]
    late_score_days: NotRequired[Whole]


class PhaseItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    planned: NotRequired[MaybeDay]
    began: NotRequired[MaybeDay]


class CycleItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    name: Line
    kind: NotRequired[Word]
    start: NotRequired[MaybeDay]
    end: NotRequired[MaybeDay]
    phase: NotRequired[Word]
    rhythm: NotRequired[Word]
    weekday: NotRequired[Whole]
    phases: NotRequired[dict[str, PhaseItem]]


class UnitItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    name: Line
    kind: NotRequired[Word]
    parent: NotRequired[MaybeId]
    archived: NotRequired[MaybeDay]


class PersonItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    name: Line
    email: NotRequired[Annotated[str | None, _by(_optional_line(254), empty=True)]]
    unit: NotRequired[MaybeId]
    units: NotRequired[list[Id]]
    lead: NotRequired[Flag]
    leads: NotRequired[list[Id]]
    manager: NotRequired[MaybeId]
    roles: NotRequired[list[Word]]
    language: NotRequired[Word]
    timezone: NotRequired[Annotated[str, _by(_optional_line(64))]]
    theme: NotRequired[Word]
    left: NotRequired[MaybeDay]


class StepItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    title: NotRequired[Line]
    weight: NotRequired[Weight]
    done: NotRequired[Flag]
    level: NotRequired[Weight]
    text: NotRequired[Annotated[str, _by(_line(1000))]]


class CheckInItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    date: Day
    value: NotRequired[Number]
    done_steps: NotRequired[list[Whole]]
    confirmed: NotRequired[Flag]
    confidence: NotRequired[MaybeWhole]
    status: NotRequired[Word]
    note: NotRequired[Annotated[str, _by(_text(5000))]]
    draft: NotRequired[Flag]
    author: NotRequired[MaybeId]


class KeyResultItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    title: Annotated[str, _by(_line(1000))]
    description: NotRequired[Description]
    kind: NotRequired[Word]
    unit: NotRequired[Word]
    weight: NotRequired[Weight]
    start: NotRequired[Number]
    target: NotRequired[Number]
    low: NotRequired[Number]
    high: NotRequired[Number]
    tolerance: NotRequired[Number]
    steps: NotRequired[list[StepItem]]
    indicator: NotRequired[MaybeId]
    carrier: NotRequired[Annotated[str | None, _by(_owner, empty=True)]]
    current: NotRequired[Number]
    confidence: NotRequired[MaybeWhole]
    score: NotRequired[Number]
    score_reason: NotRequired[Annotated[str, _by(_text(2000))]]
    late: NotRequired[Flag]
    added: NotRequired[Day]
    archived: NotRequired[MaybeDay]
    check_ins: NotRequired[list[Any]]


class ActionItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    title: Annotated[str, _by(_line(500))]
    key_result: NotRequired[MaybeId]
    owner: NotRequired[Annotated[str | None, _by(_owner, empty=True)]]
    due: NotRequired[MaybeDay]
    state: NotRequired[Word]
    archived: NotRequired[MaybeDay]


class ObjectiveItem(TypedDict):
    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    cycle: Id
    owner: Annotated[str, _by(_owner)]
    title: Annotated[str, _by(_line(500))]
    description: NotRequired[Description]
    ambition: NotRequired[Word]
    category: NotRequired[Word]
    aligned_to: NotRequired[list[Id]]
    co_owners: NotRequired[list[Id]]
    visibility: NotRequired[Word]
    readers: NotRequired[list[Id]]
    weight: NotRequired[Weight]
    state: NotRequired[Word]
    dropped_reason: NotRequired[Annotated[str, _by(_text(2000))]]
    reflection: NotRequired[Description]
    cloned_from: NotRequired[MaybeId]
    carry_reason: NotRequired[Annotated[str, _by(_text(2000))]]
    published: NotRequired[MaybeDay]
    archived: NotRequired[MaybeDay]
    key_results: NotRequired[list[Any]]
    actions: NotRequired[list[Any]]


class AgreementItem(TypedDict):
    """A handshake: `version` is the goal set as it was signed, as one exact text, `hash` its SHA-256."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    id: Id
    cycle: Id
    owner: Annotated[str, _by(_owner)]
    state: Word
    version: Annotated[str, _by(_exact)]
    hash: NotRequired[Word64]
    trivial: NotRequired[Flag]
    offered: NotRequired[Moment]
    owner_signed: NotRequired[MaybeMoment]
    other_signed: NotRequired[MaybeMoment]
    owner_side: NotRequired[MaybeId]
    other_side: NotRequired[MaybeId]
    owner_for: NotRequired[MaybeId]
    other_for: NotRequired[MaybeId]
    expectation: NotRequired[Annotated[str, _by(_text(5000))]]
    forecast: NotRequired[Annotated[str, _by(_text(5000))]]
    ended: NotRequired[MaybeMoment]
    ended_by: NotRequired[MaybeId]
    reason: NotRequired[Annotated[str, _by(_text(2000))]]
    changed_to: NotRequired[Annotated[str, _by(_exact)]]
    above: NotRequired[dict[str, str]]


class PlanItem(TypedDict):
    """The whole file; what its lists hold is checked item by item, so that one fault hides no other."""

    __pydantic_config__ = STRICT  # type: ignore[misc]
    tandem: Whole
    organization: NotRequired[Any]
    source: NotRequired[Any]
    cycles: list[Any]
    units: list[Any]
    people: NotRequired[list[Any]]
    objectives: NotRequired[list[Any]]
    agreements: NotRequired[list[Any]]

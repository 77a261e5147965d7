"""What requests may carry: strict types whose faults read well, and the shapes all doors share."""

import re
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from ninja.params.models import BodyModel, PathModel, QueryModel
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictFloat, StrictInt, StrictStr, WithJsonSchema

LARGEST_ID = 2**63 - 1
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def _day(raw: object) -> object:
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        raise ValueError("day")
    day = date.fromisoformat(raw)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("day")
    return day


def _without_nul(raw: object) -> object:
    if isinstance(raw, str) and "\x00" in raw:
        raise ValueError("text")
    return raw


Id = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
"""The key of a row, in a body."""
IdText = Annotated[int, Field(ge=1, le=LARGEST_ID)]
"""The key of a row, in an address."""
Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day, `2026-10-01`."""
Number = Annotated[
    StrictInt | StrictFloat | StrictStr, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})
]
"""A number; as text where a client must not lose a digit."""
Text = StrictStr
Words = Annotated[str, BeforeValidator(_without_nul), Field(max_length=200)]
"""What somebody looks for."""
Flag = Annotated[bool, Field(strict=True)]


OMITTED: Any = None
"""The default of a field that may be left out, but not sent as null."""


for made in (Schema, BodyModel, PathModel, QueryModel):  # what ninja makes of every operation
    made.model_config["defer_build"] = True  # a validator is built at its first use: a start needs none of a thousand


class Body(BaseModel):
    """A request's body: unknown names are refused, nothing is guessed. A name left out is left as it is."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    def said(self) -> dict[str, Any]:
        """The fields that the request named, for a command; the version travels beside them."""
        return {name: getattr(self, name) for name in self.model_fields_set if name != "version"}


class Versioned(Body):
    version: Id | None = None
    """The version that was read; the write is refused (409) when another stands. `If-Match` says the same."""


class Order(Body):
    """Keys in their new order; those not named follow as they were."""

    order: list[Id]


class Shown(BaseModel):
    """A shape in the answers. It describes; answers are made from plain rows and tests compare the two."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Named(Shown):
    id: int
    name: str


class Fault(Shown):
    code: str
    message: str
    field: str | None = None
    current: dict[str, Any] | None = None


class Refused(Shown):
    """Why a request was not carried out. `current` is there on 409: what stands now."""

    error: Fault

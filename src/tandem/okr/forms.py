"""What the pages' forms send, read into the fields of commands; and what a form shows again after a refusal."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tandem.core.errors import Invalid, Refusal
from tandem.okr import rules
from tandem.okr.queries import CheckInDue, CheckInRow

if TYPE_CHECKING:
    from tandem.okr.models import CheckIn

_LARGEST_KEY = 2**63 - 1


def whole(data: QueryDict, name: str) -> int | None:
    """A whole number of a form, None when nothing was sent. Raises Invalid naming the field."""
    raw = data.get(name, "").strip()
    if not raw:
        return None
    if not (raw.isascii() and raw.isdigit() and int(raw[:20]) <= _LARGEST_KEY):
        raise Invalid(_("This must be a whole number."), field=name)
    return int(raw)


def day(data: QueryDict, name: str) -> date | None:
    """A calendar day of a form, None when nothing was sent. Raises Invalid naming the field."""
    raw = data.get(name, "").strip()
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise Invalid(_("This must be a day like 2026-10-01."), field=name) from None


def version(data: QueryDict) -> int | None:
    """The version that the form was made from."""
    return whole(data, "version")


@dataclass(frozen=True)
class CheckInForm:
    """A check-in as a form shows it: texts as they were typed, and what is wrong with which of them."""

    value: str = ""
    done_steps: list[int] = field(default_factory=list)
    confirmed: bool = False
    confidence: int | None = rules.START_CONFIDENCE
    note: str = ""
    on: str = ""
    status: str = ""
    draft_id: int | None = None
    error: str = ""
    error_field: str = ""
    focus: bool = False

    @classmethod
    def start(cls, row: CheckInDue) -> "CheckInForm":
        """What stands now, ready to be changed; a draft comes back as it was left."""
        if row.draft is not None:
            return replace(cls.of(row.draft), draft_id=row.draft.id)
        one = row.key_result
        feeling = rules.START_CONFIDENCE if one.confidence is None else one.confidence
        steps = row.valued.done_steps if row.valued else []
        confirmed = row.valued is not None and row.valued.confirmed
        return cls(value=_typed(one.last_value), done_steps=steps, confirmed=confirmed, confidence=feeling)

    @classmethod
    def of(cls, row: "CheckInRow | CheckIn", paced: str = "") -> "CheckInForm":
        """A check-in that was written before, to be written again. A status that pace proposed is not repeated."""
        status = "" if row.status == paced else row.status
        return cls(
            _typed(row.value), row.done_steps, row.confirmed, row.confidence, row.note, row.on.isoformat(), status
        )

    @classmethod
    def sent(cls, data: QueryDict, refusal: Refusal) -> "CheckInForm":
        """What was typed, with what is wrong. Nothing typed is lost."""
        feeling, draft = data.get("confidence", ""), data.get("draft", "")
        return cls(
            value=data.get("value", ""),
            done_steps=[int(one) for one in data.getlist("done_steps") if _is_key(one)],
            confirmed="confirmed" in data,
            confidence=int(feeling) if _is_key(feeling) else None,
            note=data.get("note", ""),
            on=data.get("on", ""),
            status=data.get("status", ""),
            draft_id=int(draft) if _is_key(draft) else None,
            error=refusal.message,
            error_field=refusal.field or "",
            focus=True,
        )

    def error_at(self, *names: str) -> str:
        return self.error if self.error_field in names else ""


def check_in_fields(data: QueryDict, kind: str) -> dict[str, Any]:
    """The fields of a check-in command. Raises Invalid naming the field."""
    fields: dict[str, Any] = {
        "confidence": whole(data, "confidence"),
        "note": data.get("note", ""),
        "on": day(data, "on"),
        "status": data.get("status", ""),
    }
    if kind == rules.MILESTONES:
        if any(not _is_key(one) for one in data.getlist("done_steps")):
            raise Invalid(_("Name steps of this key result."), field="done_steps")
        fields["done_steps"] = [int(one) for one in data.getlist("done_steps")]
    elif kind != rules.KPI:
        fields["value"] = data.get("value", "").strip().removesuffix("%").strip()
    if kind == rules.BASELINE:
        fields["confirmed"] = "confirmed" in data
    return fields


def _is_key(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) < 19


def _typed(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"

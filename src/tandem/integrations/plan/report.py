"""What applying a file changes, in lines that people read."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.numbers import plain
from tandem.integrations.plan.comparing import Prepared

LONGEST = 60


def names() -> dict[str, str]:
    return {
        "organization": _("organization"),
        "cycles": _("cycles"),
        "units": _("units"),
        "people": _("people"),
        "objectives": _("objectives"),
        "key_results": _("key results"),
        "actions": _("actions"),
        "check_ins": _("check-ins"),
        "agreements": _("handshakes"),
    }


def summary(prepared: Prepared) -> str:
    """One line per kind that the file names, and whether anything changes at all."""
    lines = []
    for kind, one in prepared.comparisons():
        counts = {"created": len(one.created), "changed": len(one.changed), "unchanged": one.unchanged}
        if any(counts.values()):
            told = _("%(kind)s: %(created)s created, %(changed)s changed, %(unchanged)s unchanged")
            lines.append(told % {"kind": names()[kind], **counts})
    if prepared.changes_nothing:
        lines.append(_("Nothing changed."))
    return "\n".join(lines)


def changes(prepared: Prepared) -> Iterator[str]:
    """`+` what is new, `~` what changes, each changed field with its old and new value."""
    for kind, one in prepared.comparisons():
        for entry in one.created:
            yield f"+ {names()[kind]} {entry.key or entry.fields.get('name', '')} {_label(entry.fields)}".rstrip()
        for changed in one.changed:
            yield f"~ {names()[kind]} {changed.entry.key}".rstrip()
            for name, (old, new) in changed.fields.items():
                yield f"    {name}: {_short(old)} → {_short(new)}"


def _label(fields: dict[str, Any]) -> str:
    return _short(fields.get("title") or fields.get("name") or fields.get("date") or "")


def _short(value: Any) -> str:
    if isinstance(value, Decimal):
        value = plain(value)
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, list):
        value = ", ".join(_short(one) for one in value)
    text = "–" if value is None or value == "" else " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

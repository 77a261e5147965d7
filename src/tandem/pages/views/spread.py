"""Distributions as the kit's bars draw them."""

from typing import Any

from django.utils.translation import gettext as _

from tandem.okr.queries import Tally

_CONFIDENCE = ((0, 2, "bad"), (3, 4, "bad"), (5, 6, "warn"), (7, 8, "ok"), (9, 10, "ok"))
_TENTHS = ((0, 1), (2, 3), (4, 5), (6, 7), (8, 9))


def spread_of_confidence(tally: Tally) -> list[dict[str, Any]]:
    """How many key results lie where, lowest confidence first, those without any at the end."""
    counts = tally.confidences
    rows = [
        {"label": f"{low}–{high}", "count": sum(counts[low : high + 1]), "look": look}
        for low, high, look in _CONFIDENCE
    ]
    unknown = tally["key_results"] - tally["confidence_count"]
    return [*rows, {"label": _("none given"), "count": unknown, "look": "unknown"}] if unknown else rows


def spread_of_progress(tally: Tally) -> list[dict[str, Any]]:
    """How many objectives lie in each fifth of the way, those without data at the end."""
    counts = tally.progresses
    rows = [
        {"label": f"{low * 10}–{(high + 1) * 10}%", "count": counts[low] + counts[high], "look": ""}
        for low, high in _TENTHS
    ]
    unknown = tally["objectives"] - sum(counts)
    return [*rows, {"label": _("no data"), "count": unknown, "look": "unknown"}] if unknown else rows

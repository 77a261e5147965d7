"""Why an item has no points, in words."""

from django.utils.translation import gettext as _


def words_of_why(why: str) -> str:
    """Why an item has no points, in the reader's language; "" where it has some."""
    known = {
        "": "",
        "missing": _("no actual yet"),
        "not_applicable": _("does not apply; its weight went to the others"),
        "watched": _("watched only"),
        "target_missing": _("has no target to compare with"),
        "target_not_positive": _("a ratio needs a target above 0"),
        "target_zero": _("per cent of a target of 0 mean nothing"),
        "division_by_zero": _("the formula divides by zero"),
    }
    return known.get(why, _("the formula gives no number"))

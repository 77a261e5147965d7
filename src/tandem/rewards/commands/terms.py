"""The terms of a rule as people send them, refused with words that name the field."""

from typing import Any

from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.rewards.rules import terms as rules


def clean_terms(kind: str, raw: Any) -> dict[str, Any]:
    """As JSON keeps them. Raises Invalid (422) naming the term."""
    if not isinstance(raw, dict):
        raise Invalid(_("This must be text."), field="terms")
    try:
        return rules.as_plain(rules.checked(kind, raw))
    except rules.BadTerm as fault:
        raise Invalid(_sentence(fault), field=fault.name if fault.code != "unknown" else "terms") from None


def _sentence(fault: rules.BadTerm) -> str:
    return {
        "unknown": _("A rule of this kind has no “%(name)s”.") % {"name": fault.name},
        "missing": _("A rule of this kind needs this."),
        "number": _("A number below 1,000,000,000 with at most 4 decimals."),
        "positive": _("This must be more than 0."),
        "hundredths": _("A pool is handed out in hundredths: at most 2 decimals."),
        "pairs": _("Write one line for each: a name, a colon, a number."),
        "twice": _("Each name stands once."),
        "codes": _("Write codes of indicators, one in a line."),
    }[fault.code]

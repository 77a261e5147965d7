"""The words that stand on screen for a key, in the reader's language."""

from django.utils.translation import gettext as _


def status(key: str) -> str:
    words = {
        "on_track": _("On track"), "at_risk": _("At risk"), "off_track": _("Off track"), "stale": _("Stale"),
        "pending": _("Pending"), "done": _("Done"), "dropped": _("Dropped"), "draft": _("Draft"),
        "closed": _("Closed"),
    }  # fmt: skip
    return words.get(key, _("No data"))


def ambition(key: str) -> str:
    return _("Committed") if key == "committed" else _("Aspirational")


def category(key: str) -> str:
    return {"growth": _("Growth"), "health": _("Health")}.get(key, _("Contribution"))


def action_state(key: str) -> str:
    return {"todo": _("To do"), "doing": _("Under way"), "done": _("Done")}.get(key, _("Dropped"))


def kind(key: str) -> str:
    words = {
        "metric": _("number from … to …"), "percent": _("percent done"), "maintain": _("stay within bounds"),
        "binary": _("done or not"), "milestones": _("milestones"), "rubric": _("described levels"),
        "baseline": _("find the number first"), "kpi": _("follows an indicator"),
    }  # fmt: skip
    return words.get(key, key)

"""The terms of a rule and the state of a ballot, said in words."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.formats import number
from tandem.rewards.models import RuleVersion
from tandem.rewards.queries import Standing
from tandem.rewards.rules.ballots import OPEN, PASSED
from tandem.rewards.rules.terms import PER_GRADE, PER_POINT, POOL, checked


def _said(value: Any) -> str:
    return number(Decimal(value))


def lines_of(announced: RuleVersion) -> list[str]:
    """What it brings, a line for each part."""
    kind = announced.rule.kind
    terms = checked(kind, announced.terms)
    if kind == PER_POINT:
        return _per_point(terms)
    if kind == PER_GRADE:
        return [f"{name}: {_said(points)}" for name, points in terms["grades"]]
    if kind == POOL:
        shared = _("%(pool)s points, shared by result; they add up exactly") % {"pool": _said(terms["pool"])}
        said = _("job level %(level)s counts %(factor)s times")
        return [shared, *(said % {"level": level, "factor": _said(one)} for level, one in terms["levels"])]
    return _plus_minus(terms)


def _per_point(terms: dict[str, Any]) -> list[str]:
    found = [_("each point of the result brings %(rate)s") % {"rate": _said(terms["rate"])}]
    if terms["above"]:
        found.append(_("only what lies above %(above)s counts") % {"above": _said(terms["above"])})
    if terms["most"] is not None:
        found.append(_("at most %(most)s points") % {"most": _said(terms["most"])})
    return found


def _plus_minus(terms: dict[str, Any]) -> list[str]:
    found = [_("each plus or minus point counts %(rate)s") % {"rate": _said(terms["rate"])}]
    if terms["codes"]:
        found.append(_("of %(codes)s") % {"codes": _(", ").join(terms["codes"])})
    if terms["most_plus"] is not None:
        found.append(_("at most %(most)s up") % {"most": _said(terms["most_plus"])})
    if terms["most_minus"] is not None:
        found.append(_("at most %(most)s down") % {"most": _said(terms["most_minus"])})
    return found


def state_of(standing: Standing) -> str:
    """How a ballot stands."""
    if standing.outcome == OPEN:
        return _("open")
    if standing.outcome == PASSED:
        return _("the team agreed")
    return {
        "objection": _("stopped by an objection"),
        "quorum": _("too few answered"),
        "nobody": _("nobody agreed"),
    }[standing.why]

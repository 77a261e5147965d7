"""A round of scoring: one per cycle, run by the people team, with the rules that hold for all of its scorecards."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tandem.core.clock import now
from tandem.core.model import Model

USUAL_GRADES = [["S", "95"], ["A", "85"], ["B", "70"], ["C", "60"], ["D", "0"]]
USUAL_MIX = {"manager": "100"}


def usual_grades() -> list[list[str]]:
    return [list(one) for one in USUAL_GRADES]


def usual_mix() -> dict[str, str]:
    return dict(USUAL_MIX)


class Round(Model):
    """`grades` are [name, lowest total] from best to worst; `shares` are [grade, share], guidance for groups of
    `smallest_group` and more; `mix` weighs the marks of each role."""

    cycle = models.OneToOneField("cycles.Cycle", models.PROTECT, related_name="+")
    grades = models.JSONField(_("grades"), default=usual_grades)
    shares = models.JSONField(_("guidance for the distribution"), default=list, blank=True)
    smallest_group = models.PositiveSmallIntegerField(_("smallest group"), default=10)
    mix = models.JSONField(_("weight of each assessor"), default=usual_mix)
    second_review = models.BooleanField(_("second review"), default=False)
    appeal_days = models.PositiveSmallIntegerField(_("working days to answer"), default=5)
    self_review_until = models.DateField(_("self-review until"), null=True, blank=True)
    review_until = models.DateField(_("manager’s review until"), null=True, blank=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    read_with = ("cycle",)

    class Meta:
        ordering = ("-opened_at", "-pk")

    def as_version(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "grades": self.grades,
            "shares": self.shares,
            "mix": self.mix,
            "second_review": self.second_review,
            "appeal_days": self.appeal_days,
        }

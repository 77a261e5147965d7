"""Stored numbers: what a list needs, kept by the commands in the same transaction."""

from typing import Any, ClassVar

from django.db import models

from tandem.core.model import Model

HANDS = ("offered", "declined", "withdrawn", "signed", "voided")
"""States of an agreement (`AgreementState`)."""
RUNNING = (
    "people_drafted",
    "people_published",
    "people_checked_in",
    "drafts",
    "objectives",
    "growth",
    *(f"hands_{state}" for state in HANDS),
    "key_results",
    "with_data",
    "confidence_sum",
    "confidence_count",
    *(f"confidence_{step}" for step in range(11)),
    *(f"progress_{tenth}" for tenth in range(10)),
)
AMBITIONS = ("aspirational", "committed")
BANDS = ("red", "yellow", "green")
RESULTS = (
    "owners",
    "owners_scored",
    "key_results_scored",
    "scored",
    "late",
    "dropped",
    *(f"{ambition}_{tenth}" for ambition in AMBITIONS for tenth in range(11)),
    *(f"{ambition}_{band}" for ambition in AMBITIONS for band in BANDS),
)
COUNTED = (*RUNNING, *RESULTS)
"""All that a set counts and a branch adds up: how it runs, and how it ended."""


class ResultCounts(Model):
    """How it ended: scores over active objectives, by ambition, in steps of a tenth and by band.

    `owners` have something to score, `owners_scored` scored all of it.
    """

    owners = models.IntegerField(default=0)
    owners_scored = models.IntegerField(default=0)
    key_results_scored = models.IntegerField(default=0)
    scored = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    dropped = models.IntegerField(default=0)
    aspirational_0 = models.IntegerField(default=0)
    aspirational_1 = models.IntegerField(default=0)
    aspirational_2 = models.IntegerField(default=0)
    aspirational_3 = models.IntegerField(default=0)
    aspirational_4 = models.IntegerField(default=0)
    aspirational_5 = models.IntegerField(default=0)
    aspirational_6 = models.IntegerField(default=0)
    aspirational_7 = models.IntegerField(default=0)
    aspirational_8 = models.IntegerField(default=0)
    aspirational_9 = models.IntegerField(default=0)
    aspirational_10 = models.IntegerField(default=0)
    committed_0 = models.IntegerField(default=0)
    committed_1 = models.IntegerField(default=0)
    committed_2 = models.IntegerField(default=0)
    committed_3 = models.IntegerField(default=0)
    committed_4 = models.IntegerField(default=0)
    committed_5 = models.IntegerField(default=0)
    committed_6 = models.IntegerField(default=0)
    committed_7 = models.IntegerField(default=0)
    committed_8 = models.IntegerField(default=0)
    committed_9 = models.IntegerField(default=0)
    committed_10 = models.IntegerField(default=0)
    aspirational_red = models.IntegerField(default=0)
    aspirational_yellow = models.IntegerField(default=0)
    aspirational_green = models.IntegerField(default=0)
    committed_red = models.IntegerField(default=0)
    committed_yellow = models.IntegerField(default=0)
    committed_green = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Counts(ResultCounts):
    """Counts over goals: drafts, and of active objectives the key results and two distributions.

    The three about people count owners who have any goal, an active one, and a check-in; `growth` are the active
    objectives of that category, `hands_…` the sets by the state of their newest agreement.
    """

    people_drafted = models.IntegerField(default=0)
    people_published = models.IntegerField(default=0)
    people_checked_in = models.IntegerField(default=0)
    drafts = models.IntegerField(default=0)
    objectives = models.IntegerField(default=0)
    growth = models.IntegerField(default=0)
    hands_offered = models.IntegerField(default=0)
    hands_declined = models.IntegerField(default=0)
    hands_withdrawn = models.IntegerField(default=0)
    hands_signed = models.IntegerField(default=0)
    hands_voided = models.IntegerField(default=0)
    key_results = models.IntegerField(default=0)
    with_data = models.IntegerField(default=0)
    confidence_sum = models.IntegerField(default=0)
    confidence_count = models.IntegerField(default=0)
    confidence_0 = models.IntegerField(default=0)
    confidence_1 = models.IntegerField(default=0)
    confidence_2 = models.IntegerField(default=0)
    confidence_3 = models.IntegerField(default=0)
    confidence_4 = models.IntegerField(default=0)
    confidence_5 = models.IntegerField(default=0)
    confidence_6 = models.IntegerField(default=0)
    confidence_7 = models.IntegerField(default=0)
    confidence_8 = models.IntegerField(default=0)
    confidence_9 = models.IntegerField(default=0)
    confidence_10 = models.IntegerField(default=0)
    progress_0 = models.IntegerField(default=0)
    progress_1 = models.IntegerField(default=0)
    progress_2 = models.IntegerField(default=0)
    progress_3 = models.IntegerField(default=0)
    progress_4 = models.IntegerField(default=0)
    progress_5 = models.IntegerField(default=0)
    progress_6 = models.IntegerField(default=0)
    progress_7 = models.IntegerField(default=0)
    progress_8 = models.IntegerField(default=0)
    progress_9 = models.IntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def confidences(self) -> list[int]:
        """How many key results stand at confidence 0 … 10."""
        return [getattr(self, f"confidence_{step}") for step in range(11)]

    @property
    def progresses(self) -> list[int]:
        """How many objectives lie in each tenth of progress."""
        return [getattr(self, f"progress_{tenth}") for tenth in range(10)]

    def counts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in COUNTED}


class UnitNumbers(Counts):
    """Counts over a whole branch: every goal of the unit or of a unit below it.

    The row without a unit counts the whole company, people of no unit included.
    """

    cycle = models.ForeignKey("cycles.Cycle", models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "cycle"], name="one_row_per_unit"),
            models.UniqueConstraint(fields=["cycle"], condition=models.Q(unit=None), name="one_row_for_all"),
        ]

"""What a round waits for, told by supplier, by unit and by reviewer."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tandem.core.clock import today
from tandem.kpi.access import may_run_round
from tandem.kpi.models import FactorClaim, Method, Reading, Round, Stage, Target
from tandem.kpi.rules.reminders import is_waited_for
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle


@dataclass(frozen=True)
class LateValue:
    """A value that somebody has not handed in: keys of both."""

    supplier: int
    name: str
    indicator: int


def late_values(actor: Actor, cycle: "Cycle | None" = None) -> list[LateValue]:
    """Values that suppliers owe in the cycles that are not closed (or in this one), by supplier and indicator; for the
    people team and Tandem itself. One query."""
    if not may_run_round(actor):
        return []
    rows = Target.objects.standing().filter(
        scheme__cycle__start__lte=today(), indicator__supplier__isnull=False, indicator__archived_on=None
    )
    rows = rows.exclude(scheme__cycle__phase="closed").exclude(method=Method.RATING)
    if cycle is not None:
        rows = rows.filter(scheme__cycle=cycle)
    places = ("indicator__supplier", "indicator__supplier__name", "indicator", "scheme__cycle__start",
              "scheme__cycle__end", "newest")  # fmt: skip
    found = rows.annotate(newest=_newest()).order_by("indicator__supplier__name", "indicator__code", "pk")
    return [
        LateValue(supplier, name, indicator)
        for supplier, name, indicator, start, end, newest in found.values_list(*places)
        if start and end and is_waited_for(newest, start, end, today())
    ]


def _newest() -> Subquery:
    """The day of the newest value of a target in its cycle."""
    carrier = Q(carrier_person=OuterRef("scheme__carrier_person")) | Q(carrier_unit=OuterRef("scheme__carrier_unit"))
    rows = Reading.objects.filter(
        carrier,
        indicator=OuterRef("indicator"),
        on__gte=OuterRef("scheme__cycle__start"),
        on__lte=OuterRef("scheme__cycle__end"),
    )
    return Subquery(rows.order_by().values("indicator").annotate(newest=Max("on")).values("newest"))


SHOWN = 20
REVIEWS = (Stage.MANAGER_REVIEW, Stage.SECOND_REVIEW)
DONE = (Stage.ACKNOWLEDGED, Stage.RESOLVED, Stage.CLOSED)


@dataclass(frozen=True)
class UnitStanding:
    """How many scorecards of a unit (its own, and its members') stand where."""

    key: int | None
    name: str
    total: int
    running: int
    self_review: int
    review: int
    calibration: int
    communicated: int
    appealed: int
    done: int
    unscored: int
    silent: int


def by_unit(_actor: Actor, one: Round, most: int = 200) -> list[UnitStanding]:
    """Of a round the actor has at hand: a line for each unit, in the order of the tree. One query."""
    rows = one.cards.order_by().annotate(
        at=Coalesce("unit", "person__unit"),
        unit_name=Coalesce("unit__name", "person__unit__name"),
        path=Coalesce("unit__path", "person__unit__path"),
    )
    silent = Q(stage=Stage.COMMUNICATED, respond_until__lt=today())
    counts = rows.values("at", "unit_name", "path").annotate(
        total=Count("pk"),
        running=_at(Stage.RUNNING),
        self_review=_at(Stage.SELF_REVIEW),
        review=_at(*REVIEWS),
        calibration=_at(Stage.CALIBRATION),
        communicated=_at(Stage.COMMUNICATED),
        appealed=_at(Stage.APPEALED),
        done=_at(*DONE),
        missing=Count("pk", filter=Q(unscored__gt=0)),
        silent=Count("pk", filter=silent),
    )
    return [
        UnitStanding(
            row["at"], row["unit_name"] or "", row["total"], row["running"], row["self_review"], row["review"],
            row["calibration"], row["communicated"], row["appealed"], row["done"], row["missing"], row["silent"],
        )
        for row in counts.order_by("path")[:most]
    ]  # fmt: skip


def _at(*stages: str) -> Count:
    return Count("pk", filter=Q(stage__in=stages))


@dataclass(frozen=True)
class Waits:
    """Whom a round waits for: reviewers and suppliers with how many, and claims nobody decided."""

    reviewers: list[tuple[str, int]] = field(default_factory=list)
    suppliers: list[tuple[str, int]] = field(default_factory=list)
    claims: int = 0


def waits_of(actor: Actor, one: Round) -> Waits:
    """Of a round the actor has at hand; the most first. Three queries."""
    reviewed = one.cards.filter(stage=Stage.MANAGER_REVIEW).values_list("manager", "manager__name")
    counted = reviewed.annotate(many=Count("pk")).order_by("-many", "manager__name")[:SHOWN]
    reviewers = [(name or "", many) for _key, name, many in counted]
    late = Counter((value.supplier, value.name) for value in late_values(actor, one.cycle)).most_common(SHOWN)
    claims = FactorClaim.objects.filter(item__scorecard__round=one, decided_at=None).count()
    return Waits(reviewers, [(name, many) for (_key, name), many in late], claims)

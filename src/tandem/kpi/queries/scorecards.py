"""Scorecards, read: one with its items, those somebody reviews, a round's state, and the closed ones for rewards."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tandem.core.clock import today
from tandem.core.errors import Missing
from tandem.kpi.access import may_run_round
from tandem.kpi.models import (
    BEFORE_CALIBRATION,
    Appeal,
    FactorClaim,
    Kind,
    Mark,
    Round,
    Scheme,
    Scorecard,
    ScorecardItem,
    Stage,
    State,
)
from tandem.kpi.rules.cards import Dimensioned, dimensions
from tandem.kpi.rules.totals import distributed
from tandem.kpi.rules.totals import points as weighed
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle


def rounds(actor: Actor) -> QuerySet[Round]:
    """The people team's rounds, the newest first; nobody else's."""
    rows = Round.objects.select_related("cycle").order_by("-cycle__start", "-pk")
    return rows if may_run_round(actor) else rows.none()


def rounds_reviewed(actor: Actor) -> QuerySet[Round]:
    """The open rounds in which the actor reviews something, the newest first."""
    mine = Scorecard.objects.filter(manager=actor.pk, stage__in=BEFORE_CALIBRATION).values("round")
    return Round.objects.filter(pk__in=mine, closed_at=None).select_related("cycle").order_by("-cycle__start", "-pk")


def get_round(actor: Actor, pk: int) -> Round:
    """Raises Missing (404), also for whoever does not run rounds."""
    found = rounds(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such round."))
    return found


def scorecards(actor: Actor) -> QuerySet[Scorecard]:
    """What the actor may see, the newest round first."""
    rows = Scorecard.objects.visible_to(actor).select_related(*Scorecard.read_with)
    return rows.order_by("-round__cycle__start", "-round_id", "pk")


def get_scorecard(actor: Actor, pk: int) -> Scorecard:
    """Raises Missing (404). Looks of the people team are noted by `commands.note_look`."""
    found = scorecards(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such scorecard."))
    return found


def items_of(actor: Actor, card: Scorecard) -> list[ScorecardItem]:
    """Of a scorecard the actor sees, with everybody's marks. Two queries."""
    marks = Prefetch("marks", Mark.objects.select_related("author"))
    return list(card.items.select_related("noted_by").prefetch_related(marks))


def appeal_of(actor: Actor, card: Scorecard) -> Appeal | None:
    """The appeal on a scorecard the actor sees, if there was one."""
    return Appeal.objects.filter(scorecard=card).select_related("decided_by").first()


def claims_of(_actor: Actor, card: Scorecard) -> dict[int, list[FactorClaim]]:
    """By item of a scorecard the actor sees: what outside factors were claimed, the oldest first. One query."""
    found: dict[int, list[FactorClaim]] = {}
    rows = FactorClaim.objects.filter(item__scorecard=card).select_related("author", "decided_by")
    for one in rows.order_by("pk"):
        found.setdefault(one.item_id, []).append(one)
    return found


def get_claim(actor: Actor, pk: int) -> FactorClaim:
    """Raises Missing (404)."""
    rows = FactorClaim.objects.filter(item__scorecard__in=Scorecard.objects.visible_to(actor))
    found = rows.select_related(*FactorClaim.read_with).filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such claim."))
    return found


def get_item(actor: Actor, pk: int) -> ScorecardItem:
    """Raises Missing (404)."""
    rows = ScorecardItem.objects.filter(scorecard__in=Scorecard.objects.visible_to(actor))
    found = rows.select_related(*ScorecardItem.read_with).filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such scorecard."))
    return found


def own_scorecards(actor: Actor) -> QuerySet[Scorecard]:
    """Those the actor carries, also as the named lead of a unit."""
    return scorecards(actor).filter(Q(person=actor.pk) | Q(unit__lead=actor.pk))


def scorecards_to_review(actor: Actor) -> QuerySet[Scorecard]:
    """Those the actor reviews, first or second, or was asked about, in rounds that run."""
    concerned = Q(manager=actor.pk) | Q(second=actor.pk) | Q(peers=actor.pk)
    return scorecards(actor).filter(concerned, round__closed_at=None).distinct()


def cards_of_round(
    actor: Actor, one: Round, *, stage: str = "", words: str = "", unit: int | None = None
) -> QuerySet[Scorecard]:
    """The board's list, by name of the carrier; a stage, a unit (its own and its members') or words of the name narrow
    it."""
    rows = scorecards(actor).filter(round=one).order_by("person__name", "unit__name", "pk")
    if unit is not None:
        rows = rows.filter(Q(unit=unit) | Q(person__unit=unit))
    if stage:
        rows = rows.filter(stage=stage)
    for word in words.split():
        rows = rows.filter(Q(person__name__icontains=word) | Q(unit__name__icontains=word))
    return rows


@dataclass(frozen=True)
class RoundStanding:
    """Where a round stands: carriers before their scorecard, scorecards by stage, what holds it up, grades."""

    before: dict[str, int]
    """Schemes by what they wait for: issued, negotiating."""
    stages: dict[str, int]
    unscored: int
    late: int
    grades: dict[str, int]
    guidance: dict[str, int]
    total: int


def standing(actor: Actor, one: Round) -> RoundStanding:
    """Raises nothing; two queries."""
    waiting = Scheme.objects.filter(cycle=one.cycle_id).aggregate(
        negotiating=Count("pk", distinct=True, filter=Q(targets__state__in=[State.NEGOTIATING, State.FINAL])),
        issued=Count("pk", distinct=True, filter=Q(targets__state=State.ISSUED)),
    )
    stages, graded = Counter[str](), Counter[str]()
    unscored = silent = 0
    counts = one.cards.order_by().values_list("stage", "grade")
    held = counts.annotate(
        many=Count("pk"), missing=Count("pk", filter=Q(unscored__gt=0)), silent=Count("pk", filter=late())
    )
    for stage, grade, many, missing, is_late in held:
        stages[stage] += many
        graded[grade] += many
        unscored, silent = unscored + missing, silent + is_late
    grades = {name: graded[name] for name, _bound in one.grades}
    shares = [(str(name), Decimal(str(share))) for name, share in one.shares]
    guidance = distributed(sum(grades.values()), shares, smallest=one.smallest_group)
    in_order = {stage: stages[stage] for stage in Stage.values}
    return RoundStanding(waiting, in_order, unscored, silent, grades, guidance, sum(stages.values()))


def late() -> Q:
    """Communicated, and the days to answer are over."""
    return Q(stage=Stage.COMMUNICATED, respond_until__lt=today())


@dataclass(frozen=True)
class ClosedItem:
    code: str
    kind: str
    weight: Decimal
    points: Decimal | None


@dataclass(frozen=True)
class ClosedScorecard:
    """What rewards may know: who, in which team, what it came to, and the items it is made of. Texts stay here."""

    key: int
    person: int | None
    unit: int | None
    team: int | None
    """The unit whose people have the same targets: the unit itself, or the team that a person was in."""
    total: Decimal
    grade: str
    items: tuple[ClosedItem, ...]


def closed_scorecards(actor: Actor, cycle: "Cycle", *, kinds: Collection[str] = Kind.values) -> list[ClosedScorecard]:
    """The closed scorecards of a cycle that the actor may see, by key; `total` is the result that holds. Only items of
    these kinds are named. Three queries."""
    rows = Scorecard.objects.visible_to(actor).filter(round__cycle=cycle, stage=Stage.CLOSED, result__isnull=False)
    schemes = Scheme.objects.filter(cycle=cycle, carrier_person__isnull=False).order_by()
    teams = dict(schemes.values_list("carrier_person_id", "team_id"))
    items = ScorecardItem.objects.filter(scorecard__in=rows.order_by(), applies=True, kind__in=kinds)
    of_card: dict[int, list[ClosedItem]] = {}
    fields = ("scorecard_id", "code", "kind", "counted", "points", "share_counted")
    for card, *item in items.order_by("scorecard", "position", "pk").values_list(*fields):
        of_card.setdefault(card, []).append(_closed(*item))
    found = rows.order_by("pk").values_list("pk", "person_id", "unit_id", "person__unit_id", "result", "grade")
    return [
        ClosedScorecard(
            key,
            person,
            unit,
            unit or teams.get(person) or home,
            result or Decimal(0),
            grade,
            tuple(of_card.get(key, ())),
        )
        for key, person, unit, home, result, grade in found
    ]


def _closed(code: str, kind: str, counted: Decimal, points: Decimal | None, share: Decimal | None) -> ClosedItem:
    """With two levels as a part of the whole: weight and points times the weight of the dimension."""
    if share is None:
        return ClosedItem(code, kind, counted, points)
    return ClosedItem(code, kind, counted * share / 100, None if points is None else weighed(points, share))


def dimensions_of(_actor: Actor, items: Iterable[ScorecardItem]) -> list[Dimensioned]:
    """Of the items of a scorecard at hand: what each dimension came to; none with one level."""
    return dimensions([(one.dimension, one.share, one.share_counted, one.points, one.applies) for one in items])

"""Which objectives of a cycle the map shows: those one may see, not put away, and as filtered."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from tandem.core.clock import today
from tandem.cycles.rules import GRACE_DAYS
from tandem.okr import rules
from tandem.okr.models import Ambition, Category, Objective
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

STATUSES = ("on_track", "at_risk", "off_track", "stale", "pending", "draft", "published", "closed", "dropped")
"""What is true of an objective today; `published` is whatever is no draft."""
AMBITIONS, CATEGORIES = tuple(Ambition.values), tuple(Category.values)
NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Which:
    """Which objectives of the cycle; "" leaves a question open."""

    status: str = ""
    ambition: str = ""
    category: str = ""

    def __bool__(self) -> bool:
        return bool(self.status or self.ambition or self.category)


def living(actor: Actor, cycle: "Cycle", which: Which) -> QuerySet[Objective]:
    """The objectives of a cycle that the actor may see and that are not put away."""
    rows = Objective.objects.visible_to(actor).filter(archived_on=None)
    if which.ambition:
        rows = rows.filter(ambition=which.ambition)
    if which.category:
        rows = rows.filter(category=which.category)
    return rows.filter(has_status(which.status, cycle)) if which.status else rows


def has_status(word: str, cycle: "Cycle") -> Q:
    """`ObjectiveRow.status` as a condition; the rules are those of `rules.status`, asked of the database."""
    if word == "published":
        return ~Q(state="draft")
    if word in ("draft", "dropped", "closed"):
        return Q(state=word)
    overdue = Q(next_due_on__lt=today() - timedelta(days=GRACE_DAYS))
    if word == rules.STALE:
        return Q(state="active") & overdue
    fresh = Q(state="active") & (Q(next_due_on=None) | ~overdue)
    expected = cycle.elapsed()
    judged = expected >= rules.NO_VERDICT_BEFORE
    silent = Q(status="")
    if word == rules.PENDING:
        return fresh & (Q(progress=None) | (NOTHING if judged else silent))
    paced = _paced(word, expected) & silent if judged else NOTHING
    return fresh & Q(progress__isnull=False) & (Q(status=word) | paced)


def _paced(word: str, expected: Decimal) -> Q:
    on, risk = expected * rules.PACE_ON_TRACK, expected * rules.PACE_AT_RISK
    if word == rules.ON_TRACK:
        return Q(progress__gte=on)
    return Q(progress__gte=risk, progress__lt=on) if word == rules.AT_RISK else Q(progress__lt=risk)

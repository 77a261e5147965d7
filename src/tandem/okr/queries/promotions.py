"""Whether a committed objective may become a KPI, who proposed that, and whose signature is missing."""

from dataclasses import dataclass

from tandem.core.clock import today
from tandem.okr.access import may_promote, may_see, may_sign_promotion
from tandem.okr.models import Ambition, Promotion
from tandem.okr.queries.lookups import get_objective, missing
from tandem.okr.queries.rows import ObjectiveRow
from tandem.people.actors import Actor


@dataclass(frozen=True)
class PromotionSeen:
    """As one reader meets it; `one` is None while nobody proposed it."""

    one: Promotion | None
    may_propose: bool = False
    may_sign: bool = False
    may_withdraw: bool = False


def promotion_seen(actor: Actor, row: ObjectiveRow) -> PromotionSeen | None:
    """None where there is nothing to say: no query for what is aspirational, and for what runs."""
    dropped = row.state == "dropped"
    if row.ambition != Ambition.COMMITTED or not (dropped or _is_before(row)):
        return None
    one = Promotion.objects.filter(objective=row.id).select_related(*Promotion.read_with).first()
    if dropped or (one is not None and one.is_done):
        return None if one is None else PromotionSeen(one)
    side = may_promote(actor, get_objective(actor, row.id))
    if one is None:
        return PromotionSeen(None, may_propose=side)
    return PromotionSeen(one, may_sign=may_sign_promotion(actor, one), may_withdraw=side)


def _is_before(row: ObjectiveRow) -> bool:
    return row.state in ("draft", "active") and row.cycle_start is not None and row.cycle_start > today()


def get_promotion(actor: Actor, pk: int) -> Promotion:
    """Raises Missing (404)."""
    one = Promotion.objects.filter(pk=pk).select_related(*Promotion.read_with).first()
    if one is None or not may_see(actor, one.objective):
        raise missing()
    return one


def promotion_of(actor: Actor, objective: int) -> Promotion | None:
    """Of an objective (its key); None while nobody proposed it. Raises Missing (404) where the actor sees none."""
    found = get_objective(actor, objective)
    return Promotion.objects.filter(objective=found).select_related(*Promotion.read_with).first()

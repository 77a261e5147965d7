"""What is kept of each step of a target, and who is told of it."""

from decimal import Decimal

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.kpi.models import Scheme, State, Target, TargetStep
from tandem.people.actors import Actor


def keep_step(actor: Actor, target: Target, what: str, reason: str = "", wish: Decimal | None = None) -> None:
    TargetStep.objects.create(
        target=target,
        what=what,
        author_id=actor.pk,
        reason=reason,
        wish=wish,
        number=target.number,
        terms=target.terms(),
    )


def sign_for_leader(actor: Actor, target: Target, state: State) -> None:
    """The leader's name stands under these terms; the carrier's is gone."""
    target.state = state
    target.issued_by_id, target.issued_at = actor.pk, now()
    target.accepted_by_id = target.accepted_at = None


def tell(actor: Actor, verb: str, scheme: Scheme, **data: str) -> None:
    names = {"cycle": scheme.cycle.name, "carrier": scheme.carrier.name}
    record(actor, verb, scheme, None, None, **names, **data)


def count_up(scheme: Scheme) -> None:
    scheme.version += 1
    scheme.save(update_fields=["version"])

"""Who stands on the two sides of an offer that waits, when somebody else does by now than when it was offered."""

from datetime import date
from typing import NamedTuple

from tandem.core.clock import today
from tandem.core.commands import acting
from tandem.okr.access import BothSides, sides_of
from tandem.okr.commands.kept import tell
from tandem.okr.models import Agreement, AgreementState
from tandem.people.actors import SYSTEM
from tandem.people.queries import leads_up

_OFFER = (
    *("pk", "owner_for_id", "other_for_id", "goal_set__owner_person_id", "goal_set__owner_person__unit_id"),
    *("goal_set__owner_person__manager_id", "goal_set__owner_person__manager__left_on", "goal_set__owner_unit_id"),
)


class _Offer(NamedTuple):
    """An offer that waits, and what the chart says today of its owner."""

    id: int
    owner_for: int | None
    other_for: int | None
    person: int | None
    home: int | None
    manager: int | None
    manager_left: date | None
    unit: int | None

    def has_moved(self, leads: dict[int, list[int]], day: date) -> bool:
        """Does the chart name somebody else than when it was offered? As `access.sides_of`, from what is at hand."""
        up = leads.get((self.unit if self.person is None else self.home) or 0, [])
        owner = self.person if self.person is not None else next(iter(up), None)
        here = self.manager is not None and (self.manager_left is None or self.manager_left > day)
        other = self.manager if here else next((one for one in up if one != owner), None)
        return (owner, other) != (self.owner_for, self.other_for)


def follow_lines() -> None:
    """Managers or leads changed: who stands now on the sides of offers that wait finds them at once.

    Two queries over the offers that wait and the units; some more for each offer that concerns somebody else now.
    """
    offers = Agreement.objects.filter(state=AgreementState.OFFERED).exclude(goal_set__cycle__phase="closed")
    rows = [_Offer(*one) for one in offers.order_by("pk").values_list(*_OFFER)]
    if not rows:
        return
    leads, day = leads_up(SYSTEM), today()
    moved = [one.id for one in rows if one.has_moved(leads, day)]
    for one in Agreement.objects.filter(pk__in=moved).select_related(*Agreement.read_with).order_by("pk"):
        stand_now(one, sides_of(one.goal_set))


def stand_now(one: Agreement, sides: BothSides) -> None:
    """Put those who stand there now on the offer's sides: nobody's hand counts for somebody else, and they are told."""
    was = {one.owner_side_id, one.other_side_id}
    if one.owner_side != sides.owner:
        one.owner_signed_at = None
    if one.other_side != sides.other:
        one.other_signed_at = None
    one.owner_side, one.other_side = sides.owner, sides.other
    one.owner_for, one.other_for = sides.owner_for, sides.other_for
    names = ("owner_side", "other_side", "owner_for", "other_for", "owner_signed_at", "other_signed_at")
    one.save(update_fields=names)
    asked = sorted(side.pk for side in (sides.owner, sides.other) if side is not None and side.pk not in was)
    if asked:
        tell(acting() or SYSTEM, "handshake.waits", one, asked=asked, on=today(one.offered_at).isoformat())

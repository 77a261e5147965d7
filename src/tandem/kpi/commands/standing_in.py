"""Somebody else reviews while a manager is away."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.commands import command
from tandem.core.errors import Invalid, NotAllowed
from tandem.kpi.access import carries, may_delegate, may_run_round
from tandem.kpi.commands.rounds import Moved, refuse_closed
from tandem.kpi.models import BEFORE_CALIBRATION, Round, Scorecard
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.people.models import Person


@command(may=may_delegate)
def delegate_reviews(actor: Actor, one: Round, /, *, reviewer: "Person", to: "Person") -> Moved:
    """All of the round that waits or will wait for `reviewer` is reviewed by `to`. Managers hand on their own, to those
    who see these scorecards anyway; the people team anybody's, to anybody.

    Nobody reviews themselves: such scorecards stay, with the reason. Raises Invalid (422), NotAllowed (403).
    """
    refuse_closed(one)
    by_office = may_run_round(actor)
    if not by_office and reviewer.pk != actor.pk:
        raise NotAllowed(_("You may look at this, but not change it."))
    if to.pk == reviewer.pk or not to.is_active:
        raise Invalid(_("Choose somebody else who is here."), field="to")
    mine = Q(manager=reviewer) | Q(second=reviewer)
    rows = one.cards.filter(mine, stage__in=BEFORE_CALIBRATION).select_related(*Scorecard.read_with)
    seen = set(Scorecard.objects.visible_to(to).filter(pk__in=rows.values("pk")).values_list("pk", flat=True))
    moved = Moved()
    for card in rows.order_by("pk"):
        why = _why_not(card, to, may_see=by_office or card.pk in seen)
        if why:
            moved.left.append((card, why))
            continue
        _hand_on(card, reviewer, to)
        record(actor, "scorecard.reviewers", card, name=card.name)
        moved.moved += 1
    return moved


def _why_not(card: Scorecard, to: "Person", *, may_see: bool) -> str:
    if carries(to, card):
        return _("Nobody reviews themselves.")
    if to.pk in (card.manager_id, card.second_id):
        return _("They look at it already.")
    return "" if may_see else _("They do not see this scorecard; the people team can name them.")


def _hand_on(card: Scorecard, reviewer: "Person", to: "Person") -> None:
    if card.manager_id == reviewer.pk:
        card.manager = to
    if card.second_id == reviewer.pk:
        card.second = to
    card.version += 1
    card.save(update_fields=["manager", "second", "version"])

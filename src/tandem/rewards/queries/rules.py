"""Rules, read: all that concern the actor, and the versions of one."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.people.actors import Actor
from tandem.rewards.models import RewardRule, RuleVersion


def known_rules(actor: Actor) -> QuerySet[RewardRule]:
    """Those that concern the actor (the people team: all), by name; ended ones last."""
    rows = RewardRule.objects.visible_to(actor).select_related("unit")
    return rows.order_by("ended_from", "name", "pk")


def get_rule(actor: Actor, pk: int) -> RewardRule:
    """Raises Missing (404)."""
    found = RewardRule.objects.visible_to(actor).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Missing(_("There is no such rule."))
    return found


def versions_of(actor: Actor, rule: RewardRule) -> list[RuleVersion]:
    """All announcements of a rule that the actor sees, the newest first. One query."""
    rows = RuleVersion.objects.filter(rule=rule).select_related("announced_by", "ballot").order_by("-number")
    return list(rows)

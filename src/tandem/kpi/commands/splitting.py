"""A unit's target handed down: to its members and the units right below, by share, by amount, or the same for all."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tandem.core.commands import command, lock_rows
from tandem.core.errors import Invalid
from tandem.core.formats import number
from tandem.core.numbers import HUNDRED, ONE, ZERO, parse_number, rounded
from tandem.kpi.access import may_split
from tandem.kpi.commands.agreeing import clean_reason
from tandem.kpi.commands.issuing import refuse_cycle
from tandem.kpi.commands.steps import count_up, keep_step, sign_for_leader, tell
from tandem.kpi.commands.terms import set_terms
from tandem.kpi.models import Scheme, State, Target
from tandem.people.actors import Actor

WAYS = ("share", "amount", "same")


@command(may=may_split)
def split_target(
    actor: Actor, target: Target, /, *, how: str, parts: Mapping[int, Any], reason: str, buffer: Any = 0
) -> Target:
    """Give the targets below (by their keys) their part of this one; each waits for its carrier's signature anew.

    `how` is share (parts in per cent that add to 100), amount (parts are the values), or same (parts are looked at for
    their keys only). `buffer` is 0…100 per cent handed down on top, on purpose. Raises Invalid naming the field.
    """
    refuse_cycle(target.scheme.cycle)
    if how not in WAYS:
        raise Invalid(_("Choose one of the offered values."), field="how")
    if target.target is None:
        raise Invalid(_("“%(title)s” needs a target.") % {"title": target.indicator.name}, field="target")
    words = clean_reason(reason)
    target.buffer = _buffer(buffer)
    lock_rows(Scheme.objects.filter(targets__in=list(parts)))
    rows = {one.pk: one for one in Target.objects.below(target).select_related(*Target.read_with)}
    if not parts or parts.keys() - rows.keys():
        raise Invalid(_("Choose among the targets right below this one."), field="parts")
    values = _values(target, how, parts)
    target.version += 1
    target.save(update_fields=["buffer", "version"])
    for key, value in values.items():
        _give(actor, rows[key], target, value, words)
    return target


def _buffer(raw: Any) -> Decimal:
    value = parse_number(raw or 0, "buffer")
    if not ZERO <= value <= HUNDRED or value != rounded(value, 2):
        raise Invalid(_("A buffer lies between 0 and 100 per cent, with at most 2 decimals."), field="buffer")
    return value


def _values(target: Target, how: str, parts: Mapping[int, Any]) -> dict[int, Decimal]:
    whole = target.target or ZERO
    if how == "same":
        return dict.fromkeys(parts, whole)
    given = {key: parse_number(raw, "parts") for key, raw in parts.items()}
    if how == "amount":
        return given
    total = sum(given.values(), ZERO)
    if total != HUNDRED or any(one < 0 for one in given.values()):
        said = _("The shares add to %(sum)s; together they are 100 per cent.")
        raise Invalid(said % {"sum": number(total)}, field="parts")
    grown = whole * (ONE + target.buffer / HUNDRED)
    return {key: rounded(grown * share / HUNDRED, target.indicator.precision) for key, share in given.items()}


def _give(actor: Actor, row: Target, parent: Target, value: Decimal, reason: str) -> None:
    before = row.terms()
    set_terms(row, {"target": value})
    row.parent = parent
    row.version += 1
    if row.terms() == before:
        row.save()
        return
    row.number += 1
    sign_for_leader(actor, row, State.ISSUED)
    row.save()
    keep_step(actor, row, "changed", reason)
    count_up(row.scheme)
    tell(actor, "targets.changed", row.scheme, reason=reason)

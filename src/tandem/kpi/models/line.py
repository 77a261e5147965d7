"""How far up a carrier's line targets, values and scores are seen: a setting, 0 for the whole line."""

from django.conf import settings
from django.db.models import F, Func

from tandem.people.access import IsInLineAbove, IsInLineWithin, LeadsAbove, LeadsWithin


def leads_over(unit: str, person: int) -> Func:
    """Does the person lead above the unit at this path of a query, near enough?"""
    levels: int = settings.KPI_LEVELS
    return LeadsWithin(F(unit), person, levels) if levels else LeadsAbove(F(unit), person)


def is_in_line(carrier: str, person: int) -> Func:
    """Does the person stand in the line above the other one at this path of a query, near enough?"""
    levels: int = settings.KPI_LEVELS
    return IsInLineWithin(F(carrier), person, levels) if levels else IsInLineAbove(F(carrier), person)

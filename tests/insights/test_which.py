"""What the map filters by is what the rules say of each objective, asked of the database instead of reckoned."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
import time_machine

from tandem.okr.models import Objective
from tandem.okr.queries import STATUSES, Which
from tandem.okr.queries.lists import Filters, filled, objectives
from tandem.okr.queries.which import living
from tandem.people.actors import SYSTEM
from tests.world import WEDNESDAY, World

PROGRESS = (None, Decimal("-0.1"), Decimal("0.05"), Decimal("0.09"), Decimal("0.127"), Decimal(1))
DUE = (None, WEDNESDAY, WEDNESDAY - timedelta(days=3), WEDNESDAY - timedelta(days=4))


@pytest.mark.parametrize("day", [date(2026, 10, 2), WEDNESDAY, date(2026, 12, 31)])
def test_every_status_finds_what_has_it(world: World, clock: time_machine.Traveller, day: date) -> None:
    clock.move_to(f"{day}T09:00+00:00")
    template = world.objective()
    states = (("active", ""), ("active", "on_track"), ("active", "at_risk"), ("active", "off_track"), ("draft", ""))
    for place, ((state, reported), progress, due) in enumerate(product(states, PROGRESS, DUE)):
        shifted = None if due is None else due + (day - WEDNESDAY)
        template.pk, template.key = None, f"case-{place}"
        template.state, template.status, template.progress, template.next_due_on = state, reported, progress, shifted
        template.save()
    Objective.objects.filter(key="case-7").update(state="dropped")
    Objective.objects.filter(key="case-8").update(state="closed")
    rows = filled(objectives(SYSTEM, Filters(cycle=world.quarter.pk)))
    assert len(rows) > 100
    for word in STATUSES:
        found = set(living(SYSTEM, world.quarter, Which(word)).values_list("pk", flat=True))
        alike = {one.id for one in rows if (one.state != "draft" if word == "published" else one.status == word)}
        assert found == alike, word

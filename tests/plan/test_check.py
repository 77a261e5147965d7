"""`tandem check` sees every number that was tampered with, and every rule that was broken behind its back."""

from typing import Any

import pytest
from django.db import models

from tandem.integrations.plan import checking
from tandem.okr.models import Alignment, GoalSet, KeyResult, Objective, UnitNumbers
from tandem.people.models import Membership, Person, Unit
from tests.plan.company import small, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _company(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T10:00:00Z")
    write(small())
    assert list(checking.faults()) == []


def _update(model: type[models.Model], **values: Any) -> None:
    model._default_manager.filter(pk=model._default_manager.order_by("pk")[0].pk).update(**values)


TAMPERED: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "value": (KeyResult, {"current": 1}),
    "progress": (KeyResult, {"progress": "0.123456"}),
    "confidence": (KeyResult, {"confidence": 1}),
    "status": (KeyResult, {"status": "off_track"}),
    "due day": (KeyResult, {"next_due_on": "2026-01-01"}),
    "check-ins": (KeyResult, {"check_ins_count": 99}),
    "start is target": (KeyResult, {"target": 30}),
    "objective's progress": (Objective, {"progress": "0.5"}),
    "objective's count": (Objective, {"with_data": 9}),
    "objective's status": (Objective, {"status": "off_track"}),
    "never published": (Objective, {"published_on": None}),
    "set's progress": (GoalSet, {"progress": "0.5"}),
    "set's count": (GoalSet, {"drafts": 5}),
    "branch": (UnitNumbers, {"objectives": 7}),
    "path": (Unit, {"path": "/99/"}),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_row_is_seen(name: str) -> None:
    model, values = TAMPERED[name]
    _update(model, **values)
    assert list(checking.faults())


def test_a_missing_branch_row_is_seen() -> None:
    UnitNumbers.objects.all().delete()
    assert list(checking.faults())


def test_a_set_in_the_wrong_unit_is_seen() -> None:
    GoalSet.objects.filter(owner_person__isnull=False).update(unit=Unit.objects.get(key="co"))
    assert any("another unit" in line for line in checking.faults())


def test_loops_are_seen() -> None:
    one, other = Objective.objects.order_by("key")
    Alignment.objects.create(child=one, parent=other)
    ada, bob = Person.objects.order_by("key")
    Person.objects.filter(pk=ada.pk).update(manager=bob)
    Unit.objects.filter(key="co").update(parent=Unit.objects.get(key="eng"))
    lines = " ".join(checking.faults())
    assert "A loop of alignments: o1 → o2 → o1" in lines or "A loop of alignments: o2 → o1 → o2" in lines
    assert "their own manager" in lines
    assert "lies below itself" in lines


def test_a_lost_membership_is_seen() -> None:
    Membership.objects.all().delete()
    assert len([line for line in checking.faults() if "no member" in line]) == 2

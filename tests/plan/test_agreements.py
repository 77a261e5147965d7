"""Handshakes in plan files: out and in again, each to be verified, and never beside goals that say something else."""

import json
from typing import Any

import pytest

from tandem.integrations.plan import checking
from tandem.okr import commands as okr
from tandem.okr import versions
from tandem.okr.models import Agreement, GoalSet
from tandem.people.models import Person
from tests.plan.company import exported, refusals, small, write
from tests.plan.emptying import empty
from tests.world import fresh

pytestmark = pytest.mark.django_db


BOBS = {"id": "o3", "cycle": "q", "owner": "person:bob", "title": "欢迎"}
KEY_RESULT = {"id": "k3", "title": "好", "kind": "metric", "target": 9}


def signed() -> Agreement:
    """Bob's goal, on which he and Ada have shaken hands."""
    write(small(lambda plan: plan["objectives"].append({**BOBS, "key_results": [KEY_RESULT]})))
    bob, ada = Person.objects.get(key="bob"), Person.objects.get(key="ada")
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(owner_person=bob)
    one = okr.offer(bob, goals, forecast="All of it")
    for side in (bob, ada):
        okr.shake(side, fresh(one), seen=fresh(one).hash)
    return fresh(one)


def file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported())
    return found


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_out_and_in_again(form: str) -> None:
    one = signed()
    okr.edit_objective(Person.objects.get(key="bob"), one.goal_set.goals.get(), title="欢迎光临")
    text = exported(form)
    assert write(text, f"plan.{form}")["agreements"] == (0, 0, 1)
    empty()
    assert write(text, f"plan.{form}")["agreements"] == (1, 0, 0)
    assert exported(form) == text
    assert not list(checking.faults())
    again = Agreement.objects.get()
    assert (again.state, again.hash) == ("voided", one.hash)
    assert GoalSet.objects.get(owner_person__key="bob").agreement == "voided"


def test_anybody_verifies_it() -> None:
    signed()
    (item,) = file()["agreements"]
    assert item["hash"] == versions.hash_of(item["version"])
    assert json.loads(item["version"])["objectives"][0]["title"] == "欢迎"


def test_of_one_cycle() -> None:
    signed()
    assert len(json.loads(exported(cycle="q"))["agreements"]) == 1
    assert "agreements" not in json.loads(exported(cycle="old"))


def test_companies_without_handshakes_are_as_before() -> None:
    write(small())
    assert "agreements" not in file()


def test_a_change_of_the_goals_by_a_file_voids() -> None:
    one = signed()
    write(small(lambda plan: plan["objectives"].append({**BOBS, "title": "再见"})))
    assert fresh(one).state == "voided"
    assert not list(checking.faults())


BENT: dict[str, tuple[dict[str, Any], str]] = {
    "another text": ({"version": '{"objectives":[]}'}, "agreements[0].version"),
    "no version": ({"version": "x"}, "agreements[0].version"),
    "not letter by letter": ({"version": '{"objectives": []}'}, "agreements[0].version"),
    "another hash": ({"hash": "0" * 64}, "agreements[0].hash"),
    "one hand": ({"other_signed": None}, "agreements[0].state"),
    "a state that is none": ({"state": "agreed"}, "agreements[0].state"),
    "offered with both hands": ({"state": "offered"}, "agreements[0].state"),
    "nobody": ({"other_side": "eve"}, "agreements[0].other_side"),
    "no owner": ({"owner": "person:eve"}, "agreements[0].owner"),
    "no cycle": ({"cycle": "q9"}, "agreements[0].cycle"),
    "no moment": ({"offered": "2026-10-14"}, "agreements[0].offered"),
    "void though nothing changed": ({"state": "voided"}, "agreements[0].version"),
    "an unknown key": ({"seal": 1}, "agreements[0].seal"),
}


@pytest.mark.parametrize("what", BENT)
def test_what_cannot_be_verified_changes_nothing(what: str) -> None:
    signed()
    plan = file()
    fields, path = BENT[what]
    plan["agreements"][0] |= fields
    before = exported()
    assert path in refusals(plan)
    assert exported() == before


def test_goals_that_say_something_else_are_refused() -> None:
    signed()
    plan = file()
    plan["objectives"][-1]["title"] = "再见"
    assert list(refusals(plan)) == ["agreements[0].version"]
    empty()
    assert list(refusals(plan)) == ["agreements[0].version"]


def test_the_check_finds_a_forged_version() -> None:
    one = signed()
    Agreement.objects.filter(pk=one.pk).update(kept=one.kept.replace("欢迎", "再见"))
    assert any("hash" in fault for fault in checking.faults())
    Agreement.objects.filter(pk=one.pk).update(kept=one.kept)
    GoalSet.objects.filter(pk=one.goal_set_id).update(agreement="")
    assert any("agreement is stored as –" in fault for fault in checking.faults())

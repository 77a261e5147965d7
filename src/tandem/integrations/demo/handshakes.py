"""The demo company's handshakes: offered, on their way, signed, declined, and voided by a later change."""

from typing import Any

from tandem.cycles.queries import cycles_by_key
from tandem.okr import commands as okr
from tandem.okr.access import sides_of
from tandem.okr.queries import get_goal_set, handshake_of, key_result_by_key, objective_by_key
from tandem.people.queries import people_by_key

Item = dict[str, Any]


def fill_handshakes(plan: Item) -> None:
    """In the order of the file, each step by who takes it."""
    people = people_by_key({one["owner"] for one in plan["handshakes"]} | _hands(plan))
    cycle = cycles_by_key(["quarter"])["quarter"]
    for one in plan["handshakes"]:
        owner = people[one["owner"]]
        goals = get_goal_set(owner, owner, cycle)
        assert goals is not None
        other = _other_side(goals)
        agreement = okr.offer(owner, goals, forecast=one.get("forecast", ""))
        for key, text in one.get("suggest", {}).items():
            okr.suggest_wording(other, objective_by_key(other, key), text=text)
        if "expectation" in one:
            okr.expect_of_role(other, agreement, text=one["expectation"])
        if "declined" in one:
            okr.decline(other, agreement, reason=one["declined"])
        for name in one.get("hands", ()):
            okr.shake(people[name], agreement, seen=handshake_of(owner, goals).hash)
        for key, fields in one.get("then", {}).items():
            _change(owner, key, fields)


def _other_side(goals: Any) -> Any:
    other = sides_of(goals).other
    assert other is not None
    return other


def _hands(plan: Item) -> set[str]:
    return {name for one in plan["handshakes"] for name in one.get("hands", ())}


def _change(owner: Any, key: str, fields: Item) -> None:
    if key[-1].isalpha():
        okr.edit_key_result(owner, key_result_by_key(owner, key), **fields)
    else:
        okr.edit_objective(owner, objective_by_key(owner, key), **fields)

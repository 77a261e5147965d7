"""The demo company's handshakes: offered, on their way, signed, declined, and voided by a later change."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tandem.cycles.queries import cycles_by_key
from tandem.integrations.demo.days import on
from tandem.okr import commands as okr
from tandem.okr.access import sides_of
from tandem.okr.queries import get_goal_set, handshake_of, key_result_by_key, objective_by_key
from tandem.people.queries import people_by_key

Item = dict[str, Any]


def fill_handshakes(plan: Item, start: date, today: date) -> None:
    """In the order of their days, each step by who takes it. Days count from the `start` of the quarter; below 0, back
    from `today`."""
    people = people_by_key({one["owner"] for one in plan["handshakes"]} | _hands(plan))
    cycle = cycles_by_key(["quarter"])["quarter"]
    days: list[tuple[date, Callable[[], None]]] = []
    for one in plan["handshakes"]:
        steps = _Steps(one, people, cycle)
        for name in ("offered", "answered", "changed"):
            if name in one:
                day = (start if one[name] >= 0 else today) + timedelta(days=int(one[name]))
                days.append((day, getattr(steps, name)))
    for day, step in sorted(days, key=lambda found: found[0]):
        with on(day):
            step()


class _Steps:
    """What happens to one owner's offer: it is made, answered, and some goals change afterwards."""

    def __init__(self, one: Item, people: dict[str, Any], cycle: Any) -> None:
        self.one, self.people, self.owner = one, people, people[one["owner"]]
        goals = get_goal_set(self.owner, self.owner, cycle)
        assert goals is not None
        self.goals, self.other = goals, _other_side(goals)

    def offered(self) -> None:
        self.agreement = okr.offer(self.owner, self.goals, forecast=self.one.get("forecast", ""))

    def answered(self) -> None:
        one, agreement = self.one, self.agreement
        for key, text in one.get("suggest", {}).items():
            okr.suggest_wording(self.other, objective_by_key(self.other, key), text=text)
        if "expectation" in one:
            okr.expect_of_role(self.other, agreement, text=one["expectation"])
        if "declined" in one:
            okr.decline(self.other, agreement, reason=one["declined"])
        for name in one.get("hands", ()):
            okr.shake(self.people[name], agreement, seen=handshake_of(self.owner, self.goals).hash)

    def changed(self) -> None:
        for key, fields in self.one.get("then", {}).items():
            _change(self.owner, key, fields)


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

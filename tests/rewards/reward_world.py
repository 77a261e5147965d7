"""Rules announced before the quarter, and a round of it that is closed: Ada 92 and grade A, Ben 32 + 30 and grade C."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import time_machine

from tandem.kpi import commands as kpi
from tandem.kpi.models import Round, Stage
from tandem.people.actors import SYSTEM
from tandem.rewards import commands as rewards
from tandem.rewards.models import Ballot, Entry, RewardRule
from tests.kpi.scoring_world import TEAM_ITEMS, Quarter, opened
from tests.world import WEDNESDAY, World, fresh

SUMMER = date(2026, 9, 1)
"""Before the quarter that begins on 1 October."""
STARTS = date(2026, 10, 1)
TERMS: dict[str, dict[str, Any]] = {
    "per_point": {"rate": "0.5", "above": "60"},
    "per_grade": {"grades": [["A", "20"], ["B", "10"]]},
    "pool": {"pool": "1000"},
    "plus_minus": {"rate": "2"},
}


@contextmanager
def on(day: date) -> Iterator[None]:
    with time_machine.travel(f"{day}T09:00+00:00", tick=False):
        yield


def announced(world: World, kind: str = "per_point", **fields: Any) -> RewardRule:
    """A rule of that kind, announced in summer for the quarter; a plus or minus rule is Web's."""
    usual: dict[str, Any] = {"name": f"By {kind}", "kind": kind, "terms": TERMS[kind], "from_day": STARTS}
    if kind == "plus_minus":
        usual |= {"unit": world.web, "ballot_until": date(2026, 9, 10)}
    with on(SUMMER):
        return rewards.announce_rule(SYSTEM, None, **{**usual, **fields})


def ballot_of(rule: RewardRule) -> Ballot:
    return fresh(Ballot.objects.get(announced__rule=rule, announced__number=rule.latest))


def answered(ballot: Ballot, **choices: str) -> None:
    """`ada="agree"`, on a day of the ballot."""
    from tandem.people.models import Person

    for who, choice in choices.items():
        person = Person.objects.get(email=f"{who}@example.com")
        rewards.answer_ballot(person, ballot, choice=choice, reason="It pays twice." if choice == "object" else "")


def settled(quarter: Quarter, actuals: dict[str, int]) -> Round:
    """Everybody reviewed with these actuals, communicated, answered, closed."""
    world = quarter.world
    for who, actual in actuals.items():
        quarter.reviewed(getattr(world, who), actual)
    quarter.to(Stage.COMMUNICATED)
    for who in actuals:
        kpi.acknowledge(world.lin if who == "web" else getattr(world, who), quarter.card(getattr(world, who)))
    quarter.to(Stage.CLOSED)
    return fresh(kpi.close_round(world.hana, fresh(quarter.round)))


def closed(world: World) -> Round:
    return settled(opened(world, grades=[["A", 90], ["B", 70], ["C", 0]]), {"ada": 80, "ben": 40, "web": 80})


def closed_with_ideas(world: World) -> Round:
    """The same with a plus item: Ada brought two ideas of 3 points each, Ben none."""
    kpi.add_indicator(SYSTEM, None, code="ideas", name_en="Ideas", name_zh="点子", method="plus_minus")
    worth = {"base": "0", "step": "1", "points": "3"}
    idea = {"indicator": "ideas", "kind": "plus_minus", "method": "plus_minus", "target": "0", "parameters": worth}
    quarter = opened(world, [*TEAM_ITEMS, idea])
    for who, many in (("ada", 2), ("ben", 0)):
        kpi.note_item(world.lin, quarter.item(getattr(world, who), "ideas"), actual=many, note="Counted")
    return settled(quarter, {"ada": 80, "ben": 40, "web": 80})


def written(world: World, kind: str = "per_point", **fields: Any) -> Entry:
    """Ada's entry, by one rule."""
    announced(world, kind, **fields)
    rewards.write_points(SYSTEM, closed(world))
    return fresh(Entry.objects.get(person=world.ada))


__all__ = ["WEDNESDAY", "announced", "answered", "ballot_of", "closed", "closed_with_ideas", "on", "settled", "written"]

"""The demo company's rounds: last quarter's to its end, with an appeal; this quarter's on its way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tandem.core.clock import today
from tandem.integrations.demo.days import on
from tandem.kpi import commands as kpi
from tandem.kpi.queries import get_scorecard, items_of, scorecards
from tandem.people.actors import SYSTEM
from tandem.people.queries import people_by_key, units_by_key

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.kpi.models import Round, Scorecard, ScorecardItem

Item = dict[str, Any]


def fill_round(told: Item, cycle: "Cycle") -> None:
    """Days count from the cycle's end or, where the round still runs, from today; in the order of the file."""
    assert cycle.end is not None
    start = today() if told["from"] == "today" else cycle.end
    keeper = _person("jingyi")
    until = {name: cycle.end + timedelta(days=int(days)) for name, days in told["until"].items()}
    with on(_day(start, told["opened"]), 9):
        one = kpi.open_round(keeper, None, cycle=cycle, **told.get("rules", {}), **until)
    for step in told["steps"]:
        with on(_day(start, step["day"]), int(step.get("hour", 11))):
            for what, act in STEPS.items():
                if what in step:
                    act(keeper, one, step)
    if "closed" in told:
        with on(_day(start, told["closed"]), 16):
            kpi.close_round(keeper, one)


def _day(start: date, days: Any) -> date:
    return start + timedelta(days=int(days))


def _move(keeper: Any, one: "Round", step: Item) -> None:
    named = [_card(one, who).pk for who in step["who"]] if "who" in step else None
    kpi.move_cards(keeper, one, to=step["move"], cards=named)


def _peers(keeper: Any, one: "Round", step: Item) -> None:
    for who, names in step["peers"].items():
        card = _card(one, who)
        kpi.name_reviewers(keeper, card, manager=card.manager, second=card.second, peers=[_person(n) for n in names])


def _look_back(_keeper: Any, one: "Round", step: Item) -> None:
    for who, words in step["self"].items():
        kpi.review_oneself(_carrier(who), _card(one, who), words=words)


def _mark(_keeper: Any, one: "Round", step: Item) -> None:
    for who, marks in step["marks"].items():
        for by, value in marks.items():
            kpi.mark_item(_person(by), _item(_card(one, who), step["of"]), value=value)


def _note(_keeper: Any, one: "Round", step: Item) -> None:
    for who, said in step["notes"].items():
        card = _card(one, who)
        kpi.note_item(_reviewer(card), _item(card, said["of"]), note=said["note"], actual=said.get("actual"))


def _review(_keeper: Any, one: "Round", step: Item) -> None:
    for who, words in step["reviews"].items():
        card = _card(one, who)
        kpi.hand_in_review(_reviewer(card), card, words=words)


def _calibrate(keeper: Any, one: "Round", step: Item) -> None:
    for who, said in step["calibrate"].items():
        kpi.calibrate(keeper, _card(one, who), adjustment=said["by"], words=said["words"])


def _acknowledge(_keeper: Any, one: "Round", step: Item) -> None:
    for who in step["acknowledge"]:
        kpi.acknowledge(_carrier(who), _card(one, who))


def _appeal(_keeper: Any, one: "Round", step: Item) -> None:
    for who, words in step["appeal"].items():
        kpi.appeal(_carrier(who), _card(one, who), words=words)


def _decide(keeper: Any, one: "Round", step: Item) -> None:
    for who, said in step["decide"].items():
        kpi.decide_appeal(keeper, _card(one, who), words=said["words"], result=said.get("result"))


STEPS: dict[str, Callable[[Any, "Round", Item], None]] = {
    "peers": _peers,
    "self": _look_back,
    "notes": _note,
    "marks": _mark,
    "reviews": _review,
    "calibrate": _calibrate,
    "move": _move,
    "acknowledge": _acknowledge,
    "appeal": _appeal,
    "decide": _decide,
}


def _card(one: "Round", who: str) -> "Scorecard":
    rows = scorecards(SYSTEM).filter(round=one)
    if who.startswith("unit:"):
        return rows.get(unit__key=who.removeprefix("unit:"))
    return rows.get(person__key=who)


def _item(card: "Scorecard", code: str) -> "ScorecardItem":
    found = next(one for one in items_of(SYSTEM, card) if one.code == code)
    found.scorecard = get_scorecard(SYSTEM, card.pk)
    return found


def _reviewer(card: "Scorecard") -> Any:
    assert card.manager is not None
    return card.manager


def _carrier(who: str) -> Any:
    if who.startswith("unit:"):
        key = who.removeprefix("unit:")
        return units_by_key([key])[key].lead
    return _person(who)


def _person(key: str) -> Any:
    return people_by_key([key])[key]

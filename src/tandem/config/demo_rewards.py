"""The demo company's reward rules, ballots and points. They stand here because nothing below may know rewards."""

from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import transaction

from tandem.cycles.queries import cycles_by_key
from tandem.integrations.demo.days import on
from tandem.integrations.plan.reading import parse
from tandem.people.queries import people_by_key, units_by_key
from tandem.rewards import commands as rewards
from tandem.rewards.queries import closed_rounds, get_ballot, versions_of

if TYPE_CHECKING:
    from tandem.people.models import Person

KEEPER = "jingyi"
WEEK = timedelta(weeks=1)
LONG_BEFORE, LATELY = timedelta(weeks=4), timedelta(days=5)
Item = dict[str, Any]


@transaction.atomic
def fill_rewards(today: date) -> None:
    """Rules announced before last quarter, a ballot that passed then, one that is open, and last quarter's points."""
    place = files("tandem.integrations.demo").joinpath("company", "rewards.yaml")
    told: Any = parse(place.read_bytes(), "rewards.yaml")
    keeper = _person(KEEPER)
    cycles = cycles_by_key(["last", "next"])
    starts = {key: one.start for key, one in cycles.items() if one.start is not None}
    for one in told["rules"]:
        unit = units_by_key([one["unit"]])[one["unit"]] if "unit" in one else None
        said = {name: one[name] for name in ("name", "kind", "terms", "words")}
        with on(starts["last"] - LONG_BEFORE):
            rewards.announce_rule(keeper, None, unit=unit, from_day=starts["last"], **said)
    for one in told["ballots"]:
        day = starts["last"] - LONG_BEFORE if one["before"] == "last" else today - LATELY
        _ballot(keeper, one, day, starts[one["before"]])
    for scoring in closed_rounds(keeper):
        rewards.write_points(keeper, scoring)


def _ballot(keeper: "Person", one: Item, day: date, starts: date) -> None:
    said = {name: one[name] for name in ("name", "terms", "words")}
    unit = units_by_key([one["unit"]])[one["unit"]]
    with on(day):
        until = min(day + 2 * WEEK, starts - timedelta(days=1))
        rule = rewards.announce_rule(
            keeper, None, kind="plus_minus", unit=unit, from_day=starts, ballot_until=until, **said
        )  # fmt: skip
        ballot = get_ballot(keeper, versions_of(keeper, rule)[0].ballot.pk)
    for place, (who, (choice, reason)) in enumerate(one["answers"].items()):
        with on(day + timedelta(days=1 + place // 2), 11 + place):
            rewards.answer_ballot(_person(who), ballot, choice=choice, reason=reason)


def _person(key: str) -> "Person":
    return people_by_key([key])[key]

"""The rows of the matrix for reward rules, the ballot of the team Web (Ada, Ben, Lin) and Ada's points."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tandem.people.actors import SYSTEM
from tandem.rewards import commands as rewards
from tandem.rewards.models import Ballot
from tests.rewards.reward_world import TERMS, announced, ballot_of, closed, written

LATER = date(2027, 1, 1)


def _open_ballot(s: Any) -> Ballot:
    rule = rewards.announce_rule(
        SYSTEM, None, name="Bugs", kind="plus_minus", terms={}, unit=s.world.web, from_day=LATER,
        ballot_until=date(2026, 12, 1),
    )  # fmt: skip
    return ballot_of(rule)


def _due(s: Any) -> Any:
    announced(s.world)
    return closed(s.world)


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "rewards.announce_rule": {
        "": lambda _s, a: rewards.announce_rule(
            a, None, name="Points", kind="per_point", terms=TERMS["per_point"], from_day=LATER
        ),
    },
    "rewards.announce_change": {
        "": lambda s, a: rewards.announce_change(a, announced(s.world), terms={"rate": 1}, from_day=LATER),
    },
    "rewards.end_rule": {"": lambda s, a: rewards.end_rule(a, announced(s.world), from_day=LATER)},
    "rewards.answer_ballot": {
        "of one's team": lambda s, a: rewards.answer_ballot(a, _open_ballot(s), choice="agree"),
    },
    "rewards.write_points": {"": lambda s, a: rewards.write_points(a, _due(s))},
    "rewards.reverse_entry": {"": lambda s, a: rewards.reverse_entry(a, written(s.world), reason="x")},
    "rewards.export_payroll": {
        "": lambda s, a: rewards.export_payroll(a, written(s.world).round, form="csv"),
    },
    "rewards.note_look": {"": lambda s, a: rewards.note_look(a, s.world.ada)},
}

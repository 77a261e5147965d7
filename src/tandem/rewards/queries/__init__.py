"""Reading rules, ballots and points. Every function takes the actor first; what they may not see is not there."""

from tandem.rewards.queries.ballots import (
    Objection,
    Standing,
    ballots_of,
    ballots_to_answer,
    get_ballot,
    objections_to,
    standing_of,
    standings,
    voice_of,
)
from tandem.rewards.queries.due import Due, points_due
from tandem.rewards.queries.ledger import (
    RoundPoints,
    balance_of,
    balances,
    closed_rounds,
    entries_of,
    entries_of_round,
    get_entry,
    payroll_lines,
    points_by_round,
    sums_of_round,
)
from tandem.rewards.queries.proof import faults_of_points
from tandem.rewards.queries.rules import get_rule, known_rules, versions_of

__all__ = [
    "Due",
    "Objection",
    "RoundPoints",
    "Standing",
    "balance_of",
    "balances",
    "ballots_of",
    "ballots_to_answer",
    "closed_rounds",
    "entries_of",
    "entries_of_round",
    "faults_of_points",
    "get_ballot",
    "get_entry",
    "get_rule",
    "known_rules",
    "objections_to",
    "payroll_lines",
    "points_by_round",
    "points_due",
    "standing_of",
    "standings",
    "sums_of_round",
    "versions_of",
    "voice_of",
]

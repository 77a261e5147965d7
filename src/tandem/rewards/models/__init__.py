"""The tables of rewards. Keys point down, to people and to indicators, and nowhere else."""

from tandem.rewards.models.ballots import Ballot, Choice, Voice
from tandem.rewards.models.entries import Entry
from tandem.rewards.models.rules import Kind, RewardRule, RuleVersion

__all__ = ["Ballot", "Choice", "Entry", "Kind", "RewardRule", "RuleVersion", "Voice"]

"""Writing rules, ballots and the ledger."""

from tandem.rewards.commands.announcing import announce_change, announce_rule, end_rule
from tandem.rewards.commands.ballots import answer_ballot
from tandem.rewards.commands.entries import reverse_entry, write_points
from tandem.rewards.commands.looks import note_look
from tandem.rewards.commands.payroll import export_payroll

__all__ = [
    "announce_change",
    "announce_rule",
    "answer_ballot",
    "end_rule",
    "export_payroll",
    "note_look",
    "reverse_entry",
    "write_points",
]

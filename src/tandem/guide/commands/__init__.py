"""Everything one can do with examples and answers."""

from tandem.guide.commands.answers import (
    change_answers,
    keep_answers,
    keep_answers_about,
    restore_answers,
    withdraw_answers,
    write_from_answers,
)
from tandem.guide.commands.library import add_team_indicators
from tandem.guide.commands.starting import start_from_example, start_from_team, take_back_drafts

__all__ = [
    "add_team_indicators",
    "change_answers",
    "keep_answers",
    "keep_answers_about",
    "restore_answers",
    "start_from_example",
    "start_from_team",
    "take_back_drafts",
    "withdraw_answers",
    "write_from_answers",
]

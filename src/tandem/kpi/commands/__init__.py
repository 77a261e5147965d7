"""Writing indicators and their targets."""

from tandem.kpi.commands.agreeing import (
    accept_targets,
    change_targets,
    drop_targets,
    negotiate_target,
    speak_final_word,
)
from tandem.kpi.commands.indicators import (
    add_indicator,
    archive_indicator,
    edit_indicator,
    renew_indicator,
    restore_indicator,
)
from tandem.kpi.commands.issuing import issue_to_team, issue_to_unit
from tandem.kpi.commands.readings import enter_reading

__all__ = [
    "accept_targets",
    "add_indicator",
    "archive_indicator",
    "change_targets",
    "drop_targets",
    "edit_indicator",
    "enter_reading",
    "issue_to_team",
    "issue_to_unit",
    "negotiate_target",
    "renew_indicator",
    "restore_indicator",
    "speak_final_word",
]

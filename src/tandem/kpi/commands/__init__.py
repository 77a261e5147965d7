"""Writing indicators and their targets."""

from tandem.kpi.commands.agreeing import (
    accept_targets,
    change_targets,
    drop_targets,
    negotiate_target,
    speak_final_word,
)
from tandem.kpi.commands.claims import CLAIMABLE, claim_factor, decide_claim
from tandem.kpi.commands.files import import_file, send_library, send_readings
from tandem.kpi.commands.indicators import (
    add_indicator,
    archive_indicator,
    edit_indicator,
    renew_indicator,
    restore_indicator,
)
from tandem.kpi.commands.issuing import issue_to_team, issue_to_unit
from tandem.kpi.commands.library_file import import_indicators
from tandem.kpi.commands.looks import note_look
from tandem.kpi.commands.outcomes import acknowledge, appeal, calibrate, decide_appeal
from tandem.kpi.commands.readings import enter_reading, withdraw_reading
from tandem.kpi.commands.readings_file import import_readings
from tandem.kpi.commands.reminders import remind_of_round, remind_suppliers
from tandem.kpi.commands.reviews import (
    REVIEWED,
    hand_in_review,
    hand_in_second_review,
    mark_item,
    name_reviewers,
    note_item,
    note_parts,
    review_oneself,
)
from tandem.kpi.commands.rounds import Moved, close_round, edit_round, move_cards, open_round, refresh_round
from tandem.kpi.commands.splitting import split_target
from tandem.kpi.commands.standing_in import delegate_reviews

__all__ = [
    "CLAIMABLE",
    "REVIEWED",
    "Moved",
    "accept_targets",
    "acknowledge",
    "add_indicator",
    "appeal",
    "archive_indicator",
    "calibrate",
    "change_targets",
    "claim_factor",
    "close_round",
    "decide_appeal",
    "decide_claim",
    "delegate_reviews",
    "drop_targets",
    "edit_indicator",
    "edit_round",
    "enter_reading",
    "hand_in_review",
    "hand_in_second_review",
    "import_file",
    "import_indicators",
    "import_readings",
    "issue_to_team",
    "issue_to_unit",
    "mark_item",
    "move_cards",
    "name_reviewers",
    "negotiate_target",
    "note_item",
    "note_look",
    "note_parts",
    "open_round",
    "refresh_round",
    "remind_of_round",
    "remind_suppliers",
    "renew_indicator",
    "restore_indicator",
    "review_oneself",
    "send_library",
    "send_readings",
    "speak_final_word",
    "split_target",
    "withdraw_reading",
]

"""Everything one can do to goals."""

from tandem.okr.commands.actions import (
    add_action,
    archive_action,
    edit_action,
    reorder_actions,
    restore_action,
)
from tandem.okr.commands.alignment import align, unalign
from tandem.okr.commands.bulk import GoalsImport, import_goals, prepare_goals
from tandem.okr.commands.check_ins import (
    check_in,
    correct_check_in,
    publish_check_in,
    restore_check_in,
    withdraw_check_in,
)
from tandem.okr.commands.cloning import clone_goals, clone_objective
from tandem.okr.commands.comments import (
    add_comment,
    edit_comment,
    react,
    reopen_thread,
    reply,
    resolve_thread,
    restore_comment,
    take_back_reaction,
    withdraw_comment,
)
from tandem.okr.commands.follows import follow_objective, mute_objective
from tandem.okr.commands.handovers import hand_over, lay_down, undo_hand_over
from tandem.okr.commands.key_results import (
    add_key_result,
    archive_key_result,
    edit_key_result,
    reorder_key_results,
    restore_key_result,
    reweigh_key_results,
)
from tandem.okr.commands.objectives import (
    add_co_owner,
    archive_objective,
    create_objective,
    drop_objective,
    edit_objective,
    move_objective,
    publish_objective,
    reactivate_objective,
    remove_co_owner,
    reorder_objectives,
    restore_objective,
    unpublish_objective,
)
from tandem.okr.commands.reminders import remind_of_check_ins, remind_of_scores
from tandem.okr.commands.scoring import (
    reflect_on_goals,
    reflect_on_objective,
    score_key_result,
    take_proposals,
)
from tandem.okr.commands.visibility import add_reader, remove_reader, set_visibility

__all__ = [
    "GoalsImport",
    "add_action",
    "add_co_owner",
    "add_comment",
    "add_key_result",
    "add_reader",
    "align",
    "archive_action",
    "archive_key_result",
    "archive_objective",
    "check_in",
    "clone_goals",
    "clone_objective",
    "correct_check_in",
    "create_objective",
    "drop_objective",
    "edit_action",
    "edit_comment",
    "edit_key_result",
    "edit_objective",
    "follow_objective",
    "hand_over",
    "import_goals",
    "lay_down",
    "move_objective",
    "mute_objective",
    "prepare_goals",
    "publish_check_in",
    "publish_objective",
    "react",
    "reactivate_objective",
    "reflect_on_goals",
    "reflect_on_objective",
    "remind_of_check_ins",
    "remind_of_scores",
    "remove_co_owner",
    "remove_reader",
    "reopen_thread",
    "reorder_actions",
    "reorder_key_results",
    "reorder_objectives",
    "reply",
    "resolve_thread",
    "restore_action",
    "restore_check_in",
    "restore_comment",
    "restore_key_result",
    "restore_objective",
    "reweigh_key_results",
    "score_key_result",
    "set_visibility",
    "take_back_reaction",
    "take_proposals",
    "unalign",
    "undo_hand_over",
    "unpublish_objective",
    "withdraw_check_in",
    "withdraw_comment",
]

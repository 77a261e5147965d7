"""Everything one can do with a growth dossier."""

from tandem.growth.commands.companions import add_note, end_share, restore_note, share_dossier, withdraw_note
from tandem.growth.commands.recognition import recognize, restore_recognition, withdraw_recognition
from tandem.growth.commands.reviews import call_off, decide_review, drop_quote, name_panel, put_in_force, quote
from tandem.growth.commands.stories import edit_story, restore_story, tell_story, withdraw_story

__all__ = [
    "add_note",
    "call_off",
    "decide_review",
    "drop_quote",
    "edit_story",
    "end_share",
    "name_panel",
    "put_in_force",
    "quote",
    "recognize",
    "restore_note",
    "restore_recognition",
    "restore_story",
    "share_dossier",
    "tell_story",
    "withdraw_note",
    "withdraw_recognition",
    "withdraw_story",
]

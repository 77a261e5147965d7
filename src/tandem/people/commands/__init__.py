"""Everything one can do to the organisation."""

from tandem.people.commands.bulk import OrganizationImport, import_organization, prepare_organization
from tandem.people.commands.company import clean_words, edit_organization, lock_organization, note_backup
from tandem.people.commands.mergers import merge_unit, undo_merge
from tandem.people.commands.people import (
    add_person,
    edit_person,
    edit_profile,
    join_unit,
    leave_company,
    leave_unit,
    move_person,
    return_to_company,
    set_job_level,
    set_password,
    set_roles,
)
from tandem.people.commands.units import (
    AFTER_LINES,
    AFTER_MOVE,
    archive_unit,
    create_unit,
    edit_unit,
    give_back_lead,
    move_unit,
    name_lead,
    reorder_unit,
    restore_unit,
)

__all__ = [
    "AFTER_LINES",
    "AFTER_MOVE",
    "OrganizationImport",
    "add_person",
    "archive_unit",
    "clean_words",
    "create_unit",
    "edit_organization",
    "edit_person",
    "edit_profile",
    "edit_unit",
    "give_back_lead",
    "import_organization",
    "join_unit",
    "leave_company",
    "leave_unit",
    "lock_organization",
    "merge_unit",
    "move_person",
    "move_unit",
    "name_lead",
    "note_backup",
    "prepare_organization",
    "reorder_unit",
    "restore_unit",
    "return_to_company",
    "set_job_level",
    "set_password",
    "set_roles",
    "undo_merge",
]

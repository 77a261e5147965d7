"""The goals of a plan file: first compared and checked (`prepare_goals`), then written (`import_goals`)."""

from typing import TYPE_CHECKING

from tandem.core.bulk import Entry, Faults
from tandem.okr.commands.bulk.actions import prepare_actions
from tandem.okr.commands.bulk.agreements import import_agreements, prepare_agreements
from tandem.okr.commands.bulk.check_ins import prepare_check_ins
from tandem.okr.commands.bulk.key_results import prepare_key_results
from tandem.okr.commands.bulk.objectives import prepare_objectives
from tandem.okr.commands.bulk.prepared import GoalsImport
from tandem.okr.commands.bulk.write import import_goals

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle

__all__ = ["GoalsImport", "import_agreements", "import_goals", "prepare_goals"]


def prepare_goals(
    objectives: list[Entry],
    key_results: list[Entry],
    actions: list[Entry],
    check_ins: dict[str, list[Entry]],
    agreements: list[Entry],
    *,
    cycles: "dict[str, Cycle]",
    closed: set[str],
    objective_of: dict[str, str],
    faults: Faults,
) -> GoalsImport:
    """Compare a file's goals with the stored ones; what a rule refuses goes to `faults`. Writes nothing.

    `cycles` are those after the import, by key; in the `closed` ones nothing may change. `objective_of` says
    under which objective the file has its key results.
    """
    prepared = GoalsImport()
    prepare_objectives(prepared, objectives, cycles, closed, faults)
    prepare_key_results(prepared, key_results, closed, faults)
    prepare_actions(prepared, actions, objective_of, closed, faults)
    prepare_check_ins(prepared, check_ins, closed, faults)
    prepare_agreements(prepared, agreements, faults)
    return prepared

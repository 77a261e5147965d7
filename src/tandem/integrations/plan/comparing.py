"""A file beside the database: what is wrong with it, and what applying it would write."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tandem.core.bulk import Comparison, Fault, Faults
from tandem.cycles import commands as cycles
from tandem.integrations.plan.document import take_apart
from tandem.integrations.plan.meaning import check_meaning
from tandem.integrations.plan.trees import Tree
from tandem.okr import commands as goals
from tandem.people import commands as people
from tandem.people.actors import SYSTEM


class Faulty(Exception):
    """The file cannot be applied; `faults` are all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


@dataclass
class Prepared:
    """All that a file comes to, beside what is stored."""

    cycles: cycles.CyclesImport
    organization: people.OrganizationImport
    goals: goals.GoalsImport

    def comparisons(self) -> Iterable[tuple[str, Comparison]]:
        """By kind, in the order in which they are written."""
        yield "organization", self.organization.organization
        yield "cycles", self.cycles.comparison
        yield "units", self.organization.units
        yield "people", self.organization.people
        yield "objectives", self.goals.objectives
        yield "key_results", self.goals.key_results
        yield "actions", self.goals.actions
        yield "check_ins", self.goals.check_ins
        yield "agreements", self.goals.agreements

    @property
    def changes_nothing(self) -> bool:
        return not any(one.created or one.changed for _kind, one in self.comparisons())


def prepare(tree: Tree) -> Prepared:
    """Compare the file with what is stored. Writes nothing; raises Faulty with all faults."""
    faults = Faults()
    document = take_apart(tree, faults)
    check_meaning(document, faults)
    in_time = cycles.prepare_cycles(document.cycles, faults)
    organization = people.prepare_organization(document.organization, document.units, document.people, faults)
    wanted = goals.prepare_goals(
        document.objectives,
        document.key_results,
        document.actions,
        document.check_ins,
        document.agreements,
        cycles=in_time.cycles,
        closed=in_time.closed,
        objective_of=document.objective_of,
        faults=faults,
    )
    if faults:
        raise Faulty(faults.found)
    return Prepared(in_time, organization, wanted)


def _silent(_step: str) -> None:
    """Nobody watches."""


def apply(tree: Tree, tell: Callable[[str], None] = _silent) -> Prepared:
    """Compare and write, in one transaction: all of the file or nothing. Raises Faulty.

    `tell` hears which step begins.
    """
    with transaction.atomic():
        people.lock_organization()
        tell(_("comparing"))
        prepared = prepare(tree)
        tell(_("writing people"))
        cycles.import_cycles(SYSTEM, None, prepared=prepared.cycles)
        people.import_organization(SYSTEM, None, prepared=prepared.organization)
        tell(_("writing goals"))
        goals.import_goals(SYSTEM, None, prepared=prepared.goals)
        wrong = goals.import_agreements(SYSTEM, None, prepared=prepared.goals)
        if wrong:
            raise Faulty(wrong.found)
    return prepared

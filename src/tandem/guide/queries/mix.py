"""How OKR and KPI are mixed in a unit: what its people's answers suggested, for it and the units below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from tandem.guide import rules
from tandem.guide.models import Answers, Suggestion
from tandem.people.actors import Actor

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Unit
    from tandem.people.queries import UnitLine


@dataclass(frozen=True)
class MixRow:
    """How many answers suggested what, somewhere with all units below."""

    okr: int
    kpi: int
    both: int

    @property
    def all(self) -> int:
        return self.okr + self.kpi + self.both

    @property
    def leader(self) -> str:
        """okr, kpi, level, or "" while there is nothing to compare."""
        return rules.leader(self.okr, self.kpi) or ("level" if self.both else "")


@dataclass(frozen=True)
class Mix:
    """Of a unit's branch, and of each unit right below it (by key)."""

    whole: MixRow
    below: dict[int, MixRow]


def mix_of_unit(actor: Actor, unit: "Unit", cycle: "Cycle", below: "Sequence[UnitLine]") -> Mix:
    """Counts what the actor may know of: answers about objectives they may not read are left out. One query."""
    places = {"whole": unit.path} | {f"unit{one.id}": f"{unit.path}{one.id}/" for one in below}
    counts = {
        f"{name}_{word}": Count("pk", filter=Q(unit__path__startswith=path, suggestion=word))
        for name, path in places.items()
        for word in Suggestion.values
    }
    rows = Answers.objects.counted_for(actor).filter(cycle=cycle, unit__path__startswith=unit.path)
    found = rows.aggregate(**counts)
    made = {name: MixRow(**{word: found[f"{name}_{word}"] for word in Suggestion.values}) for name in places}
    return Mix(made["whole"], {one.id: made[f"unit{one.id}"] for one in below})


def answers_in_unit(actor: Actor, unit: "Unit", cycle: "Cycle") -> QuerySet[Answers]:
    """Answers about objectives in the unit and below that the actor may read, newest first."""
    rows = Answers.objects.living().visible_to(actor).filter(cycle=cycle, unit__path__startswith=unit.path)
    return rows.filter(objective__isnull=False).select_related(*Answers.read_with).order_by("-pk")

"""What a file's goals come to: checked, compared, and as rows that wait to be written."""

from dataclasses import dataclass, field

from tandem.core.bulk import Comparison, Entry
from tandem.okr.models import CheckIn, GoalSet, KeyAction, KeyResult, Objective


@dataclass
class Correction:
    """A stored check-in that gives way to another one; the old row stays in the history."""

    old: int
    new: CheckIn


@dataclass
class GoalsImport:
    """Rows by their keys; `cycles` are the cycles after the import, by key."""

    objectives: Comparison = field(default_factory=Comparison)
    key_results: Comparison = field(default_factory=Comparison)
    actions: Comparison = field(default_factory=Comparison)
    check_ins: Comparison = field(default_factory=Comparison)
    agreements: Comparison = field(default_factory=Comparison)
    agreed: list[Entry] = field(default_factory=list)
    """Every agreement of the file, unchanged ones too: each is looked at beside the goals."""
    stand_ins: dict[str, GoalSet] = field(default_factory=dict)
    """One set per cycle (by key) in which new objectives wait until the real ones are there."""
    new_sets: list[GoalSet] = field(default_factory=list)
    """Goal sets that this import makes: their numbers need nothing that is stored."""
    new_objectives: dict[str, Objective] = field(default_factory=dict)
    changed_objectives: dict[str, Objective] = field(default_factory=dict)
    known_objectives: dict[str, Objective] = field(default_factory=dict)
    """Stored ones that do not change themselves, but something under them does."""
    other_sets: set[int] = field(default_factory=set)
    """Goal sets (primary keys) that an objective moves out of or into."""
    new_key_results: dict[str, KeyResult] = field(default_factory=dict)
    changed_key_results: dict[str, KeyResult] = field(default_factory=dict)
    known_key_results: dict[str, KeyResult] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """New key results (keys) whose own fields are at fault."""
    new_actions: dict[str, KeyAction] = field(default_factory=dict)
    changed_actions: dict[str, KeyAction] = field(default_factory=dict)
    added: dict[str, list[CheckIn]] = field(default_factory=dict)
    corrected: dict[str, list[Correction]] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    """Stored check-ins that are said again behind a corrected one of their day."""
    drafts: list[CheckIn] = field(default_factory=list)
    authors: list[tuple[CheckIn, str]] = field(default_factory=list)
    """Check-ins whose author (a key) is known only when people are written."""

    def objective(self, key: str) -> Objective | None:
        return self.new_objectives.get(key) or self.changed_objectives.get(key) or self.known_objectives.get(key)

    def key_result(self, key: str) -> KeyResult | None:
        return self.new_key_results.get(key) or self.changed_key_results.get(key) or self.known_key_results.get(key)

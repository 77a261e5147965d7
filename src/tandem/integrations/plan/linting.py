"""The coach's findings about a plan file, without any database: what a reviewer of a merge request would ask."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from tandem.coach import (
    Finding,
    GoalSetText,
    KeyResultText,
    ObjectiveText,
    ParentText,
    findings_of_goal_set,
)
from tandem.core.bulk import Entry, Faults
from tandem.integrations.plan.comparing import Faulty
from tandem.integrations.plan.document import Document, take_apart
from tandem.integrations.plan.trees import Tree

_LIVING = ("draft", "active")


class Found(NamedTuple):
    """A finding, and where in the file; of a whole set the place is its first objective."""

    path: str
    finding: Finding


def findings(tree: Tree) -> Iterator[Found]:
    """About every owner's living objectives, cycle by cycle, in the file's order. Raises Faulty."""
    faults = Faults()
    document = take_apart(tree, faults)
    if faults:
        raise Faulty(faults.found)
    texts = _Texts(document)
    sets: dict[tuple[str, str], list[Entry]] = {}
    for one in document.objectives:
        if one.fields.get("state", "active") in _LIVING and one.fields.get("archived") is None:
            sets.setdefault((one.fields["owner"], one.fields["cycle"]), []).append(one)
    for (owner, _cycle), entries in sets.items():
        kind: Literal["person", "unit"] = "unit" if owner.startswith("unit:") else "person"
        asked = GoalSetText(tuple(map(texts.objective, entries)), kind)
        yield from (Found(one.where.ref or entries[0].path, one) for one in findings_of_goal_set(asked))


class _Texts:
    """The file's entries as the coach reads them; their paths are their names."""

    def __init__(self, document: Document) -> None:
        self.check_ins = document.check_ins
        self.objectives = {one.key: one for one in document.objectives}
        self.results: dict[str, list[Entry]] = {}
        self.actions: dict[str, int] = {}
        for one in document.key_results:
            if one.fields.get("archived") is None:
                self.results.setdefault(one.under, []).append(one)
        for one in document.actions:
            self.actions[one.under] = self.actions.get(one.under, 0) + 1

    def objective(self, entry: Entry) -> ObjectiveText:
        fields = entry.fields
        above = [self.objectives[key] for key in fields.get("aligned_to", ()) if key in self.objectives]
        return ObjectiveText(
            fields["title"],
            fields.get("ambition", "aspirational"),
            fields.get("category", "contribution"),
            self._results_of(entry),
            self.actions.get(entry.key, 0) if self.actions else None,
            tuple(ParentText(one.fields["title"], self._results_of(one)) for one in above),
            entry.path,
        )

    def _results_of(self, entry: Entry) -> tuple[KeyResultText, ...]:
        return tuple(map(self._key_result, self.results.get(entry.key, ())))

    def _key_result(self, entry: Entry) -> KeyResultText:
        fields: dict[str, Any] = entry.fields
        at_start = len(self.check_ins.get(entry.key, ())) <= 1
        return KeyResultText(
            fields["title"],
            fields.get("kind", "percent"),
            start=fields.get("start"),
            target=fields.get("target"),
            low=fields.get("low"),
            high=fields.get("high"),
            unit=fields.get("unit", ""),
            confidence=fields.get("confidence") if at_start else None,
            ref=entry.path,
        )

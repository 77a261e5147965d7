"""What the coach asks about goals, as one reader sees them: what they may not read is not compared aloud either."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from django.db.models import QuerySet

from tandem.coach import (
    Finding,
    GoalSetText,
    KeyResultText,
    ObjectiveText,
    ParentText,
    findings_of_goal_set,
    findings_of_objective,
    findings_of_text,
    sentences,
)
from tandem.coach.verdict import TextKind
from tandem.core.bulk import chunks
from tandem.core.rows import MOST_KEYS, Rows
from tandem.okr.models import KeyResult, Objective
from tandem.okr.queries.goals import Goal, goals_of_person, goals_of_unit, one_goal
from tandem.okr.queries.rows import KeyResultRow
from tandem.people.actors import Actor
from tandem.people.queries import organization

LIVING = ("draft", "active")
OwnerKind = Literal["person", "unit"]
Silencer = Literal["", "company", "writer"]


@dataclass(frozen=True)
class Coaching:
    """The findings of some goals. Their `where.ref` is the row's key."""

    findings: list[Finding] = field(default_factory=list)
    silenced_by: Silencer = ""
    """Who switched it off: the company, or the writer for what they write."""

    def of_set(self) -> list[Finding]:
        return [one for one in self.findings if one.where.kind == "goal_set"]

    def of_objective(self, key: int) -> list[Finding]:
        """About the objective itself, not about its key results."""
        return [one for one in self.findings if one.where == ("objective", key)]

    def of_key_result(self, key: int) -> list[Finding]:
        return [one for one in self.findings if one.where == ("key_result", key)]

    def counts(self) -> list[tuple[str, int]]:
        """How many of each code, most first."""
        return Counter(one.code for one in self.findings).most_common()


class _Above(NamedTuple):
    """A key result of an objective that is aligned to."""

    objective_id: int
    title: str
    kind: str
    start: Any
    target: Any
    unit: str


def _above(keys: list[int]) -> QuerySet[Any, Any]:
    rows = KeyResult.objects.filter(objective__in=keys, archived_on=None).order_by("position", "pk")
    return rows.values_list("objective_id", "title", "kind", "start", "target", "unit_label")


_above_rows = Rows(_Above, _above)


def silence(actor: Actor, owner: int | None) -> Silencer:
    """Who, if anybody, wants the coach to say nothing to this reader about what that person (None: a unit) writes."""
    if not organization().coach_asks:
        return "company"
    return "writer" if actor.pk == owner and not actor.coach_asks else ""


def coaching_of_goals(actor: Actor, goals: Iterable[Goal], owner_kind: OwnerKind) -> Coaching:
    """About one owner's goals of a cycle that were read already: one query more, none where nothing is aligned.

    Only living ones (draft, active, not archived) are looked at. `goals` are as the actor reads them.
    """
    shown = list(goals)
    if by := silence(actor, shown[0].objective.person_id if shown else None):
        return Coaching(silenced_by=by)
    objectives = texts_of(shown)
    company = organization()
    found = findings_of_goal_set(
        GoalSetText(tuple(objectives), owner_kind, company.most_objectives, company.most_key_results)
    )
    return Coaching(found)


def coaching_of_person(actor: Actor, person_id: int, cycle_id: int) -> Coaching:
    """About a person's goals of a cycle: eight queries at most."""
    return coaching_of_goals(actor, goals_of_person(actor, person_id, cycle_id).goals, "person")


def coaching_of_unit(actor: Actor, unit_id: int, cycle_id: int) -> Coaching:
    """About a unit's own goals of a cycle: eight queries at most."""
    return coaching_of_goals(actor, goals_of_unit(actor, unit_id, cycle_id).goals, "unit")


def coaching_of_objective(actor: Actor, objective: Objective) -> Coaching:
    """About one objective with what hangs under it, beside its parents: seven queries. Raises Missing (404)."""
    if by := silence(actor, objective.goal_set.owner_person_id):
        return Coaching(silenced_by=by)
    most = organization().most_key_results
    return Coaching(
        [
            finding
            for text in texts_of([one_goal(actor, objective.pk)])
            for finding in findings_of_objective(text, most_key_results=most)
        ]
    )


def coaching_while_typing(actor: Actor, typing: "Typing") -> Coaching:
    """About the one line that is being typed, beside what stands around it: seven queries at most.

    Only what its own words make one ask. Raises Missing (404) for an objective the actor does not see.
    """
    if by := silence(actor, actor.pk):
        return Coaching(silenced_by=by)
    if typing.objective is None:
        return Coaching(findings_of_text(typing.text, typing.kind))
    texts = texts_of([one_goal(actor, typing.objective.pk)])
    found = [finding for text in texts for finding in findings_of_objective(typing.put_into(text))]
    line = (typing.kind, typing.key_result if typing.kind == "key_result" else typing.objective.pk)
    return Coaching([one for one in found if one.where == line and one.code not in _OF_SURROUNDINGS])


_OF_SURROUNDINGS = {
    "no-key-results", "one-key-result", "many-key-results", "no-counter-metric", "no-action", "sure-from-start",
}  # fmt: skip


@dataclass(frozen=True)
class Typing:
    """A line as it stands on the screen, not stored yet. `objective` and `key_result` (a key): what it belongs to."""

    text: str
    kind: TextKind
    objective: Objective | None = None
    key_result: int | None = None

    def put_into(self, text: ObjectiveText) -> ObjectiveText:
        """The objective with this line in it."""
        if self.kind == "objective":
            return replace(text, title=self.text)
        said = sentences.read(self.text)
        fresh = KeyResultText(self.text, said.kind, said.start, said.target, said.low, said.high, said.unit)
        if self.key_result is None:
            return replace(text, key_results=(*text.key_results, fresh))
        return replace(text, key_results=tuple(self._changed(one) for one in text.key_results))

    def _changed(self, one: KeyResultText) -> KeyResultText:
        return replace(one, title=self.text) if one.ref == self.key_result else one


def texts_of(goals: Iterable[Goal]) -> list[ObjectiveText]:
    """Living goals as the coach reads them: one query for each 32 that are aligned to."""
    living = [one for one in goals if one.objective.state in LIVING and one.objective.archived_on is None]
    parents = {link.id for goal in living for link in goal.aligned_to}
    numbers: dict[int, list[KeyResultText]] = {}
    for keys in chunks(sorted(parents), MOST_KEYS):
        for row in _above_rows(keys=keys):
            numbers.setdefault(row.objective_id, []).append(
                KeyResultText(row.title, row.kind, row.start, row.target, unit=row.unit)
            )
    return [_text(goal, numbers) for goal in living]


def _text(goal: Goal, numbers: dict[int, list[KeyResultText]]) -> ObjectiveText:
    one = goal.objective
    return ObjectiveText(
        one.title,
        one.ambition,
        one.category,
        tuple(map(_key_result, goal.key_results)),
        sum(1 for action in goal.actions if action.state != "dropped"),
        tuple(ParentText(link.title, tuple(numbers.get(link.id, ()))) for link in goal.aligned_to),
        one.id,
    )


def _key_result(row: KeyResultRow) -> KeyResultText:
    at_start = row.check_ins <= 1
    return KeyResultText(
        row.title, row.kind, row.start, row.target, row.low, row.high, row.unit,
        row.confidence if at_start else None, row.weight, row.id,
    )  # fmt: skip

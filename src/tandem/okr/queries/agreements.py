"""Handshakes as their readers see them: what stands, what was kept, what differs, who gives a hand."""

from dataclasses import dataclass, field
from datetime import datetime

from tandem.core.clock import today
from tandem.okr import versions
from tandem.okr.access import BothSides, is_due, may_read_handshake, seen_among, sides_of
from tandem.okr.commands.kept import contents, version_of
from tandem.okr.models import Agreement, AgreementState, GoalSet, Objective, Suggestion, SuggestionState, Visibility
from tandem.okr.models.agreements import between
from tandem.okr.queries.lookups import missing
from tandem.okr.queries.versions_seen import titles_seen
from tandem.people.actors import Actor

MOST_KEPT = 50


@dataclass(frozen=True)
class Handshake:
    """A goal set before its two sides. `version` and `changes` hold what the reader may see of it."""

    goal_set: GoalSet
    agreement: Agreement | None
    """The newest one."""
    hash: str
    """Of the whole version that stands now: what one gives a hand on."""
    version: versions.Version
    changes: list[versions.Change]
    """From the version that was offered or signed to the one that stands now."""
    sides: BothSides
    reader: int | None
    is_due: bool
    """It was signed by somebody who no longer stands there."""
    titles: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Key and title of every objective named, by id."""
    suggestions: list[Suggestion] = field(default_factory=list)
    earlier: list[Agreement] = field(default_factory=list)
    above_changed: list[tuple[int, str]] = field(default_factory=list)
    """Objectives above that say something else than when this was signed: key and title."""

    @property
    def state(self) -> str:
        return self.agreement.state if self.agreement is not None else ""

    @property
    def is_owner_side(self) -> bool:
        return self.sides.owner is not None and self.sides.owner.pk == self.reader

    @property
    def is_other_side(self) -> bool:
        return self.sides.other is not None and self.sides.other.pk == self.reader

    @property
    def is_open(self) -> bool:
        return not (self.goal_set.cycle.is_closed or self.goal_set.cycle.is_backlog)

    @property
    def may_offer(self) -> bool:
        on_its_way = self.state == AgreementState.OFFERED or (self.state == AgreementState.SIGNED and not self.is_due)
        asked = self.sides.other is not None and bool(self.version["objectives"])
        return self.is_open and self.is_owner_side and not on_its_way and asked

    @property
    def my_hand(self) -> datetime | None:
        """When the reader gave their hand on what is offered or signed."""
        if self.agreement is None:
            return None
        return self.agreement.owner_signed_at if self.is_owner_side else self.agreement.other_signed_at

    @property
    def may_shake(self) -> bool:
        is_side = self.is_owner_side or self.is_other_side
        return self.is_open and self.state == AgreementState.OFFERED and is_side and self.my_hand is None

    @property
    def is_wording(self) -> bool:
        """What differs from the signed version could be a mere correction of its wording."""
        return bool(self.changes) and versions.is_wording(self.changes)


def handshake_of(actor: Actor, goals: GoalSet) -> Handshake:
    """About 15 queries, whatever the size of the company. Raises Missing (404) for whom it is not to read."""
    if not may_read_handshake(actor, goals):
        raise missing()
    kept = _agreements_on(goals)
    latest = kept[0] if kept else None
    text = version_of(goals)
    stands = versions.read(text)
    before = versions.read(latest.kept) if latest is not None else stands
    titles = titles_seen(actor, [stands, before])
    return Handshake(
        goals,
        latest,
        versions.hash_of(text),
        versions.seen(stands, titles.keys()),
        versions.changes(versions.seen(before, titles.keys()), versions.seen(stands, titles.keys())),
        sides_of(goals),
        actor.pk,
        latest is not None and is_due(latest),
        titles,
        _suggestions(actor, goals),
        kept[1:],
        _above_changed(latest, titles),
    )


def _agreements_on(goals: GoalSet) -> list[Agreement]:
    rows = Agreement.objects.filter(goal_set=goals).select_related("owner_side", "other_side", "ended_by")
    found = list(rows.order_by("-pk")[:MOST_KEPT])
    for one in found:
        one.goal_set = goals
    return found


def _suggestions(actor: Actor, goals: GoalSet) -> list[Suggestion]:
    read = Objective.objects.visible_to(actor).filter(goal_set=goals, archived_on=None)
    rows = Suggestion.objects.filter(objective__in=read.values("pk").order_by(), state=SuggestionState.OPEN)
    return list(rows.select_related("author", "key_result").order_by("pk"))


def _above_changed(latest: Agreement | None, titles: dict[str, tuple[int, str]]) -> list[tuple[int, str]]:
    if latest is None or latest.state != AgreementState.SIGNED:
        return []
    keys = [key for key in latest.above if key in titles]
    found = contents(Objective.objects.filter(key__in=keys)) if keys else []
    return [titles[one["id"]] for _set, one in found if versions.content_hash(one) != latest.above[one["id"]]]


def get_agreement(actor: Actor, pk: int) -> Agreement:
    """Raises Missing (404)."""
    found = Agreement.objects.select_related(*Agreement.read_with).filter(pk=pk).first()
    if found is None or not may_read_handshake(actor, found.goal_set):
        raise missing()
    return found


def get_suggestion(actor: Actor, pk: int) -> Suggestion:
    """Raises Missing (404)."""
    found = Suggestion.objects.select_related(*Suggestion.read_with).filter(pk=pk).first()
    if found is None or found.objective_id not in _seen(actor, found.objective):
        raise missing()
    return found


def _seen(actor: Actor, objective: Objective) -> set[int]:
    is_open = objective.visibility == Visibility.COMPANY
    return {objective.pk} if is_open else seen_among(actor, [objective.pk])


def set_for_handshake(actor: Actor, pk: int) -> GoalSet:
    """A goal set whose handshake the actor may read. Raises Missing (404)."""
    found = GoalSet.objects.select_related(*GoalSet.read_with).filter(pk=pk).first()
    if found is None or not may_read_handshake(actor, found):
        raise missing()
    return found


def shown_state(actor: Actor, goals: int, state: str) -> str:
    """The state of the agreement on a set in which not everything is open: "" for whom it is not. One query."""
    if not state or actor.pk is None:
        return state
    read = actor.is_active and GoalSet.objects.filter(between(actor.pk, today()), pk=goals).exists()
    return state if read else ""


def kept_version(actor: Actor, one: Agreement) -> versions.Version:
    """What was signed, as the actor may read it: one query."""
    whole = versions.read(one.kept)
    return versions.seen(whole, titles_seen(actor, [whole]).keys())

"""Goals as what can be found: by which words, and how they are shown to a reader who may read them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tandem.core.bulk import chunks
from tandem.core.clock import today
from tandem.core.texts import shortened
from tandem.cycles.queries import every_cycle
from tandem.okr.models import Comment, KeyResult, Objective
from tandem.people.actors import Actor, System
from tandem.search import kinds
from tandem.search.kinds import Hit, Kind, Nearby, Text
from tandem.search.rules import words_of

_OF_DESCRIPTION = 1000
"""Characters of a description that are found."""
_PLACE = ("goal_set__cycle_id", "goal_set__owner_person_id", "goal_set__owner_unit_id", "goal_set__unit_id")


class _Row(NamedTuple):
    pk: int
    title: str
    description: str
    cycle: int
    person: int | None
    unit: int | None
    home: int | None


def _texts(rows: QuerySet[Any], path: str, keys: Iterable[int] | None) -> Iterator[Text]:
    columns = ("pk", "title", "description", *(path + one for one in _PLACE))
    for some in [None] if keys is None else chunks(keys):
        asked = rows if some is None else rows.filter(pk__in=some)
        for values in asked.order_by("pk").values_list(*columns).iterator(chunk_size=2000):
            row = _Row(*values)
            yield Text(row.pk, row.title, _words(row.title, row.description), _scopes(row))


def _objective_texts(keys: Iterable[int] | None) -> Iterator[Text]:
    return _texts(Objective.objects.filter(archived_on=None), "", keys)


def _key_result_texts(keys: Iterable[int] | None) -> Iterator[Text]:
    return _texts(KeyResult.objects.filter(archived_on=None, objective__archived_on=None), "objective__", keys)


def _comment_texts(keys: Iterable[int] | None) -> Iterator[Text]:
    rows = Comment.objects.filter(withdrawn_at=None, objective__archived_on=None)
    columns = ("pk", "text", *(f"objective__{one}" for one in _PLACE))
    for some in [None] if keys is None else chunks(keys):
        asked = rows if some is None else rows.filter(pk__in=some)
        for pk, text, *place in asked.order_by("pk").values_list(*columns).iterator(chunk_size=2000):
            yield Text(pk, shortened(text), _words("", text), _scopes(_Row(pk, "", "", *place)))


def text_of(row: Objective | KeyResult, objective: Objective) -> Text:
    """The same of a row at hand, whose objective's goal set is at hand too."""
    goals = objective.goal_set
    place = (goals.cycle_id, goals.owner_person_id, goals.owner_unit_id, goals.unit_id)
    return Text(row.pk, row.title, _words(row.title, row.description), _scopes(_Row(row.pk, row.title, "", *place)))


def _words(title: str, description: str) -> list[str]:
    return words_of(title, description[:_OF_DESCRIPTION]) if description else words_of(title)


def _scopes(row: _Row) -> list[str]:
    owner = f"p{row.person}" if row.person is not None else f"o{row.unit}"
    return [f"c{row.cycle}", owner, *([f"u{row.home}"] if row.home is not None else [])]


_SHOWN = (
    *("goal_set__owner_person__name", "goal_set__owner_unit__name", "goal_set__owner_person_id"),
    *("goal_set__unit_id", "goal_set__unit__name", "goal_set__cycle__name"),
    *("goal_set__cycle__start", "goal_set__cycle__end", "state"),
)


def _objective_hits(actor: Actor, keys: list[int]) -> list[Hit]:
    rows = Objective.objects.visible_to(actor).filter(pk__in=keys, archived_on=None).order_by()
    return [_hit(actor, "objective", *values) for values in rows.values_list("pk", "title", "pk", *_SHOWN)]


def _key_result_hits(actor: Actor, keys: list[int]) -> list[Hit]:
    readable = Objective.objects.visible_to(actor).filter(key_results__in=keys, archived_on=None)
    rows = KeyResult.objects.filter(pk__in=keys, archived_on=None, objective__in=readable.values("pk")).order_by()
    columns = (f"objective__{one}" for one in _SHOWN)
    return [_hit(actor, "key_result", *values) for values in rows.values_list("pk", "title", "objective_id", *columns)]


def _comment_hits(actor: Actor, keys: list[int]) -> list[Hit]:
    """What was said, with its author, in what is said of the objective's own place."""
    readable = Objective.objects.visible_to(actor).filter(comments__in=keys, archived_on=None)
    rows = Comment.objects.filter(pk__in=keys, withdrawn_at=None, objective__in=readable.values("pk")).order_by()
    columns = ("pk", "text", "objective_id", *(f"objective__{one}" for one in _SHOWN), "author__name")
    found = []
    for pk, text, under, *shown, author in rows.values_list(*columns):
        hit = _hit(actor, "comment", pk, shortened(text), under, *shown)
        found.append(replace(hit, owner=author or "Tandem", unit="", also=words_of(text[:_OF_DESCRIPTION])))
    return found


def _hit(
    actor: Actor, kind: str, pk: int, title: str, under: int, person: str | None, owner: str | None,
    person_id: int | None, unit_id: int | None, unit: str | None, cycle: str, start: date | None, end: date | None,
    state: str,
) -> Hit:  # fmt: skip
    home = getattr(actor, "unit_id", None)
    mine = person_id is not None and person_id == actor.pk
    return Hit(
        kind,
        pk,
        title,
        under=under,
        owner=person or owner or "",
        unit=unit or "" if person else "",
        cycle=cycle,
        state="" if state == "active" else state,
        is_near=mine or (unit_id is not None and unit_id == home),
        is_current=start is not None and end is not None and start <= today() <= end,
    )


def _nearby(actor: Actor) -> Nearby:
    """Own goals, those of the own unit and its people, those of the units above; then those of cycles that run."""
    day = today()
    running = [one for one in every_cycle(actor) if one.start and one.end and one.start <= day <= one.end]
    return Nearby(_own(actor), [f"c{one.pk}" for one in running])


def _own(actor: Actor) -> list[str]:
    if isinstance(actor, System):
        return []
    above = [] if actor.unit is None else actor.unit.path_ids[:-1]
    return [f"p{actor.pk}", *([f"u{actor.unit_id}"] if actor.unit_id else []), *(f"o{one}" for one in above)]


def register() -> None:
    kinds.register(Kind("objective", 3, _("Objectives"), _objective_texts, _objective_hits, _nearby))
    kinds.register(Kind("key_result", 4, _("Key results"), _key_result_texts, _key_result_hits, _nearby))
    kinds.register(Kind("comment", 5, _("Comments"), _comment_texts, _comment_hits, _nearby))

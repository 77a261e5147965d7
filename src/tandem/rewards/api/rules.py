"""Reward rules: read by those they concern, announced by the people team."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import OMITTED, Day, Id, IdText, Named, Number, Shown, Text, Versioned
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.core.http.versions import expected
from tandem.people.actors import Actor, actor_of
from tandem.people.api.asking import named
from tandem.people.queries import get_unit
from tandem.rewards import commands
from tandem.rewards.models import RewardRule
from tandem.rewards.queries import get_rule, known_rules, versions_of

router = Router(tags=["rewards"])
KindName = Literal["per_point", "per_grade", "pool", "plus_minus"]
Terms = dict[str, Number | list[Text | tuple[Text, Number]] | None]


class RuleChange(Versioned):
    terms: Terms
    """By kind, see docs/kpi.md: rate, above, most; grades; pool, levels; rate, codes, most_plus, most_minus."""
    from_day: Day
    """Periods that start on this day or later have it; it is after today."""
    ballot_until: Day | None = None
    """Plus and minus rules: the last day to answer."""
    words: Text = OMITTED


class NewRule(RuleChange):
    name: Text
    kind: KindName
    unit: Id | None = None
    """Whose people, with the units below; left out: the whole company."""


class RuleEnd(Versioned):
    from_day: Day


class RewardLine(Shown):
    id: int
    name: str
    kind: KindName
    unit: Named | None
    latest: int
    ended_from: date | None
    version: int


class RewardsOut(Shown):
    items: list[RewardLine]
    next: str | None


class Announcement(Shown):
    number: int
    terms: dict[str, Any]
    words: str
    from_day: date
    announced_on: date
    announced_by: str
    ballot: int | None


class RewardOut(RewardLine):
    versions: list[Announcement]


@router.get("/rewards", response=RewardsOut)
def list_rules(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Those that concern you; the people team's are all."""
    found = page(known_rules(actor_of(request)), ("pk",), lambda one: (one.pk,), cursor=cursor, limit=limit,
                 name="rewards")  # fmt: skip
    return answer({"items": [_line(one) for one in found.items], "next": found.next})


@router.post("/rewards", response={201: RewardOut})
def announce(request: HttpRequest, body: NewRule) -> HttpResponse:
    """For periods that start later. A plus or minus rule opens the ballot of its team."""
    actor = actor_of(request)
    fields = body.said() | {"unit": named(get_unit, actor, body.unit, "unit")}
    return _shown(actor, commands.announce_rule(actor, None, **fields).pk, status=201)


@router.get("/rewards/{rule_id}", response=RewardOut)
def read_rule(request: HttpRequest, rule_id: IdText) -> HttpResponse:
    """With all its announcements, the newest first."""
    return _shown(actor_of(request), rule_id)


@router.post("/rewards/{rule_id}/announcements", response={201: RewardOut})
def announce_change(request: HttpRequest, rule_id: IdText, body: RuleChange) -> HttpResponse:
    """Another version, for later periods."""
    actor = actor_of(request)
    version = expected(request, body.version)
    commands.announce_change(actor, get_rule(actor, rule_id), version=version, **body.said())
    return _shown(actor, rule_id, status=201)


@router.post("/rewards/{rule_id}/end", response=RewardOut)
def end(request: HttpRequest, rule_id: IdText, body: RuleEnd) -> HttpResponse:
    """Later periods do not have it any more."""
    actor = actor_of(request)
    version = expected(request, body.version)
    commands.end_rule(actor, get_rule(actor, rule_id), version=version, **body.said())
    return _shown(actor, rule_id)


def _line(one: RewardRule) -> dict[str, Any]:
    unit = {"id": one.unit.pk, "name": one.unit.name} if one.unit is not None else None
    names = ("name", "kind", "latest", "ended_from", "version")
    return {"id": one.pk, "unit": unit, **{name: getattr(one, name) for name in names}}


def _shown(actor: Actor, pk: int, status: int = 200) -> HttpResponse:
    one = get_rule(actor, pk)
    versions = [
        {
            "number": row.number,
            "terms": row.terms,
            "words": row.words,
            "from_day": row.from_day,
            "announced_on": row.announced_on,
            "announced_by": row.announced_by.name if row.announced_by else "Tandem",
            "ballot": row.ballot.pk if hasattr(row, "ballot") else None,
        }
        for row in versions_of(actor, one)
    ]
    return answer(_line(one) | {"versions": versions}, status=status, version=one.version)

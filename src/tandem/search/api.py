"""Search through the JSON door."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from tandem.core.errors import Invalid
from tandem.core.http.answers import answer
from tandem.core.http.bodies import Shown
from tandem.search.kinds import KINDS, Hit
from tandem.search.queries import search

router = Router(tags=["search"])
MOST = 200
"""Whoever has read this many answers needs other words."""
PAGE = 20


class HitOut(Shown):
    kind: str
    """person, unit, objective, key_result or comment."""
    id: int
    title: str
    objective: int | None
    """Where a key result or comment belongs."""
    owner: str
    unit: str
    cycle: str
    state: str
    """left, archived, draft, dropped or closed; "" for what is alive."""


class HitsOut(Shown):
    items: list[HitOut]
    next: str | None


@router.get("/search", response=HitsOut)
def find_anything(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=10_000)] = "",
    kind: str | None = None,
    cursor: Annotated[str | None, Query(pattern="^[1-9][0-9]{0,2}$")] = None,
    limit: Annotated[int, Field(ge=1, le=100)] = PAGE,
) -> HttpResponse:
    """What answers `q`, best first: names (pinyin and first letters too), titles, descriptions; of one `kind`, or the
    best of each. Only what one may see. Of a kind at most 200 can be paged through."""
    if kind is not None and kind not in KINDS:
        raise Invalid(_("Choose one of the offered values."), field="kind")
    start = int(cursor or 0)
    found = search(request.user, q, None if kind is None else [kind], limit=min(start + limit + 1, MOST))  # type: ignore[arg-type]
    hits = [hit for some in found.hits.values() for hit in some]
    shown = hits[start : start + limit]
    more = len(hits) > start + limit and start + limit < MOST
    return answer({"items": [_hit(one) for one in shown], "next": str(start + limit) if more else None})


def _hit(one: Hit) -> dict[str, object]:
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "objective": one.under,
        "owner": one.owner,
        "unit": one.unit,
        "cycle": one.cycle,
        "state": one.state,
    }

"""Units and cycles in numbers: who has drafted and checked in, how it goes, what is most at risk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer
from tandem.core.http.bodies import IdText
from tandem.cycles.queries import get_cycle
from tandem.okr.api.as_json import objective_json
from tandem.okr.api.shapes import AtRiskOut, TallyOut
from tandem.okr.queries.overview import Tally, branch_numbers, most_at_risk
from tandem.people.actors import actor_of
from tandem.people.queries import get_unit

router = Router(tags=["numbers"])
_COUNTS = (
    *("people_drafted", "people_published", "people_checked_in"),
    *("drafts", "objectives", "key_results", "with_data"),
)


@router.get("/units/{id:unit_id}/numbers", response=TallyOut)
def read_units_numbers(request: HttpRequest, unit_id: int, cycle: IdText) -> HttpResponse:
    """The whole branch: the unit and all units below it."""
    actor = actor_of(request)
    found = branch_numbers(actor, cycle, [unit_id])
    if unit_id not in found:
        get_unit(actor, unit_id), get_cycle(actor, cycle)
    return answer(_json(found.get(unit_id, Tally())))


@router.get("/cycles/{id:cycle_id}/numbers", response=TallyOut)
def read_cycles_numbers(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The whole company."""
    actor = actor_of(request)
    found = branch_numbers(actor, cycle_id)
    if not found:
        get_cycle(actor, cycle_id)
    return answer(_json(found.get(None, Tally())))


@router.get("/cycles/{id:cycle_id}/at-risk", response=AtRiskOut)
def read_at_risk(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """The ten active objectives to worry about most."""
    actor = actor_of(request)
    found = most_at_risk(actor, get_cycle(actor, cycle_id).pk)
    return answer({"items": [objective_json(one) for one in found]})


def _json(tally: Tally) -> dict[str, Any]:
    spread = {"confidences": tally.confidences, "progresses": tally.progresses}
    return {**{name: tally[name] for name in _COUNTS}, "confidence": tally.confidence, **spread}

"""A cycle's or a unit's goals as a workbook: what the person who asks may see, in their language."""

import io

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.core.errors import Missing
from tandem.cycles.queries import every_cycle, get_cycle
from tandem.okr.queries.lists import Filters
from tandem.pages.views.asking import chosen_cycle
from tandem.people.actors import actor_of
from tandem.people.queries import get_unit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_OBJECTIVES = 5_000
"""More would hold a server's thread for too long; `tandem export --format xlsx` has no such bound."""


@require_GET
def cycle_workbook(request: HttpRequest, cycle_id: int) -> HttpResponse:
    cycle = get_cycle(actor_of(request), cycle_id)
    return _workbook(request, Filters(cycle=cycle.pk), cycle.name)


@require_GET
def unit_workbook(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unit with all below it, in one cycle."""
    actor = actor_of(request)
    unit = get_unit(actor, unit_id)
    cycle = chosen_cycle(request, every_cycle(actor))
    if cycle is None:
        raise Missing(_("No cycle has been opened yet."))
    return _workbook(request, Filters(cycle=cycle.pk, branch=unit.pk), f"{unit.name} {cycle.name}")


def _workbook(request: HttpRequest, which: Filters, title: str) -> HttpResponse:
    from tandem.integrations.xlsx.goals import write_workbook  # noqa: PLC0415 - openpyxl takes 16 MB, only if needed

    made = io.BytesIO()
    write_workbook(actor_of(request), which, made, title=title, most=MOST_OBJECTIVES)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, f"{title}.xlsx"))
    return response

"""The payroll file as an answer, for both doors."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tandem.rewards.rules.payroll import TYPES

if TYPE_CHECKING:
    from tandem.kpi.models import Round


def payroll_answer(one: "Round", form: str, made: bytes) -> HttpResponse:
    answer = HttpResponse(made, content_type=TYPES[form])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, f"payroll-{one.cycle.key}.{form}"))
    return answer

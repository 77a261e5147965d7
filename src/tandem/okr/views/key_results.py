"""A key result: its block on the objective's page, its history and chart, and putting it away."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.okr import commands
from tandem.okr.models import KeyResult
from tandem.okr.queries import get_key_result
from tandem.okr.views.reading import feed_of, shown
from tandem.people.actors import actor_of


def answer_block(request: HttpRequest, key_result_id: int, *, with_history: bool = False) -> HttpResponse:
    """The key result's block and, beside it, what of the page follows from it: numbers and feed."""
    given = _given(request, key_result_id)
    given["items"], given["next"] = feed_of(actor_of(request), given["shown"].goal.objective.id)
    given["with_history"] = with_history
    response = render(request, "okr/objective/block_answer.html", given)
    response.headers["HX-Retarget"] = f"#kr-{key_result_id}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _given(request: HttpRequest, key_result_id: int) -> dict[str, Any]:
    row = get_key_result(actor_of(request), key_result_id)
    page = shown(actor_of(request), row.objective_id)
    return {"shown": page, "course": page.courses.get(key_result_id), "row": row}


@require_GET
def block(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """The block as it is: where "Cancel" goes."""
    return answer_block(request, key_result_id)


@require_GET
def history(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """All that was said about a key result, with its chart; a page of its own for whoever comes by a link."""
    template = "okr/objective/history.html" if wants_fragment(request) else "okr/objective/history_page.html"
    return render(request, template, _given(request, key_result_id))


@require_POST
def archive(request: HttpRequest, key_result_id: int) -> HttpResponse:
    return _put(request, key_result_id, commands.archive_key_result, _("The key result was archived."))


@require_POST
def restore(request: HttpRequest, key_result_id: int) -> HttpResponse:
    return _put(request, key_result_id, commands.restore_key_result, _("The key result is back."))


def _put(
    request: HttpRequest, key_result_id: int, act: Callable[[Any, KeyResult], KeyResult], text: str
) -> HttpResponse:
    row = act(actor_of(request), get_key_result(actor_of(request), key_result_id))
    if not wants_fragment(request):
        return back(request, reverse("objective", args=[row.objective_id]), text)
    undo = reverse("key_result_restore", args=[row.pk]) if row.archived_on else ""
    given = {**_given(request, key_result_id)}
    given["items"], given["next"] = feed_of(actor_of(request), row.objective_id)
    return announce(render(request, "okr/objective/numbers_answer.html", given), toast={"text": text, "undo": undo})

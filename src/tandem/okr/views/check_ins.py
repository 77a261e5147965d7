"""Checking in, on a row of the week or at the key result; correcting, taking back, restoring."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tandem.core.errors import Invalid, Missing
from tandem.core.http.fragments import announce, back, wants_fragment
from tandem.okr import commands, rules
from tandem.okr.forms import CheckInForm, check_in_fields, whole
from tandem.okr.models import CheckIn, KeyResult
from tandem.okr.queries import CheckInDue, check_in_due, get_check_in, get_key_result
from tandem.okr.views.key_results import answer_block
from tandem.people.actors import actor_of

WEEK, OBJECTIVE = "week", "objective"


def place_of(request: HttpRequest) -> str:
    """Where the form stands: a row of the week, or the key result on its objective's page."""
    return OBJECTIVE if request.POST.get("place", request.GET.get("place")) == OBJECTIVE else WEEK


@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, key_result_id: int) -> HttpResponse:
    """The form of a key result, and what it sends: a check-in, or a draft of one."""
    if request.method == "GET":
        row = check_in_due(actor_of(request), key_result_id)
        return _form(request, row, CheckInForm.start(row))
    key_result = get_key_result(actor_of(request), key_result_id)
    try:
        made = _keep(request, key_result) if "keep" in request.POST else _publish(request, key_result)
    except Invalid as refusal:
        row = check_in_due(actor_of(request), key_result_id)
        return _form(request, row, CheckInForm.sent(request.POST, refusal), status=422)
    if made.is_draft:
        return _kept(request, made)
    return _saved(request, made)


def _publish(request: HttpRequest, key_result: KeyResult) -> CheckIn:
    fields = check_in_fields(request.POST, key_result.kind)
    draft = _draft(request, key_result)
    if draft is not None:
        return commands.publish_check_in(actor_of(request), draft, **fields)
    return commands.check_in(actor_of(request), key_result, **fields)


def _keep(request: HttpRequest, key_result: KeyResult) -> CheckIn:
    fields = check_in_fields(request.POST, key_result.kind)
    draft = _draft(request, key_result)
    if draft is not None:
        return commands.correct_check_in(actor_of(request), draft, **fields)
    return commands.check_in(actor_of(request), key_result, draft=True, **fields)


def _draft(request: HttpRequest, key_result: KeyResult) -> CheckIn | None:
    key = whole(request.POST, "draft")
    draft = get_check_in(actor_of(request), key) if key else None
    if draft is not None and draft.key_result_id != key_result.pk:
        raise Missing(_("There is no such draft."))
    return draft if draft is not None and draft.is_draft else None


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, check_in_id: int) -> HttpResponse:
    """Write a check-in anew; the old one stays in the history."""
    old = get_check_in(actor_of(request), check_in_id)
    row = check_in_due(actor_of(request), old.key_result_id)
    if request.method == "GET":
        return _form(request, row, _again(old), corrects=old)
    try:
        made = commands.correct_check_in(actor_of(request), old, **check_in_fields(request.POST, old.key_result.kind))
    except Invalid as refusal:
        return _form(request, row, CheckInForm.sent(request.POST, refusal), corrects=old, status=422)
    return _saved(request, made, with_history=True)


def _again(row: CheckIn) -> CheckInForm:
    """The form of what was said. Its status stays open where pace proposed it."""
    share = row.key_result.measure.progress(row.value, confirmed=row.confirmed)
    paced = rules.pace(share, row.key_result.objective.cycle.elapsed(row.on)) or ""
    return CheckInForm.of(row, paced)


@require_POST
def withdraw(request: HttpRequest, check_in_id: int) -> HttpResponse:
    """Take it back. On the row of the week the form comes back with what was said."""
    row = commands.withdraw_check_in(actor_of(request), get_check_in(actor_of(request), check_in_id))
    if not wants_fragment(request):
        return back(request, _page(row), _("The check-in was withdrawn."))
    if place_of(request) == WEEK:
        due = check_in_due(actor_of(request), row.key_result_id)
        form = CheckInForm.start(due) if row.is_draft else replace(_again(row), focus=True)
        return announce(_form(request, due, form), checked_in=True)
    answer = answer_block(request, row.key_result_id, with_history=True)
    undo = reverse("check_in_restore", args=[row.pk])
    return announce(answer, toast={"text": _("The check-in was withdrawn."), "undo": undo})


@require_POST
def restore(request: HttpRequest, check_in_id: int) -> HttpResponse:
    row = commands.restore_check_in(actor_of(request), get_check_in(actor_of(request), check_in_id))
    if not wants_fragment(request):
        return back(request, _page(row), _("The check-in counts again."))
    return answer_block(request, row.key_result_id, with_history=True)


def _form(
    request: HttpRequest, row: CheckInDue, form: CheckInForm, *, corrects: CheckIn | None = None, status: int = 200
) -> HttpResponse:
    template = "okr/check_in/answer.html" if wants_fragment(request) else "okr/check_in/page.html"
    given = {"row": row, "form": form, "place": place_of(request), "corrects": corrects}
    return render(request, template, given, status=status)


def _kept(request: HttpRequest, draft: CheckIn) -> HttpResponse:
    if not wants_fragment(request):
        return back(request, _page(draft), _("Kept as a draft; it changes nothing yet."))
    row = check_in_due(actor_of(request), draft.key_result_id)
    given = {"row": row, "form": CheckInForm.start(row), "place": place_of(request), "corrects": None}
    answer = render(request, "okr/check_in/answer.html", given)
    return announce(answer, toast={"text": _("Kept as a draft; it changes nothing yet.")})


def _saved(request: HttpRequest, made: CheckIn, *, with_history: bool = False) -> HttpResponse:
    if not wants_fragment(request):
        from_week = request.POST.get("place") == WEEK
        return back(request, reverse("my_week") if from_week else _page(made), _("Checked in."))
    if place_of(request) == OBJECTIVE:
        return answer_block(request, made.key_result_id, with_history=with_history)
    row = check_in_due(actor_of(request), made.key_result_id)
    return announce(render(request, "okr/check_in/saved.html", {"row": row, "made": made}), checked_in=True)


def _page(row: CheckIn) -> str:
    return reverse("objective", args=[row.key_result.objective_id]) + f"#kr-{row.key_result_id}"

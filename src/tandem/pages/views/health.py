"""The health page: is anybody working, does mail leave, is there room; and what failed, to try again or to forget."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem import __version__
from tandem.activity import health as state
from tandem.activity.commands import forget_task, retry_task, send_test_mail
from tandem.core.errors import Invalid
from tandem.people.actors import actor_of


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    store = state.store(actor)
    page: dict[str, Any] = {
        "queue": state.queue(actor),
        "mail": state.mail(actor),
        "workers": state.workers(actor),
        "failed": state.failed_tasks(actor),
        "store": store,
        "migrations": state.waiting_migrations(actor),
        "backup": state.last_backup(actor),
        "version": __version__,
        "size": filesizeformat,
    }
    return render(request, "administration/health.html", page)


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("health"))


@require_POST
def health_mail(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    try:
        send_test_mail(actor, actor.email or "")
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("A test mail is on its way to %(email)s.") % {"email": actor.email})
    return _back()


@require_POST
def health_retry(request: HttpRequest, key: UUID) -> HttpResponse:
    retry_task(actor_of(request), key)
    messages.success(request, _("It is in the queue again."))
    return _back()


@require_POST
def health_forget(request: HttpRequest, key: UUID) -> HttpResponse:
    forget_task(actor_of(request), key)
    messages.success(request, _("Forgotten."))
    return _back()

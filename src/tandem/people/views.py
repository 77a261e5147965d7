"""Signing in with one click in the demo, and one's own devices."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tandem.core.errors import Missing
from tandem.people.actors import SYSTEM
from tandem.people.devices import devices_of, end_device, end_other_devices
from tandem.people.models import Person
from tandem.people.queries import get_person
from tandem.people.signin import demo_cast


class SignIn(LoginView):  # type: ignore[misc]
    def get_form(self, form_class: type[Form] | None = None) -> Form:
        """With labels only: what the library says again in the fields and below them is on the page already."""
        form: Form = super().get_form(form_class)
        form.fields["password"].help_text = ""
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "cast": demo_cast()}


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Anybody may be anybody, in demo mode; elsewhere this address does not exist."""
    if not settings.DEMO:
        raise Missing(_("There is nothing here."))
    chosen = request.POST.get("person", "")
    person = get_person(SYSTEM, int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 12 else 0)
    response: HttpResponse = perform_login(request, person, email_verification="none")
    return response


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    return _devices(request)


@require_POST
def device_end(request: HttpRequest, device_id: int) -> HttpResponse:
    end_device(_reader(request), _reader(request), device_id=device_id)
    return _devices(request)


@require_POST
def device_end_others(request: HttpRequest) -> HttpResponse:
    end_other_devices(_reader(request), _reader(request), session_key=request.session.session_key)
    return _devices(request)


def _reader(request: HttpRequest) -> Person:
    """Who is signed in; the middleware lets nobody else come here."""
    assert isinstance(request.user, Person)
    return request.user


def _devices(request: HttpRequest) -> HttpResponse:
    """The fragment for htmx; without it the page that shows it."""
    if request.method == "POST" and not request.headers.get("HX-Request"):
        return redirect("devices")
    found = devices_of(_reader(request), _reader(request), request.session.session_key)
    template = "account/devices_list.html" if request.headers.get("HX-Request") else "account/devices.html"
    return render(request, template, {"devices": found})

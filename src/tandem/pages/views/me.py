"""One's own entry: name, language, time zone, theme, password, devices, roles."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people.actors import actor_of
from tandem.people.commands import edit_profile
from tandem.people.forms import ProfileForm
from tandem.people.queries import memberships_of, units_led_by


@SHOW_AND_SEND
def me(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    initial = {name: getattr(actor, name) for name in ProfileForm.base_fields}
    form = ProfileForm(actor, request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                edit_profile(actor, actor, **form.cleaned_data)
                return _saved(request, form.cleaned_data["language"])
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {
        "form": form,
        "me": actor,
        "units": [one.unit for one in memberships_of(actor, actor) if one.until is None],
        "leads": list(units_led_by(actor, actor)),
    }
    return render(request, "me/page.html", page, status=status)


def _saved(request: HttpRequest, language: str) -> HttpResponse:
    """Said in the language that was just chosen; the cookie of the time before signing in follows."""
    with translation.override(language or translation.get_language_from_request(request)):
        messages.success(request, _("Saved."))
    response = HttpResponseRedirect(reverse("me"))
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response

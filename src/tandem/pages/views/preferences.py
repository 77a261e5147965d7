"""Language and theme, switched from the frame: kept with the person, or in a cookie before signing in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandem.core.errors import Invalid
from tandem.core.languages import offered
from tandem.pages.frame import THEME_COOKIE, THEMES
from tandem.people.actors import actor_of
from tandem.people.commands import edit_profile

_A_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    if language not in offered():
        raise Invalid(_("This language is not offered here."), field="language")
    if request.user.is_authenticated:
        edit_profile(actor_of(request), actor_of(request), language=language)
    return _remember(_back(request), settings.LANGUAGE_COOKIE_NAME, language)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise Invalid(_("A theme is light or dark."), field="theme")
    if request.user.is_authenticated:
        edit_profile(actor_of(request), actor_of(request), theme=theme)
    return _remember(_back(request), THEME_COOKIE, theme)


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(target if own else "/")


def _remember(response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name,
        value,
        max_age=_A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response

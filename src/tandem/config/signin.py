"""Every page asks for a signed-in person, except those that say otherwise; the API says so in JSON."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from tandem.config.refusals import wants_json
from tandem.people.tokens import Known, person_behind

BEARER = "Bearer "


class PersonMiddleware(AuthenticationMiddleware):
    """`request.user` is the person's row itself: every page needs it, and commands lock what they are given.

    At the API's door a token in `Authorization` is the only thing asked; a session beside it is not looked at.
    """

    def process_request(self, request: HttpRequest) -> None:
        given = request.headers.get("Authorization", "")
        if not (given.startswith(BEARER) and wants_json(request)):
            request.user = get_user(request)
            return
        known = person_behind(given.removeprefix(BEARER).strip())
        request.user = known.person if known is not None else AnonymousUser()
        request.token = known  # type: ignore[attr-defined]


def token_of(request: HttpRequest) -> Known | None:
    """The token that the request was signed with, if it was one that stands."""
    return getattr(request, "token", None)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if wants_json(request):
            fault = {"code": "not_signed_in", "message": _reason(request), "field": None}
            return JsonResponse({"error": fault}, status=401, headers={"WWW-Authenticate": "Bearer, Session"})
        sign_in = resolve_url(self.get_login_url(view_func))
        if request.headers.get("HX-Request"):
            # The fragment's place is no place for a sign-in page: the whole page goes there, and comes back.
            here = request.headers.get("HX-Current-URL", "/")
            return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(_path(here), sign_in).url})
        return super().handle_no_permission(request, view_func)


def _reason(request: HttpRequest) -> str:
    if hasattr(request, "token"):
        return _("This token signs nobody in: it is unknown, revoked or has ended.")
    return _("Sign in first.")


def _path(address: str) -> str:
    after_scheme = address.partition("://")[2] or address
    return "/" + after_scheme.partition("/")[2]

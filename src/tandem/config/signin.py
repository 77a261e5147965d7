"""Every page asks for a signed-in person, except those that say otherwise; the API says so in JSON."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from tandem.config.refusals import wants_json


class PersonMiddleware(AuthenticationMiddleware):
    """`request.user` is the person's row itself: every page needs it, and commands lock what they are given."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = get_user(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if wants_json(request):
            fault = {"code": "not_signed_in", "message": _("Sign in first."), "field": None}
            return JsonResponse({"error": fault}, status=401, headers={"WWW-Authenticate": "Session"})
        sign_in = resolve_url(self.get_login_url(view_func))
        if request.headers.get("HX-Request"):
            # The fragment's place is no place for a sign-in page: the whole page goes there, and comes back.
            here = request.headers.get("HX-Current-URL", "/")
            return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(_path(here), sign_in).url})
        return super().handle_no_permission(request, view_func)


def _path(address: str) -> str:
    after_scheme = address.partition("://")[2] or address
    return "/" + after_scheme.partition("/")[2]

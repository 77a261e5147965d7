"""What went wrong, in the shape the asker understands: JSON, a page, or a fragment for htmx."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tandem.core.errors import Missing, NotAllowed, Refusal
from tandem.core.wall import settle

Handler = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        finally:
            settle()  # whatever transaction held a refusal of the pay wall back is over
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and wants_json(request):
            return _wrong_method(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return answer(request, fault) if isinstance(fault, Refusal) else None


def wants_json(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as JSON for the API, as a fragment for htmx, else as a page."""
    if wants_json(request):
        return JsonResponse(refusal.as_json(), status=refusal.status)
    template = "errors/fragment.html" if request.headers.get("HX-Request") else "errors/page.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, Refusal(_("Tandem does not understand this request."), code="bad_request"))


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, NotAllowed(_("You may look at this, but not change it.")))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, Missing(_("There is nothing here.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    message = _("This page was open for too long, or cookies are off. Load it again and repeat.")
    return answer(request, NotAllowed(message, code="csrf"))


class _WrongMethod(Refusal):
    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"


def _wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    response = answer(request, _WrongMethod(_("This address does not do that.")))
    response.headers["Allow"] = allowed
    return response


class _Broken(Refusal):
    status = 500
    code = "broken"


def broken(request: HttpRequest) -> HttpResponse:
    return answer(request, _Broken(_("Something is broken on our side. It is in the log; nothing was saved.")))

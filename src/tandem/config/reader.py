"""For whom an answer is written: the reader's language and time zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from tandem.core.clock import company_timezone
from tandem.core.languages import spoken

Handler = Callable[[HttpRequest], HttpResponse]


class ReaderMiddleware:
    """The person's own choice; else the browser's language and the company's time zone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = spoken(getattr(request.user, "language", "") or translation.get_language_from_request(request))
        translation.activate(language)
        request.LANGUAGE_CODE = language
        timezone.activate(_zone(getattr(request.user, "timezone", "")))
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else company_timezone()
    except (ZoneInfoNotFoundError, ValueError):
        return company_timezone()

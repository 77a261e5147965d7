"""The JSON API, put together: every feature's routes, one shape of refusal, the description and its page."""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, register_converter
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.utils import check_csrf

from tandem import __version__
from tandem.activity import api as activity
from tandem.config.api_description import PREFIX, description, operations
from tandem.config.signin import token_of
from tandem.config.wall import blind_calls
from tandem.core.errors import NotAllowed, Refusal
from tandem.core.http.answers import answer, refused
from tandem.core.http.faults import BadRequest, shape_fault
from tandem.core.http.reading import read_json
from tandem.cycles import api as cycles
from tandem.growth import api as growth
from tandem.guide import api as guide
from tandem.insights import api as insights
from tandem.integrations.coach_model import api as coach_model
from tandem.integrations.people_file import api as people_file
from tandem.kpi import api as kpi
from tandem.okr import api as okr
from tandem.people import api as people
from tandem.people.rules import is_about, scopes_that_may
from tandem.rewards import api as rewards
from tandem.search import api as search

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Key:
    """The key of a row in an address: what no row can have is no address (404)."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        return read_json(request)


class Bearer:
    """Whoever's token came along. The middleware found the person; here is asked what the token may do."""

    openapi_security_schema: ClassVar = {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal token, `tdm_…`; it needs no CSRF token.",
    }

    def __call__(self, request: HttpRequest) -> object:
        token = token_of(request)
        if token is None:
            return None
        path = request.path_info.removeprefix(PREFIX)
        if token.scope not in scopes_that_may(str(request.method), path) or not is_about(token.about, path):
            raise NotAllowed(_("This token’s scope does not reach so far."), code="scope")
        return request.user


class Session:
    """Whoever signed in with a browser. The middleware turned others away; a write must show the CSRF token."""

    openapi_security_schema: ClassVar = {
        "type": "apiKey",
        "in": "cookie",
        "name": settings.SESSION_COOKIE_NAME,
        "description": f"Writes also send the cookie `{settings.CSRF_COOKIE_NAME}` in the header `X-CSRFToken`.",
    }

    def __call__(self, request: HttpRequest) -> object:
        if request.method not in _SAFE and check_csrf(request) is not None:
            raise NotAllowed(_("Send the CSRF token in the header X-CSRFToken."), code="csrf")
        return request.user


def build() -> NinjaAPI:
    made = NinjaAPI(
        title="Tandem",
        version=__version__,
        description="Everything the pages can do. See docs/api.md for signing in, paging and concurrent edits.",
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        parser=StrictParser(),
        auth=[Bearer(), Session()],
    )
    for router in (*kpi.routers, *rewards.routers):
        blind_calls(router)
    for router in _routers():
        made.add_router("", router)
    made.add_exception_handler(Refusal, _refusal)
    made.add_exception_handler(HttpError, _unreadable)
    made.add_exception_handler(ValidationError, _wrong_shape)
    made.add_exception_handler(RequestDataTooBig, _too_big)
    return made


def _routers() -> Sequence[Router]:
    """The busiest first: an address is looked for in this order."""
    others = (search.router, activity.router, people_file.router, coach_model.router)
    features = (*guide.routers, *growth.routers, *kpi.routers, *rewards.routers)
    return (*okr.routers, cycles.router, *insights.routers, *people.routers, *features, *others)


def _refusal(request: HttpRequest, fault: Refusal | type[Refusal]) -> HttpResponse:
    assert isinstance(fault, Refusal)
    return refused(fault)


def _wrong_shape(request: HttpRequest, fault: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(fault, ValidationError)
    return refused(shape_fault(fault.errors))


def _unreadable(request: HttpRequest, fault: HttpError | type[HttpError]) -> HttpResponse:
    """What the body's reader refused arrives wrapped."""
    inner = getattr(fault, "__cause__", None)
    return refused(inner if isinstance(inner, Refusal) else BadRequest(_("Tandem does not understand this request.")))


def _too_big(request: HttpRequest, fault: RequestDataTooBig | type[RequestDataTooBig]) -> HttpResponse:
    return refused(BadRequest(_("This is more than Tandem takes in one request."), code="too_large"))


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API (OpenAPI 3.1)."""
    return answer(described())


@cache
def described() -> dict[str, Any]:
    return description(api)


def docs(request: HttpRequest) -> HttpResponse:
    """The same for people: a page that needs no script."""
    return render(request, "api/docs.html", {"operations": operations(described())})


register_converter(Key, "id")
api = build()
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", docs, name="api_docs"),
    path("", api.urls),
]

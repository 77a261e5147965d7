"""The pay wall at the doors: pages and calls that belong to pay are answered without a look at goals."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.wall import belongs_to_pay, blind

Handler = Callable[[HttpRequest], HttpResponse]


class BlindPagesMiddleware:
    """The innermost: between it and the view stands nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            request.blindness = stack  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: Any, view: Callable[..., Any], _args: object, _kwargs: object) -> None:
        if belongs_to_pay(view.__module__):
            request.blindness.enter_context(blind(_place(view), request.user.pk))


def blind_calls(router: Router) -> None:
    """Every operation of this router runs blind."""
    router.add_decorator(_blinded, mode="operation")


def _blinded(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with blind(_place(act), request.user.pk):
            return act(request, *args, **kwargs)

    return answered


def _place(view: Callable[..., Any]) -> str:
    return f"{view.__module__.removeprefix('tandem.')}.{view.__name__}"

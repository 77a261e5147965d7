"""A write of the API that carries an `Idempotency-Key`: done once, answered as often as it is sent."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tandem.activity.repeats import again, claim, keep, key_of
from tandem.config.refusals import answer, wants_json
from tandem.core.errors import Refusal
from tandem.people.actors import actor_of

Handler = Callable[[HttpRequest], HttpResponse]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# A new token's text is shown once; keeping the answer would keep the token.
_NEVER_KEPT = frozenset({"/api/v1/me/tokens"})


class RepeatsMiddleware:
    """Last before the view. What was refused did nothing and is forgotten with its transaction."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _concerns(request):
            return self.get_response(request)
        try:
            key = key_of(request)
            return self.get_response(request) if key is None else self._once(request, key)
        except Refusal as refusal:
            return answer(request, refusal)

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        person = actor_of(request)
        with transaction.atomic():
            kept = claim(person, key, request)
            if kept is not None:
                return again(kept)
            response = self.get_response(request)
            if response.status_code >= 300:
                transaction.set_rollback(True)
            else:
                keep(person, key, response)
            return response


def _concerns(request: HttpRequest) -> bool:
    return (
        request.method not in _SAFE
        and wants_json(request)
        and bool(request.user.is_authenticated)
        and request.path_info not in _NEVER_KEPT
    )

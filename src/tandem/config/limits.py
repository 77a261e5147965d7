"""How much one may ask of Tandem: a bucket of requests for each person and for each address that nobody signed in from.

The buckets are in the memory of each server process: no query and no shared store, at the price that the limit is
counted once for each process. They guard the server against a program that runs wild, nothing finer.
Sign-in has limits of its own, in the database.
"""

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tandem.config.refusals import answer
from tandem.core.errors import Refusal

Handler = Callable[[HttpRequest], HttpResponse]
MOST_BUCKETS = 20_000
AT_ONCE = 4  # a quarter of a minute's requests may come at once


class TooMany(Refusal):
    """More than the server answers to one asker (429)."""

    status = 429
    code = "too_many"


class Buckets:
    """Each fills by itself, `a_minute` requests in a minute, up to a quarter of that; a request takes one out."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[object, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, asker: object, a_minute: int) -> float:
        """0 when the request may go on, else how long until one may."""
        room, rate = max(1.0, a_minute / AT_ONCE), a_minute / 60
        with self._lock:
            moment = self._clock()
            left, since = self._held.pop(asker, (room, moment))
            left = min(room, left + (moment - since) * rate)
            wait = 0.0 if left >= 1 else (1 - left) / rate
            self._held[asker] = (left if wait else left - 1, moment)
            if len(self._held) > MOST_BUCKETS:
                self._held.popitem(last=False)  # the one that asked longest ago
        return wait

    def clear(self) -> None:
        self._held.clear()


BUCKETS = Buckets()


class LimitsMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asker, a_minute = _asker(request)
        wait = BUCKETS.seconds_to_wait(asker, a_minute) if a_minute else 0.0
        if not wait:
            return self.get_response(request)
        seconds = math.ceil(wait)
        refusal = TooMany(_("Too many requests. Try again in %(seconds)s s.") % {"seconds": seconds})
        response = answer(request, refusal)
        response.headers["Retry-After"] = str(seconds)
        return response


def _asker(request: HttpRequest) -> tuple[object, int]:
    """By token, else by person, else by address."""
    if request.user.is_authenticated:
        token = getattr(request, "token", None)
        return ("token", token.token_id) if token else ("person", request.user.pk), settings.RATE_PERSON
    return ("address", address_of(request)), settings.RATE_ADDRESS


def address_of(request: HttpRequest) -> str:
    """The client's address: the last that a trusted proxy in front wrote down, if there is one."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(passed) >= proxies and passed[-proxies]:
            return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))

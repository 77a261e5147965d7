"""Every address that Tandem answers, pages and API, found in the sources; filled with the keys of a company."""

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tandem.config.api import api

MISSING = 987_654_321
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_API_PLACE = re.compile(r"\{(\w+)\}")
SKIPPED = ("accounts/", "static/", "metrics", "healthz", "readyz", "ui/", "sign-in", "sign-out", "api/")
KINDS = {
    "objective_id": "objective", "parent_id": "objective", "key_result_id": "key_result", "check_in_id": "check_in",
    "action_id": "action", "comment_id": "comment", "person_id": "person", "unit_id": "unit", "cycle_id": "cycle",
    "suggestion_id": "suggestion", "agreement_id": "agreement", "set_id": "goal_set",
    "delegation_id": "delegation", "proposal_id": "proposal", "answers_id": "answers",
    "promotion_id": "promotion",
}  # fmt: skip
GUARDED = {
    "objective",
    "key_result",
    "check_in",
    "action",
    "comment",
    "suggestion",
    "delegation",
    "proposal",
    "promotion",
    "answers",
}


class Door(NamedTuple):
    """An address with places; `kinds` says of each place what belongs in it ("" is not known here)."""

    method: str
    path: str
    places: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        owner = "unit" if "/unit/" in self.path else "person"
        own = {"owner_id": owner} | ({"parent_id": "unit"} if self.path.startswith("/units/") else {})
        return tuple(own.get(place) or KINDS.get(place, "") for place in self.places)

    @property
    def is_guarded(self) -> bool:
        return bool(GUARDED & set(self.kinds))

    def filled(self, keys: dict[str, list[int]]) -> Iterator[str]:
        """With every combination of these keys; nothing where a place is not known."""
        for chosen in itertools.product(*(keys.get(kind, []) for kind in self.kinds)):
            yield self.path.format(**dict(zip(self.places, chosen, strict=True)))


def pages() -> list[Door]:
    """Each page address once for reading and once for writing."""
    found = [_PLACE.sub(r"{\1}", path) for path in _patterns(get_resolver())]
    paths = [f"/{path}" for path in found if not path.startswith(SKIPPED) and "?" not in path and "^" not in path]
    return [Door(method, path, tuple(_API_PLACE.findall(path))) for path in paths for method in ("GET", "POST")]


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def calls() -> list[Door]:
    """Each operation of the API."""
    schema = api.get_openapi_schema()
    return [
        Door(method.upper(), path, tuple(_API_PLACE.findall(path)))
        for path, methods in schema["paths"].items()
        for method in methods
    ]


def knock(client: Client, door: Door, path: str) -> tuple[int, str]:
    """What the address answers: status and text."""
    is_call = path.startswith("/api/")
    kind = "application/json" if is_call else "application/x-www-form-urlencoded"
    response: Any = client.generic(door.method, path, "{}" if is_call else "", content_type=kind)
    streamed = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, streamed.decode("utf-8", "replace")

"""What the API says about itself: OpenAPI for programs, and the same in rows for a page."""

import json
from typing import TYPE_CHECKING, Any

from tandem.core.http.bodies import Refused

if TYPE_CHECKING:
    from ninja import NinjaAPI

PREFIX = "/api/v1/"
_REFUSALS = {
    "401": "Nobody is signed in.",
    "403": "You may look at this, but not change it.",
    "404": "There is no such thing, or it is not for you to see.",
    "409": "Somebody else wrote in between; `current` is what stands now.",
    "422": "The input breaks a rule; `field` names it.",
    "429": "Too many requests; `Retry-After` says in how many seconds to try again.",
}
_READING = ("401", "403", "404", "422", "429")
_REPEATABLE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
    "description": "Sent again with the same key within 24 hours, the request is not carried out again.",
}


def description(api: "NinjaAPI") -> dict[str, Any]:
    """OpenAPI 3.1, with the refusals that every operation shares."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))
    shape = Refused.model_json_schema(ref_template="#/components/schemas/{model}")
    made["components"]["schemas"].update({"Refused": shape, **shape.pop("$defs")})
    for methods in made["paths"].values():
        for method, operation in methods.items():
            codes = _READING if method == "get" else tuple(_REFUSALS)
            operation["responses"].update({code: _refusal(code) for code in codes})
            if method != "get":
                operation.setdefault("parameters", []).append(_REPEATABLE)
    return made


def _refusal(code: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/Refused"}
    return {"description": _REFUSALS[code], "content": {"application/json": {"schema": shape}}}


def operations(described: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations by tag, in the order of the routes; `body_fields` has a list for each body, if there is one."""
    found: dict[str, list[dict[str, Any]]] = {}
    schemas = described["components"]["schemas"]
    for address, methods in described["paths"].items():
        for method, details in methods.items():
            shown = {"description": "", **details, "method": method.upper(), "address": address}
            shown["body_fields"] = _body_fields(details.get("requestBody"), schemas)
            found.setdefault(details["tags"][0], []).append(shown)
    return found


def _body_fields(body: dict[str, Any] | None, schemas: dict[str, Any]) -> list[list[dict[str, Any]]]:
    if body is None:
        return []
    found = []
    for named in _choices(next(iter(body["content"].values()))["schema"]):
        schema = schemas[named["$ref"].rpartition("/")[2]] if "$ref" in named else named
        needed = schema.get("required", [])
        fields = schema.get("properties", {}).items()
        found.append([{"name": name, "kind": _kind(one), "required": name in needed} for name, one in fields])
    return found


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    offered = schema.get("anyOf", [schema])
    return [one for one in offered if one.get("type") != "null"]


def _kind(schema: dict[str, Any]) -> str:
    return " | ".join(str(one.get("format") or one.get("type") or "object") for one in schema.get("anyOf", [schema]))

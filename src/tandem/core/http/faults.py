"""What is wrong with the shape of a request, in one sentence that names the place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from tandem.core.errors import Invalid, Refusal

_SENTENCES: Mapping[str, Promise | str] = {
    "missing": _later("This is needed."),
    "extra_forbidden": _later("There is no such field."),
    "string_type": _later("This must be text."),
    "int_type": _later("This must be a whole number."),
    "int_parsing": _later("This must be a whole number."),
    "int_from_float": _later("This must be a whole number."),
    "int_parsing_size": _later("This number is beyond what makes sense here."),
    "greater_than_equal": _later("This number is too small."),
    "less_than_equal": _later("This number is too large."),
    "float_type": _later("This must be a number."),
    "bool_type": _later("This is true or false."),
    "bool_parsing": _later("This is true or false."),
    "list_type": _later("This must be a list."),
    "too_long": _later("This list is too long."),
    "dict_type": _later("This must be an object with named fields."),
    "model_type": _later("This must be an object with named fields."),
    "model_attributes_type": _later("This must be an object with named fields."),
    "string_too_long": _later("This text is too long."),
    "literal_error": _later("Choose one of the offered values."),
    "date_type": _later("This must be a day like 2026-10-01."),
}
_BY_VALUE_ERROR: Mapping[str, Promise | str] = {
    "text": _later("This text holds a character that cannot be kept."),
}


class BadRequest(Refusal):
    """The request cannot be read at all (400)."""

    status = 400
    code = "bad_request"


class WrongMediaType(Refusal):
    """The body is of a kind that is not spoken here (415)."""

    status = 415
    code = "media_type"


def shape_fault(errors: Sequence[Mapping[str, Any]]) -> Invalid:
    """The first fault of a request's shape as a refusal (422); `field` is its path, like `steps.0.title`."""
    first = errors[0]
    kind, where = str(first["type"]), [str(part) for part in first["loc"]]
    return Invalid(str(_sentence(kind, first)), field=_path(where), code=_code(kind))


def _sentence(kind: str, fault: Mapping[str, Any]) -> Promise | str:
    if kind == "value_error":
        reason = str(fault.get("ctx", {}).get("error", ""))
        return _BY_VALUE_ERROR.get(reason, _("This must be a day like 2026-10-01."))
    return _SENTENCES.get(kind, _("This makes no sense here."))


def _code(kind: str) -> str:
    return {"missing": "needed", "extra_forbidden": "unknown"}.get(kind, "invalid")


def _path(where: list[str]) -> str | None:
    """Without the source (`body`), and without the member of a union that did not fit."""
    parts = [part for part in where[1:] if "[" not in part and part not in ("int", "float", "str", "body")]
    return ".".join(parts) or None

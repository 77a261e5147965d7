"""Reading a JSON body: quick, strict, and never deeper than a client has any reason to nest."""

from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tandem.core.http.faults import BadRequest, WrongMediaType


def read_json(request: HttpRequest) -> Any:
    """Raises WrongMediaType (415) for anything but JSON, BadRequest (400) for JSON that is broken."""
    if request.content_type != "application/json":
        raise WrongMediaType(_("Send JSON: Content-Type: application/json."))
    try:
        return orjson.loads(request.body)
    except orjson.JSONDecodeError:
        raise BadRequest(_("This is not JSON, or it is cut off.")) from None

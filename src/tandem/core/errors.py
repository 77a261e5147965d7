"""What a user can get wrong: one exception per answer, one shape for all doors."""

from typing import Any


class Refusal(Exception):
    """A request that Tandem understood and will not carry out.

    `message` is already in the reader's language; `field` names the input it is about, if one.
    """

    status = 400
    code = "refused"

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code or self.code

    def as_json(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message, "field": self.field}}


class Invalid(Refusal):
    """The input breaks a rule (422)."""

    status = 422
    code = "invalid"


class NotAllowed(Refusal):
    """The actor sees the thing but may not do this to it (403)."""

    status = 403
    code = "not_allowed"


class Missing(Refusal):
    """There is no such thing, or the actor may not know of it (404)."""

    status = 404
    code = "missing"


class Conflict(Refusal):
    """Somebody else wrote in between (409); `current` is what stands now, so that no word is lost."""

    status = 409
    code = "conflict"

    def __init__(self, message: str, *, current: dict[str, Any]) -> None:
        super().__init__(message)
        self.current = current

    def as_json(self) -> dict[str, Any]:
        body = super().as_json()
        body["error"]["current"] = self.current
        return body

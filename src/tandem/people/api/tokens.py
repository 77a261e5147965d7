"""Personal tokens: one's own, and for administrators everybody's. A token cannot come here itself."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tandem.core.http.answers import answer, nothing
from tandem.core.http.bodies import Body, Named, Shown, Text
from tandem.core.http.bodies import Id as Whole
from tandem.core.http.paging import USUAL, Cursor, Limit, page
from tandem.people.actors import actor_of
from tandem.people.api.shapes import named_json
from tandem.people.models import Token
from tandem.people.tokens import USUAL_DAYS, all_tokens, get_token, make_token, revoke_token, tokens_of

router = Router(tags=["tokens"])


class NewToken(Body):
    name: Text
    scope: Text = "read"
    """`read`, `check_in`, `write`, `readings` or `admin`."""
    about: Text = ""
    """For `readings`: the code of the one indicator whose values it hands in."""
    days: Whole = USUAL_DAYS
    """How long it lasts, 1 to 366 days."""


class TokenOut(Shown):
    id: int
    person: Named
    name: str
    scope: Literal["read", "check_in", "write", "readings", "admin"]
    about: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    """To the minute."""


class MadeTokenOut(TokenOut):
    token: str
    """What to send as `Authorization: Bearer …`. It is shown this once."""


class OwnTokensOut(Shown):
    items: list[TokenOut]


class TokensOut(OwnTokensOut):
    next: str | None


def token_json(token: Token) -> dict[str, Any]:
    return {
        "id": token.pk,
        "person": named_json(token.person),
        "name": token.name,
        "scope": token.scope,
        "about": token.about,
        "made_at": token.made_at,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
    }


@router.get("/me/tokens", response=OwnTokensOut)
def own_tokens(request: HttpRequest) -> HttpResponse:
    me = actor_of(request)
    return answer({"items": [token_json(one) for one in tokens_of(me, me)]})


@router.post("/me/tokens", response={201: MadeTokenOut})
def create_token(request: HttpRequest, body: NewToken) -> HttpResponse:
    """A new token of one's own. Its text is in this answer and nowhere else."""
    me = actor_of(request)
    token, text = make_token(me, me, name=body.name, scope=body.scope, days=body.days, about=body.about)
    made = answer({**token_json(token), "token": text}, status=201)
    made.headers["Cache-Control"] = "no-store"
    return made


@router.get("/tokens", response=TokensOut)
def every_token(request: HttpRequest, cursor: Cursor = None, limit: Limit = USUAL) -> HttpResponse:
    """Everybody's tokens, newest first; for administrators."""
    rows = all_tokens(actor_of(request))
    found = page(rows, ("-pk",), lambda one: (one.pk,), cursor=cursor, limit=limit, name="tokens")
    return answer({"items": [token_json(one) for one in found.items], "next": found.next})


@router.delete("/tokens/{id:token_id}", response={204: None})
def end_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke one's own token, or anybody's as an administrator."""
    actor = actor_of(request)
    revoke_token(actor, get_token(actor, token_id))
    return nothing()

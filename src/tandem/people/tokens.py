"""Personal tokens: how a person's programs sign in. Made and shown once, read back by their hash, revoked.

A token is `tdm_<id>_<secret>`: the id finds the row by its key, the secret is compared with the hash.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tandem.activity.commands import record
from tandem.core.clock import now
from tandem.core.commands import command
from tandem.core.errors import Invalid, Missing, NotAllowed
from tandem.core.one_row import one_row, write_row
from tandem.core.rows import Rows
from tandem.core.texts import clean_line, clean_optional_line
from tandem.people.access import may_administer, may_edit_profile, may_revoke_token
from tandem.people.actors import Actor
from tandem.people.models import Person, Scope, Token

PREFIX = "tdm_"
USUAL_DAYS, MOST_DAYS = 90, 366
MOST_LIVE = 50  # of one person
USED_EVERY = timedelta(minutes=1)
_SHAPE = re.compile(rf"{PREFIX}([1-9][0-9]{{0,17}})_([A-Za-z0-9_-]{{43}})", re.ASCII)


@dataclass(frozen=True)
class Known:
    """Whose token a request carries, and what it may do at most."""

    token_id: int
    scope: str
    about: str
    person: Person


@command(may=may_edit_profile)
def make_token(
    actor: Actor, person: Person, *, name: str, scope: str = "read", days: int = USUAL_DAYS, about: str = ""
) -> tuple[Token, str]:
    """A new token and the text to sign in with, which nobody can read again. It ends after 1…366 `days`.

    Raises Invalid (422) naming `name`, `scope`, `days` or `about`.
    """
    if scope not in Scope.values:
        raise Invalid(_("Choose one of the offered values."), field="scope")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(_("A token lasts between 1 and %(most)s days.") % {"most": MOST_DAYS}, field="days")
    if Token.objects.filter(_live(), person=person).count() >= MOST_LIVE:
        raise Invalid(_("Revoke a token first: nobody has more than %(most)s.") % {"most": MOST_LIVE}, field="name")
    about = clean_optional_line(about, "about", length=60).lower()
    if bool(about) != (scope == Scope.READINGS):
        said = _("Name the indicator by its code.") if not about else _("Only a token for values names an indicator.")
        raise Invalid(said, field="about")
    secret = secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        name=clean_line(name, "name", length=100),
        scope=scope,
        about=about,
        digest=_digest(secret),
        expires_at=now() + timedelta(days=days),
    )
    record(actor, "token.made", token, name=token.name)
    return token, f"{PREFIX}{token.pk}_{secret}"


@command(may=may_revoke_token)
def revoke_token(actor: Actor, token: Token) -> Token:
    """The token signs nobody in any more, from the next request on."""
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        record(actor, "token.revoked", token, name=token.name)
    return token


def tokens_of(_actor: Actor, person: Person) -> list[Token]:
    """The person's tokens that still sign in, newest first."""
    return list(Token.objects.filter(_live(), person=person).order_by("-pk"))


def all_tokens(actor: Actor) -> QuerySet[Token]:
    """Everybody's live tokens, for administrators; without secrets, which nobody has. Raises NotAllowed (403)."""
    if not may_administer(actor):
        raise NotAllowed(_("You may look at this, but not change it."))
    return Token.objects.filter(_live()).select_related("person")


def get_token(actor: Actor, pk: int) -> Token:
    """One of one's own, or anybody's for an administrator. Raises Missing (404)."""
    token = one_row(Token, pk)
    if token is None or not may_revoke_token(actor, token):
        raise Missing(_("There is no such token."))
    return token


def _live() -> Q:
    return Q(revoked_at=None, expires_at__gt=now())


def _digest(secret: str) -> str:
    """A plain hash is enough: the secret is 256 random bits, nothing that could be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


# --- signing in: one query, compiled once

_COLUMNS = [field.attname for field in Person._meta.concrete_fields]
_row = Rows(
    lambda *row: row,
    lambda token: Token.objects.filter(pk=token).values_list(
        "digest", "scope", "about", "expires_at", "revoked_at", "used_at", *(f"person__{name}" for name in _COLUMNS)
    ),
)


def person_behind(text: str) -> Known | None:
    """Who signs in with this token; None when it is none, has ended, or its person has left."""
    shape = _SHAPE.fullmatch(text)
    found: list[tuple[Any, ...]] = _row(token=int(shape[1])) if shape else []
    if shape is None or not found:
        return None
    digest, scope, about, expires_at, revoked_at, used_at, *fields = found[0]
    if not hmac.compare_digest(digest, _digest(shape[2])) or revoked_at is not None or expires_at <= now():
        return None
    person = Person.from_db(connection.alias, _COLUMNS, fields)
    if not person.is_active:
        return None
    _note_use(int(shape[1]), used_at)
    return Known(int(shape[1]), scope, about, person)


def _note_use(pk: int, used_at: datetime | None) -> None:
    """At most once a minute: reading must not cost a write each time."""
    if used_at is None or used_at < now() - USED_EVERY:
        write_row(Token, pk, {"used_at": now()})

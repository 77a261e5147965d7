"""Who is asking: the session and the person behind it, the two reads that every request begins with.

Both are compiled once (see `core.rows`). Both are made anew for every request, so that a device that was signed out,
and a person who left, are strangers at once.
"""

from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from tandem.core.rows import Rows
from tandem.people.models import Person
from tandem.people.queries import still_here

_COLUMNS = [field.attname for field in Person._meta.concrete_fields]
_MOST_PROVED = 1024


def _person(*values: Any) -> Person:
    return Person.from_db(connection.alias, _COLUMNS, values)


_by_key = Rows(_person, lambda person: Person.objects.filter(pk=person).values_list(*_COLUMNS))


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> Person | None:
        found = _by_key(person=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def _session_rows(key: str) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key).values_list("session_data", "expire_date")


_session = Rows(lambda data, ends: (data, ends), _session_rows)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        found = _session(key=self.session_key)
        if not found or found[0][1] <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(found[0][0])

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            proved = _proved(str(session_data), self.key_salt)
        except signing.BadSignature:
            return super().decode(session_data)  # says so in the log
        read: dict[str, Any] = JSONSerializer().loads(proved)
        return read


class _AsItIs(JSONSerializer):
    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(_MOST_PROVED)
def _proved(session_data: str, salt: str) -> bytes:
    """What was signed, unpacked: a session's data stay the same for days, and what is proved once stays proved."""
    proved: bytes = signing.loads(session_data, salt=salt, serializer=_AsItIs)
    return proved


def still_signed_in(sessions: dict[str, int]) -> set[str]:
    """Of sessions (with whose they are), those that live, of people who are here: two queries for each 500."""
    keys: list[str] = sorted(sessions)
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        living = Session.objects.filter(session_key__in=some, expire_date__gt=timezone.now())
        here = set(
            Person.objects.filter(still_here(), pk__in=[sessions[key] for key in some]).values_list("pk", flat=True)
        )
        found |= {key for key in living.values_list("session_key", flat=True) if sessions[key] in here}
    return found

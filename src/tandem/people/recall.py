"""Who is asking: the session and the person behind it, the two reads that every request begins with.

Both are compiled once (see `core.rows`). Both are made anew for every request, so that a device that was signed out,
and a person who left, are strangers at once.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from tandem.core.rows import Rows
from tandem.people.models import Person

_COLUMNS = [field.attname for field in Person._meta.concrete_fields]
_SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


def _person(*values: Any) -> Person:
    return Person.from_db(connection.alias, _COLUMNS, values)


_by_key = Rows(_person, lambda person: Person.objects.filter(pk=person).values_list(*_COLUMNS))


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> Person | None:
        found = _by_key(person=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_SESSION, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])

"""How people sign in: what Tandem decides where the sign-in library asks."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from allauth.account.adapter import DefaultAccountAdapter

from tandem.people.models import Person
from tandem.people.queries import people, units
from tandem.people.actors import SYSTEM

CAST_SIZE = 8
LEADS_IN_CAST = 4


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by the people team, an import or the command line; nobody adds themselves."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the configured address: the request's own could be anything a proxy lets through."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.BASE_URL + path.replace("UID-KEY", key))


def display_name(person: Person) -> str:
    return person.name


def demo_cast() -> list[Person]:
    """Whom the demo's sign-in page offers: leads from the top down, every role, and members. In demo mode only."""
    if not settings.DEMO:
        return []
    leads = [unit.lead for unit in units(SYSTEM).order_by("path").exclude(lead=None)[:CAST_SIZE]]
    able = {one.pk: one for one in people(SYSTEM)[:200]}
    roles = [one for one in able.values() if one.is_administrator or one.is_people_team or one.is_champion]
    leading = {one.pk for one in leads if one}
    members = [one for one in able.values() if one.pk not in leading and one not in roles]
    wanted = [*[one for one in leads if one and one.is_active][:LEADS_IN_CAST], *roles[:3], *members]
    return list({one.pk: one for one in wanted}.values())[:CAST_SIZE]

"""How people sign in: what Tandem decides where the sign-in library asks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tandem.people.actors import SYSTEM
from tandem.people.devices import note_failed_sign_in, note_sign_in
from tandem.people.models import Person
from tandem.people.queries import people, units

CAST_SIZE = 8
LEADS_IN_CAST = 3
ROLES_IN_CAST = 3
SEARCHED = 200  # a demo company is small

# What Django and the sign-in library say on our pages: named here to be translated in the words of the rest.
BORROWED = (
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Password (again)"),
    gettext_noop("You must type the same password each time."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Please type your current password."),
    gettext_noop("Incorrect password."),
    gettext_noop("The password reset token was invalid."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("Password successfully changed."),
    gettext_noop("Password successfully set."),
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a whole number."),
)


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by the people team, an import or the command line; nobody adds themselves."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the configured address: the request's own could be anything a proxy lets through."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.BASE_URL + path.replace("UID-KEY", key))

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        note_sign_in(user, user, address=self.get_client_ip(request), user_agent=self.get_http_user_agent(request))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Throttled like the sign-in itself, so nobody fills the log."""
        email = str(credentials.get("email") or "").lower()
        person = people(SYSTEM, left=True).filter(email=email).first() if email else None
        note_failed_sign_in(SYSTEM, person, address=self.get_client_ip(request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person it goes to, whoever's browser asked for it."""
        language = getattr(context.get("user"), "language", "")
        with translation.override(language or translation.get_language()):
            super().send_mail(template_prefix, email, context)


def display_name(person: Person) -> str:
    return person.name


def demo_cast() -> list[tuple[Person, str]]:
    """Whom the demo's sign-in page offers, and as what: the one at the top, leads of the members, every role, members.

    A member and their lead both, or nobody could try how the two shake hands.

    Empty unless Tandem runs as a demo.
    """
    if not settings.DEMO:
        return []
    able = list(people(SYSTEM).exclude(email=None)[:SEARCHED])
    leads = {unit.lead_id: unit.name for unit in reversed(units(SYSTEM).order_by("path").exclude(lead=None)[:SEARCHED])}
    top = [one for one in able if one.pk in leads]
    top.sort(key=lambda one: -list(leads).index(one.pk))
    roles = [one for one in able if one.is_administrator or one.is_people_team or one.is_champion]
    members = [one for one in able if one.pk not in leads and one not in roles]
    theirs = [lead for one in members for lead in top if one.unit and lead.pk == one.unit.lead_id]
    leading = list({one.pk: one for one in [*top[:1], *theirs, *top]}.values())
    chosen = {one.pk: one for one in [*leading[:LEADS_IN_CAST], *roles[:ROLES_IN_CAST], *members]}
    return [(one, _part(one, leads.get(one.pk))) for one in list(chosen.values())[:CAST_SIZE]]


def _part(person: Person, leads: str | None) -> str:
    if leads:
        return _("leads %(unit)s") % {"unit": leads}
    if person.is_administrator:
        return _("administrator")
    if person.is_people_team:
        return _("people team")
    if person.is_champion:
        return _("OKR champion")
    return person.unit.name if person.unit else ""

"""What `tandem user` and `tandem token` do, with the same commands as every other door."""

from django.db import transaction
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.people.actors import SYSTEM
from tandem.people.commands import add_person, set_password, set_roles
from tandem.people.queries import people, units_by_key
from tandem.people.tokens import all_tokens, get_token, make_token, revoke_token


@transaction.atomic
def add_person_who_signs_in(
    email: str,
    name: str,
    unit_key: str | None,
    password: str,
    *,
    administrator: bool,
    people_team: bool,
    champion: bool,
) -> str:
    """A person with a password and roles; the first of all is administrator. Raises Refusal."""
    first = not people(SYSTEM, left=True).filter(is_administrator=True).exists()
    unit = units_by_key([unit_key]).get(unit_key) if unit_key else None
    if unit_key and unit is None:
        raise Missing(_("There is no such unit."), field="unit")
    person = add_person(SYSTEM, unit, name=name, email=email)
    set_password(SYSTEM, person, password=password)
    set_roles(SYSTEM, person, administrator=administrator or first, people_team=people_team, champion=champion)
    return person.name


def change_password(email: str, password: str) -> None:
    """Raises Missing (404) or Invalid (422)."""
    person = people(SYSTEM, left=True).filter(email__iexact=email).first()
    if person is None:
        raise Missing(_("There is no such person."), field="email")
    set_password(SYSTEM, person, password=password)


def make_token_for(email: str, name: str, scope: str, days: int, *, about: str = "") -> str:
    """A personal token's text, which is shown once. Raises Missing (404) or Invalid (422)."""
    person = people(SYSTEM, left=True).filter(email__iexact=email).first()
    if person is None:
        raise Missing(_("There is no such person."), field="email")
    _token, text = make_token(SYSTEM, person, name=name, scope=scope, days=days, about=about)
    return text


def token_lines() -> list[str]:
    """A line for every token that signs in: id, scope, end, person, name."""
    rows = all_tokens(SYSTEM).order_by("pk")
    return [f"{one.pk}\t{one.scope}\t{one.expires_at:%Y-%m-%d}\t{one.person.name}\t{one.name}" for one in rows]


def revoke(pk: int) -> None:
    """Raises Missing (404)."""
    revoke_token(SYSTEM, get_token(SYSTEM, pk))

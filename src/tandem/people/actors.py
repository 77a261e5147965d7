"""Who can act: a person, or the system itself, which the rules know by name."""

from typing import TYPE_CHECKING, Final, TypeAlias, Union, cast

from django.http import HttpRequest

if TYPE_CHECKING:
    from tandem.people.models import Person


class System:
    """Jobs, imports and the command line act as this. It holds every role and owns nothing."""

    pk = None
    is_system: Final = True
    is_active: Final = True
    is_administrator: Final = True
    is_people_team: Final = True
    is_champion: Final = True
    coach_asks: Final = True
    name: Final = "Tandem"

    def __str__(self) -> str:
        return self.name


SYSTEM: Final = System()

Actor: TypeAlias = Union["Person", System]


def actor_of(request: HttpRequest) -> "Person":
    """Who is signed in. Views behind the sign-in (all but the public ones) always have somebody."""
    return cast("Person", request.user)

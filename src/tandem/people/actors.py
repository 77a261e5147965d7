"""Who can act: a person, or the system itself, which the rules know by name."""

from typing import TYPE_CHECKING, Final, TypeAlias, Union

if TYPE_CHECKING:
    from tandem.people.models import Person


class System:
    """Jobs, imports and the command line act as this. It holds every role and owns nothing."""

    pk = None
    is_system: Final = True
    is_administrator: Final = True
    is_people_team: Final = True
    is_champion: Final = True
    name: Final = "Tandem"

    def __str__(self) -> str:
        return self.name


SYSTEM: Final = System()

Actor: TypeAlias = Union["Person", System]  # noqa: UP007 - a string cannot stand in `X | Y`

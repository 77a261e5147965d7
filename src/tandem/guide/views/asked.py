"""Where a draft is to go: whose goals, in which cycle, and to which others one can switch."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tandem.core.errors import Missing
from tandem.cycles.queries import current_of, every_cycle
from tandem.okr.access import may_write_for
from tandem.people.actors import Actor, actor_of
from tandem.people.queries import get_person, get_unit, is_person, units_led_by

if TYPE_CHECKING:
    from tandem.cycles.models import Cycle
    from tandem.people.models import Person, Unit

    Owner: TypeAlias = Person | Unit
    Choice: TypeAlias = dict[str, object]

OWNERS: "dict[str, Callable[[Actor, int], Person | Unit]]" = {"person": get_person, "unit": get_unit}
_MOST_DIGITS = 9


def whole(text: str | None) -> int | None:
    """A whole number of the address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def cycle_of(request: HttpRequest, known: "list[Cycle]") -> "Cycle | None":
    """The cycle `?cycle=` names, else the current one. Raises Missing (404)."""
    asked = request.GET.get("cycle")
    if not asked:
        return current_of(one for one in known if not one.is_backlog)
    for cycle in known:
        if cycle.pk == whole(asked):
            return cycle
    raise Missing(_("There is no such cycle."))


@dataclass(frozen=True)
class Goes:
    """Where a draft goes. Without any cycle there is no place for it yet."""

    owner: "Owner"
    cycle: "Cycle | None"
    owners: "list[Choice]" = field(default_factory=list)
    cycles: "list[Choice]" = field(default_factory=list)

    @property
    def kind(self) -> str:
        return "person" if is_person(self.owner) else "unit"

    @property
    def name(self) -> str:
        return _("My goals") if is_person(self.owner) else self.owner.name

    @property
    def takes_drafts(self) -> bool:
        return self.cycle is not None and not self.cycle.is_closed

    @property
    def query(self) -> str:
        """What an address carries on to keep it: `unit=3&cycle=7`."""
        return urlencode(_parts(self.owner, self.cycle))

    @property
    def goals(self) -> str:
        """The address of the goals it goes to."""
        if self.cycle is None:
            return reverse("goals")
        return reverse(f"goals_{self.kind}", args=[self.owner.pk, self.cycle.pk])

    def href(self, name: str, *args: object) -> str:
        """One of the addresses that end in whose goals and which cycle."""
        return reverse(f"{name}_{self.kind}", args=[*args, self.owner.pk, self.cycle.pk if self.cycle else 0])


def _parts(owner: "Owner", cycle: "Cycle | None") -> dict[str, int]:
    unit = {} if is_person(owner) else {"unit": owner.pk}
    return {**unit, **({"cycle": cycle.pk} if cycle else {})}


def goes(request: HttpRequest) -> Goes:
    """As the address says: `?unit=` for a unit whose goals the reader writes, else one's own; `?cycle=`.

    Raises Missing (404).
    """
    actor = actor_of(request)
    known = every_cycle(actor)
    cycle = cycle_of(request, known)
    owner: Owner = actor
    if request.GET.get("unit"):
        unit = get_unit(actor, whole(request.GET["unit"]) or 0)
        owner = unit if may_write_for(actor, unit) else actor
    owners: list[Owner] = [actor, *units_led_by(actor, actor)]
    if owner not in owners:
        owners.append(owner)

    def choice(label: str, one: "Owner", in_cycle: "Cycle | None") -> "Choice":
        kept = {name: value for name, value in request.GET.items() if name not in ("unit", "cycle", "page", "part")}
        href = f"{request.path}?{urlencode({**kept, **_parts(one, in_cycle)})}"
        return {"label": label, "href": href, "current": (one, in_cycle) == (owner, cycle)}

    return Goes(
        owner,
        cycle,
        [choice(_("My goals") if is_person(one) else one.name, one, cycle) for one in owners],
        [choice(one.name, owner, one) for one in known if not one.is_closed],
    )

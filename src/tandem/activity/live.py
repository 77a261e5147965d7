"""What changed lately, for pages that stay open: one question of the database for a whole server process."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tandem.activity.models import Event, Notification

OVERLAP = 100
"""How far back the look goes: of two transactions the one with the smaller number may end later."""


@dataclass
class Watch:
    """The events that were seen already. The first look sees all there is and tells nothing."""

    newest: int | None = None
    seen: set[int] = field(default_factory=set)

    def look(self) -> "Changes":
        """What is new since the last look: one query, and a second one when there is something."""
        rows = Event.objects.order_by("-pk")
        if self.newest is not None:
            rows = rows.filter(pk__gt=self.newest - OVERLAP)
        found = list(rows.values_list("pk", "about", "under")[: OVERLAP * 5])
        first, fresh = self.newest is None, [row for row in found if row[0] not in self.seen]
        self.newest = max([self.newest or 0, *(pk for pk, _about, _under in found)])
        self.seen = {pk for pk, _about, _under in found}
        if first or not fresh:
            return Changes()
        return Changes({name for _pk, *names in fresh for name in names if name}, _told(pk for pk, *_names in fresh))


@dataclass(frozen=True)
class Changes:
    """Names of what changed (`objective:12`), and the people who were told something."""

    names: set[str] = field(default_factory=set)
    people: set[int] = field(default_factory=set)


def _told(events: Iterable[int]) -> set[int]:
    rows = Notification.objects.filter(event__in=list(events), in_app=True).order_by()
    return set(rows.values_list("person_id", flat=True))

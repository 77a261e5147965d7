"""People and units as what can be found: by which words, and how they are shown to a reader."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from tandem.core.bulk import chunks
from tandem.people.actors import Actor
from tandem.people.models import Person, Unit
from tandem.search import kinds
from tandem.search.kinds import Hit, Kind, Nearby, Text
from tandem.search.rules import address_words, name_words


def _person_texts(keys: Iterable[int] | None) -> Iterator[Text]:
    for some in _asked(keys):
        rows = Person.objects.order_by("pk") if some is None else Person.objects.filter(pk__in=some)
        for pk, name, email, unit in rows.values_list("pk", "name", "email", "unit_id").iterator(chunk_size=2000):
            yield person_text(pk, name, email, unit)


def person_text(pk: int, name: str, email: str | None, unit: int | None) -> Text:
    words = dict.fromkeys([*name_words(name), *(address_words(email) if email else ())])
    return Text(pk, name, list(words), [f"u{unit}"] if unit else [])


def _unit_texts(keys: Iterable[int] | None) -> Iterator[Text]:
    for some in _asked(keys):
        rows = Unit.objects.order_by("pk") if some is None else Unit.objects.filter(pk__in=some)
        for pk, name in rows.values_list("pk", "name").iterator(chunk_size=2000):
            yield unit_text(pk, name)


def unit_text(pk: int, name: str) -> Text:
    return Text(pk, name, name_words(name))


def _asked(keys: Iterable[int] | None) -> Iterator[list[int] | None]:
    if keys is None:
        yield None
    else:
        yield from chunks(keys)


def _person_hits(actor: Actor, keys: list[int]) -> list[Hit]:
    own = _home(actor)
    rows = Person.objects.filter(pk__in=keys).select_related("unit").order_by()
    return [
        Hit(
            "person",
            one.pk,
            one.name,
            unit=one.unit.name if one.unit is not None else "",
            state="" if one.is_active else "left",
            is_near=own is not None and one.unit_id == own,
            also=address_words(one.email) if one.email else (),
        )
        for one in rows
    ]


def _unit_hits(actor: Actor, keys: list[int]) -> list[Hit]:
    rows = Unit.objects.filter(pk__in=keys).select_related("parent", "lead").order_by()
    return [
        Hit(
            "unit",
            one.pk,
            one.name,
            owner=one.lead.name if one.lead is not None else "",
            unit=one.parent.name if one.parent is not None else "",
            state="" if one.archived_on is None else "archived",
            is_near=one.pk == _home(actor),
        )
        for one in rows
    ]


def _home(actor: Actor) -> int | None:
    return getattr(actor, "unit_id", None)


def _colleagues(actor: Actor) -> Nearby:
    home = _home(actor)
    return Nearby(own=[f"u{home}"] if home is not None else [])


def register() -> None:
    kinds.register(Kind("person", 1, _("People"), _person_texts, _person_hits, _colleagues, is_named=True))
    kinds.register(Kind("unit", 2, _("Units"), _unit_texts, _unit_hits, is_named=True))

"""What the frame around every page shows: places, person, language, theme. A global of the templates.

It stands on every page, so it asks the database one thing only (how much news waits), and what differs only by
language and theme is made once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from tandem.activity.queries import unread_count
from tandem.core.languages import kept_text, offered
from tandem.core.wall import aside

if TYPE_CHECKING:
    from tandem.people.models import Person

THEME_COOKIE = "tandem_theme"
THEMES = ("", "light", "dark")


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    icon: str
    href: str
    parts: tuple[str, ...]
    """First parts of the addresses that belong here: `/objectives/7/` is in Goals."""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: str
    current: bool
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    person: "Person | None"
    places: list[Place]
    path: str
    language: str
    direction: str
    timezone: str
    languages: tuple[Choice, ...]
    theme: str
    menu: SafeString
    keys: SafeString
    palette: SafeString
    messages: Iterable[object]

    @property
    def unread(self) -> int:
        """How much news waits for the person. Asked where the bell is drawn: a page without one, like a refusal's, asks
        the database nothing, and so can be shown whatever state a transaction was left in. On a page that runs blind it
        is asked from outside of it, and says nothing of goals."""
        person = self.person
        if person is None:
            return 0
        with aside():
            return unread_count(person)


def frame(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    theme = person.theme if person else request.COOKIES.get(THEME_COOKIE, "")
    theme = theme if theme in THEMES else ""
    language = get_language() or settings.LANGUAGE_CODE
    languages = tuple(offered())
    return Frame(
        person=person,
        places=_places(person, request.path, language) if person else [],
        path=request.get_full_path() if request.method == "GET" else "",
        language=language,
        direction="rtl" if get_language_info(language)["bidi"] else "ltr",
        timezone=timezone.get_current_timezone_name(),
        languages=_languages(language, languages),
        theme=theme,
        menu=_menu(language, theme, languages, keeps=person is not None and _keeps(person)),
        keys=_keys(language),
        palette=_palette(language),
        messages=get_messages(request),
    )


def _places(person: "Person", path: str, language: str) -> list[Place]:
    """The places of the rail; a person without a unit has no unit to go to."""
    here = path.split("/")[1]
    week, goals, map_, kpi, *others = _common_places(language)
    if _keeps(person):
        others.append(_administration(language))
    unit = [_own_unit(person.unit_id, language)] if person.unit_id else []
    return [
        Place(place.label, place.icon, place.href, place.parts, here in place.parts)
        for place in (week, goals, map_, *unit, kpi, *others)
    ]


def _keeps(person: "Person") -> bool:
    """Is the administration one of their places?"""
    return person.is_administrator or person.is_people_team or person.is_champion


@kept_text
def _common_places(language: str) -> tuple[Place, ...]:
    return (
        Place(_("My week"), "week", reverse("my_week"), ("", "week")),
        Place(_("Goals"), "goals", reverse("goals"), ("goals", "objectives", "guide")),
        Place(_("Map"), "map", reverse("map"), ("map", "coverage")),
        Place(_("KPI"), "bars", reverse("my_kpis"), ("kpi",)),
        Place(_("Organization"), "organization", reverse("organization"), ("organization", "people")),
        Place(_("Cycles"), "cycles", reverse("cycles"), ("cycles",)),
    )


@kept_text
def _administration(language: str) -> Place:
    return Place(_("Administration"), "keys", reverse("administration"), ("administration",))


def _own_unit(unit_id: int, language: str) -> Place:
    return Place(_("Unit"), "unit", reverse("unit", args=[unit_id]), ("units",))


@kept_text
def _languages(language: str, keys: tuple[str, ...]) -> tuple[Choice, ...]:
    """Each by its own name: whoever looks for theirs may not read the present one."""
    return tuple(Choice(key, get_language_info(key)["name_local"], key == language) for key in keys)


@kept_text
def _menu(language: str, theme: str, languages: tuple[str, ...], *, keeps: bool) -> SafeString:
    themes = (
        Choice("", _("As the device"), not theme, "system"),
        Choice("light", _("Light"), theme == "light", "light"),
        Choice("dark", _("Dark"), theme == "dark", "dark"),
    )
    return _part(
        "ui/person_menu.html", {"languages": _languages(language, languages), "themes": themes, "keeps": keeps}
    )


@kept_text
def _keys(language: str) -> SafeString:
    return _part("ui/keys.html", {})


@kept_text
def _palette(language: str) -> SafeString:
    return _part("ui/palette.html", {})


def _part(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context))  # noqa: S308 - the template has escaped what it was given

"""What the frame around every page shows: places, person, language, theme. A global of the templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, get_language_info
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from tandem.people.models import Person

THEME_COOKIE = "tandem_theme"
THEMES = ("", "light", "dark")


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    icon: str
    href: str
    current: bool


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
    languages: list[Choice]
    theme: str
    themes: list[Choice]
    messages: Iterable[object]


def frame(request: HttpRequest) -> Frame:
    """Costs no query: everything comes from the request and the signed-in person's own row."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    theme = person.theme if person else request.COOKIES.get(THEME_COOKIE, "")
    language = get_language() or settings.LANGUAGE_CODE
    return Frame(
        person=person,
        places=_places(person, request.path) if person else [],
        path=request.get_full_path() if request.method == "GET" else "",
        language=language,
        direction="rtl" if get_language_bidi() else "ltr",
        languages=[
            Choice(key, get_language_info(key)["name_local"], key == language) for key, _name in settings.LANGUAGES
        ],
        theme=theme if theme in THEMES else "",
        themes=_themes(theme),
        messages=get_messages(request),
    )


def _places(person: "Person", path: str) -> list[Place]:
    """The places of the rail; a person without a unit has no unit to go to."""
    here = path.split("/")[1]
    places = [
        Place(_("My week"), "week", reverse("my_week"), here in ("", "week")),
        Place(_("Goals"), "goals", reverse("goals"), here in ("goals", "objectives")),
    ]
    if person.unit_id:
        own = reverse("unit", args=[person.unit_id])
        places.append(Place(_("Unit"), "unit", own, here == "units"))
    places += [
        Place(
            _("Organization"),
            "organization",
            reverse("organization"),
            here in ("organization", "people"),
        ),
        Place(_("Cycles"), "cycles", reverse("cycles"), here == "cycles"),
    ]
    return places


def _themes(theme: str) -> list[Choice]:
    return [
        Choice("", _("As the device"), theme not in ("light", "dark"), "system"),
        Choice("light", _("Light"), theme == "light", "light"),
        Choice("dark", _("Dark"), theme == "dark", "dark"),
    ]

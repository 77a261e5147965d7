"""What one can go to or do from the palette, found by words in both languages, pinyin and first letters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_info, gettext_noop, override
from django.utils.translation import gettext as _

from tandem.core.languages import kept_text, offered
from tandem.cycles.access import may_run_cycles
from tandem.people.access import may_run_organization
from tandem.search.rules import asked, name_words, plain_title

if TYPE_CHECKING:
    from tandem.people.models import Person


_OF_KEEPERS = ((gettext_noop("Add a person"), "plus", "person_new"), (gettext_noop("Add a unit"), "plus", "unit_new"))
_OF_CHAMPIONS = ((gettext_noop("New cycle"), "plus", "cycle_new"),)


@dataclass(frozen=True, slots=True)
class Deed:
    """A command of the palette: an address to go to, or one to send a value to."""

    label: str
    icon: str
    href: str
    name: str = ""
    value: str = ""
    words: frozenset[str] = frozenset()

    @property
    def is_sent(self) -> bool:
        return bool(self.name)


def deeds(person: "Person", text: str) -> list[Deed]:
    """Those whose words, in any of the languages, begin like the words typed; all for no words."""
    words = asked(text)
    allowed = _known(
        get_language() or settings.LANGUAGE_CODE, may_run_organization(person), may_run_cycles(person), tuple(offered())
    )
    own = [_own_unit(person)] if person.unit_id else []
    if not words:
        return [] if plain_title(text) or text.strip() else [*allowed[:2], *own, *allowed[2:]]
    return [one for one in (*own, *allowed) if all(any(have.startswith(w) for have in one.words) for w in words)]


def _own_unit(person: "Person") -> Deed:
    return Deed(_("Go to my unit"), "unit", reverse("unit", args=[person.unit_id]), words=_words_of("Go to my unit"))


@kept_text
def _known(language: str, keeps_people: bool, keeps_cycles: bool, languages: tuple[str, ...]) -> tuple[Deed, ...]:
    with override(language):
        found = [_deed(*one) for one in _places(keeps_people, keeps_cycles)]
        for key in languages:
            name = get_language_info(key)["name_local"]
            words = frozenset((*name_words(name), *name_words(get_language_info(key)["name"]), *_words_of("Language")))
            found.append(Deed(f"{_('Language')} · {name}", "language", reverse("set_language"), "language", key, words))
        for theme, label in (("", "As the device"), ("light", "Light"), ("dark", "Dark")):
            words = _words_of(label) | _words_of("Theme")
            shown = f"{_('Theme')} · {_(label)}"
            found.append(Deed(shown, theme or "system", reverse("set_theme"), "theme", theme, words))
    return tuple(one for one in found if one is not None)


def _places(keeps_people: bool, keeps_cycles: bool) -> list[tuple[str, str, str]]:
    """Label, icon, name of the address. Labels are marked for translation here and translated where shown."""
    return [
        (gettext_noop("Go to my week"), "week", "my_week"),
        (gettext_noop("Go to my goals"), "goals", "goals"),
        (gettext_noop("New objective"), "plus", "goals"),
        (gettext_noop("Go to the map"), "map", "map"),
        (gettext_noop("Go to the organization"), "organization", "organization"),
        (gettext_noop("Go to the cycles"), "cycles", "cycles"),
        (gettext_noop("Profile and settings"), "person", "me"),
        *(_OF_KEEPERS if keeps_people else ()),
        *(_OF_CHAMPIONS if keeps_cycles else ()),
    ]


def _deed(label: str, icon: str, name: str) -> Deed | None:
    try:
        return Deed(_(label), icon, reverse(name), words=_words_of(label))
    except NoReverseMatch:
        return None


@kept_text
def _words_of(label: str) -> frozenset[str]:
    """The label's words in every language: whoever thinks in another than the page's finds it too."""
    found: set[str] = set()
    for key, _name in settings.LANGUAGES:
        with override(key):
            found.update(name_words(_(label)))
    return frozenset(found)

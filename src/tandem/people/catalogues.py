"""The company's own words put into the loaded catalogues, from which every page, mail and answer takes its texts.

Each serving process does it when it reads that the words have changed; a request does nothing for it.
"""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from django.conf import settings
from django.utils.translation import to_locale, trans_real

from tandem.core.languages import forget_texts
from tandem.people.wording import Words, reworded

CHINESE = "zh-hans"
KEPT_AS_THEY_ARE = ("people file",)
"""Contexts of texts by which a file is recognized."""
_said: dict[str, Words] = {}


def speak(words: Words) -> None:
    """Say these words from now on. Called as often as the company's row is read."""
    if words == _said.get("words", {}):
        if _said.pop("before", None) is not None:
            forget_texts()  # once more: an answer that was begun before may have kept an old text meanwhile
        return
    _said.update(words=words, before=_said.get("words", {}))
    english, chinese = _catalogues(words)
    _load("en", english)
    _load(CHINESE, chinese)
    forget_texts()


def texts() -> Catalog:
    """Tandem's own texts, each with its Chinese."""
    source = Path(settings.LOCALE_PATHS[0]) / to_locale(CHINESE) / "LC_MESSAGES" / "django.mo"
    if not source.exists():
        return Catalog(locale="zh_Hans")
    with source.open("rb") as compiled:
        return read_mo(compiled)


def _catalogues(words: Words) -> tuple[Catalog, Catalog]:
    """What is said otherwise, in English and in Chinese."""
    english, chinese = Catalog(locale="en", charset="utf-8"), Catalog(locale="zh_Hans", charset="utf-8")
    for one in texts() if words else ():
        raw: Any = one.context
        context = raw.decode() if isinstance(raw, bytes) else raw  # babel leaves it as it stood in the file
        if not one.id or context in KEPT_AS_THEY_ARE:
            continue
        ids = [one.id] if isinstance(one.id, str) else list(one.id)
        own = one.string if isinstance(one.string, str) else (one.string or [""])[0]
        pairs = [reworded(text, own, words) for text in ids]
        if [text for text, _other in pairs] != ids:
            said = pairs[0][0] if len(pairs) == 1 else tuple(text for text, _other in pairs)
            english.add(one.id, said, context=context)
        if pairs[0][1] != own:
            other = pairs[0][1] if len(pairs) == 1 else (pairs[0][1],)
            chinese.add(one.id, other, context=context)
    return english, chinese


def _load(language: str, catalogue: Catalog) -> None:
    """Into the object that every thread speaks through already."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    made = trans_real.DjangoTranslation(language)
    if len(catalogue):
        made.merge(GNUTranslations(compiled))
    trans_real.translation(language)._catalog = made._catalog  # type: ignore[attr-defined]


SAMPLES = (
    "Objectives",
    "Add an objective",
    "Key results of one objective",
    "A key result measures what comes of the work. What is done is a key action; it moves a result.",
    "That would make a loop of alignments.",
    "Offer the handshake",
    "The last check-ins are made, everybody scores their goals, and people look back together.",
    "Confidence fell by 3 or more: say in a word what happened.",
    "Only a draft can move to another cycle.",
    "An archived unit takes no new members.",
)
"""Texts that show how words read: alone, with an article, several, at the beginning and inside."""


def samples(words: Words) -> list[tuple[str, str]]:
    """How typical texts read with these words, in English and Chinese."""
    known = texts()
    found = [known.get(text) for text in SAMPLES]
    return [reworded(str(one.id), str(one.string), words) for one in found if one is not None]

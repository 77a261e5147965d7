"""The languages that the company works in, and which of them is spoken to whom."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from django.conf import settings

Made = TypeVar("Made", bound=Callable[..., object])
_read: dict[str, Callable[[], tuple[list[str], str]]] = {}
_forget: list[Callable[[], None]] = []
_MOST_TEXTS = 4096


def kept_text(make: Made) -> Made:
    """Remember what is made of texts for the same values, until the company changes its words."""
    kept = lru_cache(_MOST_TEXTS)(make)
    _forget.append(kept.cache_clear)
    return kept  # type: ignore[return-value]


def forget_texts() -> None:
    """Make all of it anew: texts say something else now."""
    for forget in _forget:
        forget()


def set_company_languages(read: Callable[[], tuple[list[str], str]]) -> None:
    """Tell where the company keeps the languages it offers (none named: all of Tandem's) and its own."""
    _read["company"] = read


def known() -> list[str]:
    """Every language that Tandem speaks."""
    return [key for key, _name in settings.LANGUAGES]


def offered() -> list[str]:
    """Those that the company offers, in Tandem's order; never none."""
    chosen = _read["company"]()[0] if _read else []
    return [key for key in known() if key in chosen] or known()


def spoken(wished: str) -> str:
    """The language wished for, if it is offered; else the company's own."""
    languages = offered()
    if wished in languages:
        return wished
    own = _read["company"]()[1] if _read else settings.LANGUAGE_CODE
    return own if own in languages else languages[0]

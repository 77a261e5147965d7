"""The languages that the company works in, and which of them is spoken to whom."""

from collections.abc import Callable

from django.conf import settings

_read: dict[str, Callable[[], tuple[list[str], str]]] = {}


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

"""Texts people type: cleaned the same way everywhere, rendered safely."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markupsafe import Markup

from tandem.core.errors import Invalid

LINE_LENGTH = 500
TEXT_LENGTH = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")


def clean_line(raw: object, field: str, *, length: int = 200) -> str:
    """One line of text: trimmed, without control characters, 1…`length` characters. Raises Invalid."""
    text = clean_optional_line(raw, field, length=length)
    if not text:
        raise Invalid(_("This cannot be empty."), field=field)
    return text


def clean_optional_line(raw: object, field: str, *, length: int = 200) -> str:
    """The same, but it may be empty."""
    text = " ".join(_cleaned(raw, field).split())
    if len(text) > length:
        raise Invalid(_("This is longer than %(length)s characters.") % {"length": length}, field=field)
    return text


def clean_text(raw: object, field: str, *, length: int = TEXT_LENGTH) -> str:
    """Several lines of text, possibly empty, at most `length` characters. Raises Invalid."""
    text = _cleaned(raw, field).replace("\r\n", "\n").strip()
    if len(text) > length:
        raise Invalid(_("This is longer than %(length)s characters.") % {"length": length}, field=field)
    return text


def _cleaned(raw: object, field: str) -> str:
    if not isinstance(raw, str):
        raise Invalid(_("This must be text."), field=field)
    if raw.isprintable():  # the common case: nothing to take out, and no half characters
        return unicodedata.normalize("NFC", raw)
    if _HALF.search(raw):
        raise Invalid(_("This text is damaged (half a character)."), field=field)
    return unicodedata.normalize("NFC", _CONTROL.sub("", raw))


_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_TAGS = {
    "p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "code", "pre", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@lru_cache(maxsize=2048)
def markdown(text: str) -> Markup:
    """Markdown as safe HTML: no raw HTML, no images, links open nothing but http(s) and mailto."""
    return Markup(  # noqa: S704 - nh3 has cleaned it
        nh3.clean(
            _markdown.render(text),
            tags=_TAGS,
            attributes={"a": {"href", "title"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def plain_words(text: str) -> str:
    """The words that a reader of this Markdown sees, without its marks: what a selection in the page is made of."""
    return unescape(nh3.clean(markdown(text), tags=set())).strip()


def shortened(text: str, length: int = 80) -> str:
    """The beginning of a text, for a line that only has to remind of it."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

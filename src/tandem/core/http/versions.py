"""Which version a write was made from: the body's `version`, or the header `If-Match: "7"`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tandem.core.commands import expect_version, locked
from tandem.core.errors import Invalid

_MOST_DIGITS = 9


def expected(request: HttpRequest, body: int | None = None) -> int | None:
    """The version the client saw; None when it did not say. Raises Invalid for one that cannot be."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return body
    text = header.removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise Invalid(_("Send the version that you read, in quotes."), field="If-Match")
    if body is not None and body != int(text):
        raise Invalid(_("The version in the body is not the one in If-Match."), field="version")
    return int(text)


@contextmanager
def unchanged(
    request: HttpRequest, row: models.Model, body: int | None = None, *, first: Callable[[], object] | None = None
) -> Iterator[None]:
    """For a command that asks for no version itself: hold the row, and refuse (409) when it is another.

    `first` is the wider lock that the command takes, so that both take their locks in the same order.
    """
    version = expected(request, body)
    if version is None:
        yield
        return
    with transaction.atomic():
        if first is not None:
            first()
        expect_version(locked(row), version)
        yield

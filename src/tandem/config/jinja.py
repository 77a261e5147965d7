"""The templates' environment: what every template may call without being handed it."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined

from tandem.config import template_calls
from tandem.core import formats, texts
from tandem.integrations.coach_model import model
from tandem.pages.frame import frame
from tandem.pages.tables import csv_address


def environment(**options: Any) -> Environment:
    """Autoescaping, translated, strict: a name a template does not have is an error, not an empty place."""
    options.setdefault("undefined", StrictUndefined)
    made = template_calls.Templates(
        **options,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        bytecode_cache=_bytecode_cache(),
        cache_size=-1,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext, newstyle=True
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(_=template_calls.gettext, gettext=template_calls.gettext)
    made.globals.update(url=template_calls.url, static=static, frame=frame, csv_address=csv_address)
    made.globals.update(coach_model=model)
    made.filters.update(
        date=formats.date,
        datetime=formats.moment,
        ago=formats.ago,
        clock=formats.clock,
        number=formats.number,
        percent=formats.percent,
        compact=formats.compact,
        markdown=texts.markdown,
    )
    return made


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Compiled templates are kept, so that the first page after a start does not wait for the compiler."""
    if settings.DEBUG:
        return None
    folder = settings.DATA_DIR / "templates"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder), pattern="tandem_%s.cache")  # another name when the compiler changes

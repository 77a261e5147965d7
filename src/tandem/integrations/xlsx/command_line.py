"""`tandem export --format xlsx`."""

import io
import sys
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from tandem.core.errors import Invalid, Missing
from tandem.core.files import whole
from tandem.cycles.queries import cycles_by_key
from tandem.integrations.xlsx.goals import write_workbook
from tandem.okr.queries.lists import Filters
from tandem.people.actors import SYSTEM
from tandem.people.queries import organization


def export_workbook(cycle_key: str | None, output: Path | None, language: str | None) -> None:
    """All goals, or one cycle's, as a workbook in a file or a pipe. Raises Missing (404)."""
    if output is None and sys.stdout.isatty():
        raise Invalid(_("A workbook is nothing for a terminal: name a file with --output."))
    cycle = cycles_by_key([cycle_key]).get(cycle_key) if cycle_key else None
    if cycle_key and cycle is None:
        raise Missing(_("There is no cycle %(id)s.") % {"id": cycle_key}, field="cycle")
    which = Filters(cycle=cycle.pk if cycle else None)
    made = io.BytesIO()
    with (
        translation.override(language or organization().locale),
        tqdm(disable=not sys.stderr.isatty(), leave=False) as bar,
    ):
        title = cycle.name if cycle else organization().name
        write_workbook(SYSTEM, which, made, title=title, tell=bar.update)
    if output is None:
        sys.stdout.buffer.write(made.getvalue())
        return
    with whole(output) as draft:
        draft.write_bytes(made.getvalue())

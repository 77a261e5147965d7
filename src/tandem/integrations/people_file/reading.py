"""The two tables of people and units out of the bytes of a file."""

from django.utils.translation import gettext as _

from tandem.core import spreadsheets
from tandem.integrations.people_file.columns import Sheet, sheet_of

Table = spreadsheets.Table[Sheet]


def read(content: bytes) -> list[Table]:
    """The tables of an XLSX or CSV file. Raises Invalid naming `file`."""
    unknown = _(
        "No sheet has the headings of the template: people need name and e-mail, units a name and the unit above."
    )
    return spreadsheets.read(content, sheet_of, unknown)

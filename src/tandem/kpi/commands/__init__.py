"""Writing indicators."""

from tandem.kpi.commands.indicators import (
    add_indicator,
    archive_indicator,
    edit_indicator,
    renew_indicator,
    restore_indicator,
)

__all__ = [
    "add_indicator",
    "archive_indicator",
    "edit_indicator",
    "renew_indicator",
    "restore_indicator",
]

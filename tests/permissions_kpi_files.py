"""The rows of the matrix for indicators and values by file."""

from collections.abc import Callable
from typing import Any

from tandem.core.bulk import Entry, Faults
from tandem.core.clock import today
from tandem.kpi import commands as kpi
from tandem.kpi.commands.library_file import prepare_indicators
from tandem.kpi.commands.readings_file import Row, prepare_readings
from tandem.people.actors import SYSTEM
from tests.permissions_kpi import supplied

VALUES = b"indicator,person,date,value\ncoverage,ada@example.com,2026-10-14,71\n"
LIBRARY = b"code,name_en\nlate,Late parcels\n"


def _import(a: Any) -> object:
    entries = [Entry("late", "1", {"name_en": "Late parcels"})]
    return kpi.import_indicators(a, None, prepared=prepare_indicators(entries, Faults()))


def _send(s: Any, a: Any) -> object:
    supplied(s)
    return kpi.send_readings(a, None, name="v.csv", content=VALUES)


def _hand_in(s: Any, a: Any) -> object:
    indicator = supplied(s)
    row = Row(1, indicator.code, s.world.ada, None, today(), 71)
    return kpi.import_readings(a, None, prepared=prepare_readings(SYSTEM, [row], Faults()))


def _read(s: Any) -> Any:
    return kpi.enter_reading(SYSTEM, supplied(s), carrier=s.world.ada, on=today(), value=71)


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "kpi.import_indicators": {"": lambda _s, a: _import(a)},
    "kpi.send_library": {"": lambda _s, a: kpi.send_library(a, None, name="l.csv", content=LIBRARY)},
    "kpi.send_readings": {
        "": _send,
    },
    "kpi.import_readings": {"": _hand_in},
    "kpi.withdraw_reading": {"": lambda s, a: kpi.withdraw_reading(a, _read(s))},
    "kpi.import_file": {
        "sent by the people team": lambda s, a: kpi.import_file(
            a, kpi.send_library(s.world.hana, None, name="l.csv", content=LIBRARY)
        )
    },
}

"""The rows of the matrix for indicators, targets and readings."""

from collections.abc import Callable
from typing import Any

from tandem.core.clock import today
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator
from tandem.kpi.rules.library import LONGEST_LIFE
from tandem.people.actors import SYSTEM


def indicator(s: Any, **fields: Any) -> Indicator:
    return kpi.add_indicator(SYSTEM, None, **{"code": "coverage", "name_en": "Test coverage", **fields})


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "kpi.add_indicator": {"": lambda _s, a: kpi.add_indicator(a, None, code="coverage", name_en="Test coverage")},
    "kpi.edit_indicator": {"": lambda s, a: kpi.edit_indicator(a, indicator(s), unit="%")},
    "kpi.renew_indicator": {"": lambda s, a: kpi.renew_indicator(a, indicator(s), until=today() + LONGEST_LIFE)},
    "kpi.archive_indicator": {"": lambda s, a: kpi.archive_indicator(a, indicator(s))},
    "kpi.restore_indicator": {
        "": lambda s, a: kpi.restore_indicator(a, kpi.archive_indicator(SYSTEM, indicator(s))),
    },
}

"""The rows of the matrix for indicators, targets and readings."""

from collections.abc import Callable
from typing import Any

from tandem.core.clock import today
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, Scheme, Target
from tandem.kpi.rules.library import LONGEST_LIFE
from tandem.people.actors import SYSTEM


def indicator(s: Any, **fields: Any) -> Indicator:
    return kpi.add_indicator(SYSTEM, None, **{"code": "coverage", "name_en": "Test coverage", **fields})


ITEM = {"indicator": "coverage", "target": 80, "weight": 100}


def _units(s: Any) -> Scheme:
    indicator(s)
    return kpi.issue_to_unit(s.world.wei, s.world.web, cycle=s.world.quarter, items=[ITEM])


def _adas(s: Any) -> Scheme:
    """Ada's and Ben's targets, issued by their lead."""
    indicator(s)
    made = kpi.issue_to_team(s.world.lin, s.world.web, cycle=s.world.quarter, items=[ITEM])
    return next(one for one in made if one.carrier_person_id == s.world.ada.pk)


def _target(scheme: Scheme) -> Target:
    return Target.objects.get(scheme=scheme)


def _negotiated(s: Any) -> Target:
    return kpi.negotiate_target(s.world.ada, _target(_adas(s)), reason="x")


def _change(a: Any, scheme: Scheme) -> object:
    return kpi.change_targets(a, scheme, changes={_target(scheme).pk: {"target": 70}}, reason="x")


def _issue(s: Any, a: Any, act: Any, unit: Any) -> object:
    indicator(s)
    return act(a, unit, cycle=s.world.quarter, items=[ITEM])


def _split(s: Any, a: Any) -> object:
    """Web's target, handed down to Ada, whom Lin gave hers."""
    adas = _target(_adas(s))
    webs = kpi.issue_to_unit(s.world.wei, s.world.web, cycle=s.world.quarter, items=[ITEM])
    return kpi.split_target(a, _target(webs), how="amount", parts={adas.pk: 70}, reason="x")


def supplied(s: Any) -> Indicator:
    """What Ada carries and Ben hands in."""
    _adas(s)
    return kpi.edit_indicator(SYSTEM, Indicator.objects.get(code="coverage"), supplier=s.world.ben)


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "kpi.add_indicator": {"": lambda _s, a: kpi.add_indicator(a, None, code="coverage", name_en="Test coverage")},
    "kpi.edit_indicator": {"": lambda s, a: kpi.edit_indicator(a, indicator(s), unit="%")},
    "kpi.renew_indicator": {"": lambda s, a: kpi.renew_indicator(a, indicator(s), until=today() + LONGEST_LIFE)},
    "kpi.issue_to_unit": {
        "with a lead": lambda s, a: _issue(s, a, kpi.issue_to_unit, s.world.web),
        "the company": lambda s, a: _issue(s, a, kpi.issue_to_unit, s.world.acme),
    },
    "kpi.issue_to_team": {"": lambda s, a: _issue(s, a, kpi.issue_to_team, s.world.web)},
    "kpi.accept_targets": {
        "": lambda s, a: kpi.accept_targets(a, _adas(s)),
        "of a unit": lambda s, a: kpi.accept_targets(a, _units(s)),
    },
    "kpi.negotiate_target": {"": lambda s, a: kpi.negotiate_target(a, _target(_adas(s)), reason="x")},
    "kpi.change_targets": {
        "": lambda s, a: _change(a, _adas(s)),
        "of a unit": lambda s, a: _change(a, _units(s)),
    },
    "kpi.speak_final_word": {"": lambda s, a: kpi.speak_final_word(a, _negotiated(s), reason="x")},
    "kpi.split_target": {"of a unit with a lead": _split},
    "kpi.drop_targets": {"": lambda s, a: kpi.drop_targets(a, _adas(s), reason="x")},
    "kpi.enter_reading": {
        "supplied by a colleague": lambda s, a: kpi.enter_reading(
            a, supplied(s), carrier=s.world.ada, on=today(), value=1
        ),
    },
    "kpi.archive_indicator": {"": lambda s, a: kpi.archive_indicator(a, indicator(s))},
    "kpi.restore_indicator": {
        "": lambda s, a: kpi.restore_indicator(a, kpi.archive_indicator(SYSTEM, indicator(s))),
    },
}

"""The rows of the matrix for rounds and scorecards: Ada's, which Lin reviews, and Wei looks at a second time."""

from collections.abc import Callable
from typing import Any

from tandem.kpi import commands as kpi
from tandem.kpi.models import FactorClaim, Scorecard, Stage
from tandem.people.actors import SYSTEM
from tests.kpi.scoring_world import Quarter, opened


def _quarter(s: Any, **fields: Any) -> Quarter:
    return opened(s.world, **fields)


def _peered(s: Any) -> Quarter:
    found = _quarter(s)
    kpi.name_reviewers(SYSTEM, found.card(s.world.ada), manager=s.world.lin, peers=[s.world.ben])
    return found


def _at(s: Any, stage: str) -> Scorecard:
    """Ada's scorecard at a stage."""
    found = _quarter(s, second_review=stage == Stage.SECOND_REVIEW)
    if stage in (Stage.SELF_REVIEW, Stage.RUNNING):
        found.to(stage)
        return found.card(s.world.ada)
    card = found.reviewed(s.world.ada)
    if stage in (Stage.SECOND_REVIEW, Stage.CALIBRATION):
        return card
    found.to(Stage.COMMUNICATED)
    return (
        kpi.appeal(s.world.ada, found.card(s.world.ada), words="x")
        if stage == Stage.APPEALED
        else found.card(s.world.ada)
    )


def _claimed(s: Any) -> FactorClaim:
    item = _quarter(s).item(s.world.ada)
    return kpi.claim_factor(s.world.ada, item, words="x", evidence="y")


def _ready(s: Any) -> Scorecard:
    """All scored, in the manager's hands."""
    found = _quarter(s)
    kpi.note_item(s.world.lin, found.item(s.world.ada), actual=80, note="x")
    kpi.mark_item(s.world.lin, found.item(s.world.ada, "attitude"), value=4)
    found.to(Stage.MANAGER_REVIEW)
    return found.card(s.world.ada)


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "kpi.open_round": {"": lambda s, a: kpi.open_round(a, None, cycle=s.world.quarter)},
    "kpi.edit_round": {"": lambda s, a: kpi.edit_round(a, _quarter(s).round, appeal_days=3)},
    "kpi.refresh_round": {"": lambda s, a: kpi.refresh_round(a, _quarter(s).round)},
    "kpi.move_cards": {"": lambda s, a: kpi.move_cards(a, _quarter(s).round, to=Stage.SELF_REVIEW)},
    "kpi.close_round": {
        "": lambda s, a: kpi.close_round(a, kpi.open_round(SYSTEM, None, cycle=s.world.quarter)),
    },
    "kpi.remind_of_round": {"": lambda s, a: kpi.remind_of_round(a, _quarter(s).round)},
    "kpi.remind_suppliers": {"": lambda _s, a: kpi.remind_suppliers(a, None)},
    "kpi.delegate_reviews": {
        "of another": lambda s, a: kpi.delegate_reviews(a, _quarter(s).round, reviewer=s.world.lin, to=s.world.wei),
    },
    "kpi.review_oneself": {"": lambda s, a: kpi.review_oneself(a, _at(s, Stage.SELF_REVIEW))},
    "kpi.note_item": {
        "": lambda s, a: kpi.note_item(a, _quarter(s).item(s.world.ada), actual=1, note="x"),
        "of a unit's scorecard": lambda s, a: kpi.note_item(a, _quarter(s).item(s.world.web), actual=1, note="x"),
    },
    "kpi.note_parts": {
        "": lambda s, a: kpi.note_parts(
            a, _quarter(s).card(s.world.ada), parts=[{"score": 1, "days": 1, "words": "x"}]
        ),
    },
    "kpi.mark_item": {
        "": lambda s, a: kpi.mark_item(a, _quarter(s).item(s.world.ada, "attitude"), value=3),
        "of a colleague who was asked": lambda s, a: kpi.mark_item(
            a, _peered(s).item(s.world.ada, "attitude"), value=3
        ),
    },
    "kpi.hand_in_review": {"": lambda s, a: kpi.hand_in_review(a, _ready(s))},
    "kpi.hand_in_second_review": {"": lambda s, a: kpi.hand_in_second_review(a, _at(s, Stage.SECOND_REVIEW))},
    "kpi.name_reviewers": {"": lambda s, a: kpi.name_reviewers(a, _quarter(s).card(s.world.ada), manager=s.world.wei)},
    "kpi.calibrate": {"": lambda s, a: kpi.calibrate(a, _at(s, Stage.CALIBRATION), adjustment=1, words="x")},
    "kpi.acknowledge": {
        "": lambda s, a: kpi.acknowledge(a, _at(s, Stage.COMMUNICATED)),
        "of a unit's scorecard": lambda s, a: kpi.acknowledge(a, _quarter(s).communicated(s.world.web)),
    },
    "kpi.appeal": {"": lambda s, a: kpi.appeal(a, _at(s, Stage.COMMUNICATED), words="x")},
    "kpi.decide_appeal": {"": lambda s, a: kpi.decide_appeal(a, _at(s, Stage.APPEALED), words="x")},
    "kpi.claim_factor": {
        "": lambda s, a: kpi.claim_factor(a, _quarter(s).item(s.world.ada), words="x", evidence="y"),
        "of a unit's scorecard": lambda s, a: kpi.claim_factor(
            a, _quarter(s).item(s.world.web), words="x", evidence="y"
        ),
    },
    "kpi.decide_claim": {"": lambda s, a: kpi.decide_claim(a, _claimed(s), remedy="none", words="x")},
    "kpi.note_look": {"": lambda s, a: kpi.note_look(a, None, card=_quarter(s).card(s.world.ada))},
}

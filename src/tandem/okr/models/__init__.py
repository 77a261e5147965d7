"""Goals as tables."""

from tandem.okr.models.agreements import (
    Agreement,
    AgreementState,
    MovedTarget,
    Sides,
    Suggestion,
    SuggestionState,
)
from tandem.okr.models.checkins import CheckIn
from tandem.okr.models.comments import Comment, Follow, Reaction, ReactionKind
from tandem.okr.models.coverage import Delegation, Proposal, ProposalState, UnitCoverage
from tandem.okr.models.goals import (
    Ambition,
    Category,
    GoalSet,
    Objective,
    ObjectiveState,
)
from tandem.okr.models.handovers import HandOver
from tandem.okr.models.key_results import ActionState, KeyAction, KeyResult, KeyResultKind
from tandem.okr.models.links import Alignment, CoOwner
from tandem.okr.models.numbers import UnitNumbers
from tandem.okr.models.promotions import Promotion
from tandem.okr.models.visibility import Reader, Visibility

__all__ = [
    "ActionState",
    "Agreement",
    "AgreementState",
    "Alignment",
    "Ambition",
    "Category",
    "CheckIn",
    "CoOwner",
    "Comment",
    "Delegation",
    "Follow",
    "GoalSet",
    "HandOver",
    "KeyAction",
    "KeyResult",
    "KeyResultKind",
    "MovedTarget",
    "Objective",
    "ObjectiveState",
    "Promotion",
    "Proposal",
    "ProposalState",
    "Reaction",
    "ReactionKind",
    "Reader",
    "Sides",
    "Suggestion",
    "SuggestionState",
    "UnitCoverage",
    "UnitNumbers",
    "Visibility",
]

"""Goals are found by what they say: commands that change it end here, in their own transaction."""

from collections.abc import Iterable

from tandem.core.bulk import chunks
from tandem.okr.found import text_of
from tandem.okr.models import Comment, GoalSet, KeyResult, Objective
from tandem.search.commands import index, put_new


def index_objective(objective: Objective) -> None:
    """Its words changed."""
    index("objective", objective.pk)


def index_whole(*objectives: int) -> None:
    """They were moved, put away or brought back, with all their key results and what was said of them."""
    index("objective", *objectives)
    for chunk in chunks(objectives):
        index("key_result", *KeyResult.objects.filter(objective__in=chunk).values_list("pk", flat=True))
        index("comment", *Comment.objects.filter(objective__in=chunk).values_list("pk", flat=True))


def index_sets(sets: Iterable[GoalSet]) -> None:
    """They count in another unit now."""
    for chunk in chunks(one.pk for one in sets):
        index_whole(*Objective.objects.filter(goal_set__in=chunk).values_list("pk", flat=True))


def index_comment(comment: Comment) -> None:
    index("comment", comment.pk)


def index_key_result(key_result: KeyResult) -> None:
    index("key_result", key_result.pk)


def index_new(objectives: Iterable[Objective], key_results: Iterable[KeyResult]) -> None:
    """Many new rows at once, each with its objective and goal set at hand."""
    put_new("objective", (text_of(one, one) for one in objectives if one.archived_on is None))
    living = (one for one in key_results if one.archived_on is None and one.objective.archived_on is None)
    put_new("key_result", (text_of(one, one.objective) for one in living))

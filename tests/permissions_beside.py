"""The rows of the matrix for what stands beside goals: keeping Tandem running, examples, "KPI or OKR?"."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django_tasks_db.models import DBTaskResult

from tandem.activity import commands as activity
from tandem.core.clock import now
from tandem.cycles import commands as cycles
from tandem.guide import commands as guide
from tandem.guide.models import Answers
from tandem.guide.queries import get_example, get_team
from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tests import (
    permissions_growth,
    permissions_kpi,
    permissions_kpi_files,
    permissions_rewards,
    permissions_rounds,
)


def _failed_task() -> UUID:
    tasks: Any = DBTaskResult.objects
    task = tasks.create(task_path="tandem.activity.jobs.run_job", status="FAILED", args_kwargs={}, run_after=now())
    return cast(UUID, task.pk)


def _before(s: Any) -> Any:
    """A committed objective of Ada's in a cycle that has not begun."""
    later = cycles.create_cycle(SYSTEM, None, name="2027 Q1", start=date(2027, 1, 4), end=date(2027, 3, 31))
    made = okr.create_objective(s.world.ada, s.world.ada, cycle=later, title="No data is lost", ambition="committed")
    return okr.publish_objective(s.world.ada, made)


def _proposed_as_kpi(s: Any) -> Any:
    return okr.propose_promotion(s.world.ada, _before(s), words="It must not fail.")


YES: dict[str, bool] = dict.fromkeys(("path_known", "result_enough", "must_not_fail", "same_for_all"), True)


def _answered(s: Any) -> Answers:
    """What Ada answered about something that is no objective yet."""
    return guide.keep_answers(s.world.ada, s.world.ada, cycle=s.world.quarter, words="x", **YES)


def _answered_about(s: Any) -> Answers:
    return guide.keep_answers_about(s.world.ada, s.mine, **YES)


def _start(s: Any, actor: Any, owner: Any) -> object:
    example = get_example(actor, "product.first-week")
    return guide.start_from_example(actor, owner, cycle=s.world.quarter, example=example, language="en")


def _start_team(s: Any, actor: Any, owner: Any) -> object:
    team = get_team(actor, "development")
    return guide.start_from_team(actor, owner, cycle=s.world.quarter, team=team, language="en")


def _back(s: Any, actor: Any, owner: Any) -> object:
    made = okr.create_objective(s.world.writer_of(owner), owner, cycle=s.world.quarter, title="Draft")
    return guide.take_back_drafts(actor, made.goal_set, objectives=[made.pk])


TRIES: dict[str, dict[str, Callable[[Any, Any], Any]]] = {
    "guide.start_from_example": {
        "for oneself": lambda s, a: _start(s, a, s.world.ada),
        "for a unit with a lead": lambda s, a: _start(s, a, s.world.web),
        "for a unit without": lambda s, a: _start(s, a, s.world.data),
    },
    "okr.follow_readings": {"": lambda s, a: okr.follow_readings(a, s.mine.goal_set)},
    "okr.propose_promotion": {"": lambda s, a: okr.propose_promotion(a, _before(s), words="x")},
    "okr.sign_promotion": {"": lambda s, a: okr.sign_promotion(a, _proposed_as_kpi(s))},
    "okr.withdraw_promotion": {"": lambda s, a: okr.withdraw_promotion(a, _proposed_as_kpi(s))},
    "guide.start_from_team": {
        "for oneself": lambda s, a: _start_team(s, a, s.world.ada),
        "for a unit with a lead": lambda s, a: _start_team(s, a, s.world.web),
    },
    "guide.add_team_indicators": {
        "": lambda _s, a: guide.add_team_indicators(a, None, team=get_team(a, "development")),
    },
    "guide.take_back_drafts": {
        "": lambda s, a: _back(s, a, s.world.ada),
        "of a unit with a lead": lambda s, a: _back(s, a, s.world.web),
    },
    "guide.keep_answers": {
        "for oneself": lambda s, a: guide.keep_answers(a, s.world.ada, cycle=s.world.quarter, **YES),
        "for a unit with a lead": lambda s, a: guide.keep_answers(a, s.world.web, cycle=s.world.quarter, **YES),
    },
    "guide.keep_answers_about": {"": lambda s, a: guide.keep_answers_about(a, s.mine, **YES)},
    "guide.change_answers": {
        "about an objective": lambda s, a: guide.change_answers(a, _answered_about(s), path_known=False),
        "about what is none yet": lambda s, a: guide.change_answers(a, _answered(s), path_known=False),
    },
    "guide.withdraw_answers": {
        "about an objective": lambda s, a: guide.withdraw_answers(a, _answered_about(s)),
        "about what is none yet": lambda s, a: guide.withdraw_answers(a, _answered(s)),
    },
    "guide.restore_answers": {
        "about what is none yet": lambda s, a: guide.restore_answers(
            a, guide.withdraw_answers(s.world.ada, _answered(s))
        ),
    },
    "guide.write_from_answers": {"": lambda s, a: guide.write_from_answers(a, _answered(s))},
    "activity.retry_task": {"": lambda _s, a: activity.retry_task(a, _failed_task())},
    "activity.forget_task": {"": lambda _s, a: activity.forget_task(a, _failed_task())},
    "activity.forget_audit": {"": lambda _s, a: activity.forget_audit(a, None, before=now())},
    "activity.send_test_mail": {"": lambda _s, a: activity.send_test_mail(a, "omar@example.com")},
    "activity.note_export": {"": lambda _s, a: activity.note_export(a, "audit", rows=1)},
    **permissions_growth.TRIES,
    **permissions_kpi.TRIES,
    **permissions_kpi_files.TRIES,
    **permissions_rounds.TRIES,
    **permissions_rewards.TRIES,
}

"""Cases about how cycles end: scores, archives, what goes along into the next one."""

from datetime import date
from decimal import Decimal

from tandem.cycles import commands as cycles
from tandem.cycles.models import Cycle
from tandem.okr import commands as okr
from tandem.okr import queries, rules
from tandem.okr.models import Alignment, KeyResult, Objective
from tandem.people.actors import SYSTEM
from tests.cases.kinds import Ask, kind
from tests.cases.reading import Row
from tests.proof import assert_numbers_true, refused
from tests.world import World, fresh

SCORES = {"fail": "0.2", "commit": "0.5", "target": "0.8", "stretch": "1.0"}
"""A score in the middle of what the peer calls a zone."""


def review(world: World) -> None:
    cycles.enter_phase(world.chen, world.quarter, phase="review")


def following() -> Cycle:
    return cycles.create_cycle(SYSTEM, None, name="Next", start=date(2027, 1, 1), end=date(2027, 3, 31))


@kind("closed_progress")
def test_a_closed_cycle_keeps_its_numbers(row: Row, ask: Ask) -> None:
    world = ask()
    objective = world.objective()
    for percent in row["input"]["targets_pct"]:
        okr.check_in(world.ada, world.key_result(objective, kind="percent"), value=percent)
    review(world)
    okr.take_proposals(world.ada, objective.goal_set)
    cycles.enter_phase(world.chen, world.quarter, phase="closed")
    closing = queries.one_goal(world.ada, objective.pk).objective
    assert (closing.progress, closing.score) == (Decimal("0.6"), Decimal("0.6"))
    for act in (
        lambda: okr.check_in(world.ada, objective.key_results.first(), value=99),
        lambda: okr.score_key_result(world.ada, objective.key_results.first(), score=1, reason="better"),
    ):
        with refused(422, code="closed"):
            act()
    assert queries.one_goal(world.ada, objective.pk).objective == closing


@kind("stats_counts")
def test_counts_of_how_it_ended(row: Row, ask: Ask) -> None:
    """Completed is what was scored, successful a green score; objectives without key results count, and have none."""
    world = ask()
    objectives = row["input"]["objectives"]
    goals = [world.objective() for _one in objectives]
    results = [[world.key_result(goal) for _zone in one["krs"]] for goal, one in zip(goals, objectives, strict=True)]
    review(world)
    for one, rows in zip(objectives, results, strict=True):
        for key_result, zone in zip(rows, one["krs"], strict=True):
            score = SCORES[zone.split(":")[1]]
            okr.score_key_result(world.ada, key_result, score=score if one["state"] != "ongoing" else None)
    found = queries.results_of(world.ada, world.quarter.pk)[None]
    wanted = row["expected"]
    assert (found["objectives"], found["key_results"]) == (wanted["objectives"], wanted["krs"])
    scorable = [one for one in objectives if one["state"] != "ongoing" and one["krs"]]
    assert found["scored"] == len(scorable)
    assert found.bands()["green"] == wanted["successful"]
    zones = [zone.split(":")[1] for one in objectives for zone in one["krs"]]
    for zone in ("fail", "commit", "target", "stretch"):
        assert zones.count(zone) == wanted[zone]
    assert sum(rules.band(Decimal(SCORES[zone])) == "green" for zone in zones) == wanted["target_or_stretch"]


@kind("cycle_complete")
def test_a_cycle_closes_by_name_and_is_then_read_only(row: Row, ask: Ask) -> None:
    """Nobody who is missing can hold it open: the list of them is shown, and late scores are marked."""
    world = ask()
    for pending in row["input"]["open_appraisals"]:
        world.quarter = cycles.create_cycle(SYSTEM, None, name="Q", start=date(2026, 10, 1), end=date(2026, 12, 31))
        for _one in range(pending):
            world.key_result(world.objective())
        review(world)
        missing = [queries.MissingScores(*one) for one in queries.missing_scores(world.chen, world.quarter.pk)]
        assert sum(one.key_results - one.scored for one in missing) == pending
        closed = cycles.enter_phase(world.chen, fresh(world.quarter), phase="closed")
        assert row["expected"]["after_complete_new_goal"] == "refused"
        with refused(422, code="closed"):
            okr.create_objective(world.ada, world.ada, cycle=closed, title="Too late")


@kind("cycle_clone")
def test_goals_go_along_and_keep_their_links(row: Row, ask: Ask) -> None:
    """Units live on by themselves; objectives are taken along by their owners, their key results with numbers reset."""
    world = ask()
    assert row["input"]["objective_with_parent"]
    parent, child = world.objective(world.acme), world.objective(world.web)
    okr.align(world.lin, child, parent=parent)
    for _one in range(row["input"]["key_results"]):
        okr.check_in(world.lin, world.key_result(child), value=40, confidence=9)
    cycle = following()
    new_child = okr.clone_objective(world.lin, child, cycle=cycle)  # the child first: no order loses the link
    new_parent = okr.clone_objective(world.grace, parent, cycle=cycle)
    assert Alignment.objects.get(child=new_child).parent == new_parent
    copied = KeyResult.objects.filter(objective=new_child)
    assert len(copied) == row["input"]["key_results"]
    assert {(one.current, one.confidence, one.check_ins_count) for one in copied} == {(None, None, 0)}
    assert queries.get_goal_set(world.grace, world.acme, cycle) == new_parent.goal_set


@kind("duplicate_to_cycle")
def test_a_copy_begins_at_its_start(row: Row, ask: Ask) -> None:
    """More than five objectives are asked about and never refused, here as anywhere."""
    world = ask()
    given = row["input"]["source"]
    source = world.objective()
    for _one in range(given["krs"]):
        okr.check_in(world.ada, world.key_result(source), value=given["progress"])
    cycle = following()
    for there, _wanted in zip(row["input"]["target_cycle_has"], row["expected"]["result"], strict=True):
        while Objective.objects.filter(goal_set__cycle=cycle).count() < there:
            world.objective(cycle=cycle, published=False)
        heir = okr.clone_objective(world.ada, source, cycle=cycle)
        goal = queries.one_goal(world.ada, heir.pk)
        assert len(goal.key_results) == given["krs"]
        assert all(one.last_value == one.start for one in goal.key_results)
        assert not goal.objective.progress
    assert_numbers_true()


@kind("archive_gate")
def test_what_was_scored_says_first_what_was_learned(row: Row, ask: Ask) -> None:
    """What was dropped has said why already; what was never scored can be put away, for it can be brought back."""
    world = ask()
    review(world)
    for case, may in zip(row["input"]["cases"], row["expected"]["can_archive"], strict=True):
        objective = world.objective()
        key_result = world.key_result(objective)
        if case.get("scored"):
            okr.score_key_result(world.ada, key_result, score="0.7")
        if case.get("retro"):
            okr.reflect_on_objective(world.ada, objective, reflection="Smaller steps")
        if case.get("cancelled"):
            okr.drop_objective(world.ada, objective, reason="The market moved")
        if may or not case.get("scored"):
            okr.archive_objective(world.ada, objective)
        else:
            with refused(422, field="reflection"):
                okr.archive_objective(world.ada, objective)

"""Applying again and again: what is new, what differs, what stays."""

from typing import Any

import pytest

from tandem.activity.models import Event
from tandem.integrations.plan import checking
from tandem.okr.commands import check_in, publish_objective
from tandem.okr.models import Alignment, CheckIn, KeyResult, Objective
from tandem.people.actors import SYSTEM
from tandem.people.models import Membership, Person, Unit
from tests.plan.company import Bend, changed, refusals, small, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_late_november")]


@pytest.fixture
def _late_november(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T10:00:00Z")


def again(bend: Bend) -> dict[str, tuple[int, int, int]]:
    """Apply the company bent; afterwards the same once more must change nothing, and all numbers be true."""
    counts = changed(write(small(bend)))
    assert changed(write(small(bend))) == {}
    assert list(checking.faults()) == []
    return counts


def first(plan: dict[str, Any]) -> dict[str, Any]:
    return plan["objectives"][0]["key_results"][0]  # type: ignore[no-any-return]


def test_the_first_time_all_is_new() -> None:
    assert write(small()) == {
        "organization": (0, 0, 0), "cycles": (3, 0, 0), "units": (2, 0, 0), "people": (2, 0, 0),
        "objectives": (2, 0, 0), "key_results": (2, 0, 0), "actions": (1, 0, 0), "check_ins": (3, 0, 0),
        "agreements": (0, 0, 0),
    }  # fmt: skip
    assert again(dict.copy) == {}
    assert Event.objects.filter(verb="objective.imported").count() == 2
    assert Unit.objects.get(key="eng").lead == Person.objects.get(key="ada")
    assert Membership.objects.count() == 2


def test_an_alignment_to_a_key_result_means_its_objective() -> None:
    write(small())
    link = Alignment.objects.get()
    assert (link.child.key, link.parent.key) == ("o2", "o1")


def test_the_last_check_in_of_a_day_counts_and_current_only_without_any() -> None:
    write(small(lambda plan: first(plan).update(current=44)))
    assert KeyResult.objects.get(key="k1").current == 36
    again(lambda plan: first(plan).update(current=44, check_ins=first(plan)["check_ins"][:2]))
    assert KeyResult.objects.get(key="k1").current == 36


def test_what_is_left_out_keeps_its_value() -> None:
    write(small(lambda plan: plan["objectives"][0].update(description="Why", weight=3)))
    assert again(lambda plan: plan["objectives"][0].update(title="Other words")) == {"objectives": (0, 1, 1)}
    objective = Objective.objects.get(key="o1")
    assert (objective.title, objective.description, objective.weight) == ("Other words", "Why", 3)


def test_what_the_file_does_not_name_stays() -> None:
    write(small())
    assert changed(write({"tandem": 1, "cycles": [], "units": []})) == {}
    assert again(lambda plan: plan["objectives"].pop(0)) == {}
    assert Objective.objects.count() == 2


CHANGES: dict[str, tuple[Bend, dict[str, tuple[int, int, int]]]] = {
    "a unit moves": (
        lambda plan: (
            plan["units"].append({"id": "lab", "name": "Lab", "parent": "co"}), plan["units"][1].update(parent="lab"),
        ),
        {"units": (1, 1, 1)},
    ),
    "a person moves": (lambda plan: plan["people"][1].update(unit="co"), {"people": (0, 1, 1)}),
    "the lead moves": (lambda plan: plan["people"][0].update(unit="co"), {"people": (0, 1, 1)}),
    "another lead": (
        lambda plan: (plan["people"][0].update(lead=False), plan["people"][1].update(lead=True)), {"people": (0, 2, 0)},
    ),
    "a further unit": (lambda plan: plan["people"][0].update(units=["co"], leads=["co"]), {"people": (0, 1, 1)}),
    "roles": (lambda plan: plan["people"][0].update(roles=["champion", "administrator"]), {"people": (0, 1, 1)}),
    "cycle dates": (lambda plan: plan["cycles"][0].update(end="2026-12-24", weekday=2), {"cycles": (0, 1, 2)}),
    "phases": (lambda plan: plan["cycles"][0].update(phases={"run": {"began": "2026-10-05"}}), {"cycles": (0, 1, 2)}),
    "dropped": (
        lambda plan: plan["objectives"][1].update(state="dropped", dropped_reason="Done by others"),
        {"objectives": (0, 1, 1)},
    ),
    "archived": (lambda plan: plan["objectives"][0].update(archived="2026-11-01"), {"objectives": (0, 1, 1)}),
    "unaligned": (lambda plan: plan["objectives"][1].update(aligned_to=[]), {"objectives": (0, 1, 1)}),
    "co-owners": (lambda plan: plan["objectives"][0].update(co_owners=["ada", "bob"]), {"objectives": (0, 1, 1)}),
    "another target": (lambda plan: first(plan).update(target=60), {"key_results": (0, 1, 1)}),
    "archived key result": (lambda plan: first(plan).update(archived="2026-11-01"), {"key_results": (0, 1, 1)}),
    "a further key result": (
        lambda plan: plan["objectives"][0]["key_results"].append({"id": "k3", "title": "x", "current": 50}),
        {"key_results": (1, 0, 2)},
    ),
    "an action done": (lambda plan: plan["objectives"][0]["actions"][0].update(state="done"), {"actions": (0, 1, 0)}),
    "a further check-in": (
        lambda plan: first(plan)["check_ins"].append({"date": "2026-11-20", "value": 41}), {"check_ins": (1, 0, 3)},
    ),
    "a late check-in": (
        lambda plan: first(plan)["check_ins"].append({"date": "2026-10-09", "value": 31}), {"check_ins": (1, 0, 3)},
    ),
    "a corrected check-in": (
        lambda plan: first(plan)["check_ins"][0].update(value=32), {"check_ins": (0, 1, 2)},
    ),
    "a draft check-in": (
        lambda plan: first(plan)["check_ins"].append({"date": "2026-11-20", "value": 41, "draft": True}),
        {"check_ins": (1, 0, 3)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_only_what_differs_changes(name: str) -> None:
    write(small())
    bend, counts = CHANGES[name]
    assert again(bend) == counts


def test_a_correction_keeps_history_and_the_order_of_the_day() -> None:
    write(small())
    again(lambda plan: first(plan)["check_ins"][0].update(value=32))
    standing = CheckIn.objects.filter(withdrawn_at=None, on="2026-10-16").order_by("pk")
    assert [row.value for row in standing] == [32, 34]
    assert CheckIn.objects.exclude(withdrawn_at=None).count() == 2
    again(lambda plan: first(plan).update(check_ins=first(plan)["check_ins"][:1]))


def test_check_ins_made_elsewhere_stay() -> None:
    write(small())
    check_in(SYSTEM, KeyResult.objects.get(key="k1"), value=40)
    assert again(dict.copy) == {}
    assert KeyResult.objects.get(key="k1").current == 40


def test_states_and_days_that_are_left_out() -> None:
    def bend(plan: dict[str, Any]) -> None:
        for one in plan["objectives"]:
            one.pop("published")
        plan["objectives"] += [
            {"id": "o3", "cycle": "old", "owner": "person:bob", "title": "Long ago"},
            {"id": "o4", "cycle": "pool", "owner": "person:bob", "title": "Some day"},
        ]

    write(small(bend))
    states = dict(Objective.objects.values_list("key", "state"))
    assert states == {"o1": "active", "o2": "active", "o3": "active", "o4": "draft"}
    days = {key: str(day) for key, day in Objective.objects.values_list("key", "published_on")}
    assert days == {"o1": "2026-11-22", "o2": "2026-11-22", "o3": "2019-03-31", "o4": "None"}


def test_a_closed_cycle_is_only_read() -> None:
    write(small(lambda plan: plan["cycles"][0].update(phase="closed")))
    assert refusals(small(lambda plan: plan["cycles"][0].update(phase="closed"))) == {}
    bends: list[Bend] = [
        lambda plan: plan["cycles"][0].update(phase="run"),
        lambda plan: plan["objectives"][0].update(title="x"),
        lambda plan: first(plan).update(title="x"),
        lambda plan: first(plan)["check_ins"].append({"date": "2026-11-20", "value": 41}),
        lambda plan: plan["objectives"][0]["actions"][0].update(title="x"),
        lambda plan: plan["objectives"].append({"id": "o9", "cycle": "q", "owner": "unit:co", "title": "x"}),
    ]
    for bend in bends:
        assert refusals(small(lambda plan, bend=bend: (plan["cycles"][0].update(phase="closed"), bend(plan))))  # type: ignore[misc]


def test_things_keep_their_place() -> None:
    write(small())
    assert "objectives[1].owner" in refusals(small(lambda plan: plan["objectives"][1].update(owner="person:bob")))
    assert "objectives[1].cycle" in refusals(
        small(lambda plan: plan["objectives"][1].update(cycle="old", aligned_to=[]))
    )

    def elsewhere(plan: dict[str, Any]) -> None:
        plan["objectives"][1]["key_results"] = [plan["objectives"][0]["key_results"].pop()]

    assert refusals(small(elsewhere)).keys() == {"objectives[1].key_results[0].id"}


def test_a_draft_moves_with_its_cycle() -> None:
    def draft(plan: dict[str, Any]) -> None:
        plan["objectives"][1] = {"id": "o2", "cycle": "pool", "owner": "person:ada", "title": "Guide", "state": "draft"}

    write(small(draft))
    assert again(lambda plan: (draft(plan), plan["objectives"][1].update(cycle="q"))) == {"objectives": (0, 1, 1)}
    publish_objective(SYSTEM, Objective.objects.get(key="o2"))


def test_the_last_administrator_stays() -> None:
    write(small(lambda plan: plan["people"][0].update(roles=["administrator"])))
    assert refusals(small(lambda plan: plan["people"][0].update(roles=[]))).keys() == {"people"}


def test_numbers_do_not_cost_a_query_each(django_assert_max_num_queries: Any) -> None:
    def many(plan: dict[str, Any], count: int) -> None:
        plan["objectives"] += [
            {"id": f"m{i}", "cycle": "q", "owner": "person:bob", "title": "x", "aligned_to": ["o1"],
             "key_results": [{"id": f"m{i}k", "title": "y", "check_ins": [{"date": "2026-11-06", "value": i % 100}]}]}
            for i in range(count)
        ]  # fmt: skip

    with django_assert_max_num_queries(130):
        write(small(lambda plan: many(plan, 400)))
    with django_assert_max_num_queries(60):
        write(small(lambda plan: many(plan, 400)))

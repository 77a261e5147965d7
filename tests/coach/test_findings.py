"""Every check, once where it asks and once where it does not."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from tandem.coach import (
    CHECKS,
    Finding,
    GoalSetText,
    KeyResultText,
    ObjectiveText,
    ParentText,
    findings_of_goal_set,
    findings_of_objective,
    findings_of_text,
)


def codes(found: list[Finding]) -> set[str]:
    return {one.code for one in found}


def objective(title: str = "New customers love the first week", *results: KeyResultText, **more: Any) -> ObjectiveText:
    """An objective about which nothing is asked, unless the story takes something away."""
    good = (KeyResultText("Activation", "metric", Decimal(30), Decimal(45), confidence=5),
            KeyResultText("Complaints stay below 3 a week", "maintain", high=Decimal(3), confidence=6))  # fmt: skip
    return ObjectiveText(title, key_results=results or good, **{"actions": 1, **more})


OF_A_TEXT = [
    ("objective", "label", "游戏项目", "新玩家第一周就爱上这个游戏"),
    ("objective", "task-objective", "Create a release pipeline", "Every team ships without fear"),
    ("objective", "task-objective", "搭建数据平台", "每个人都能自己回答数据问题"),
    ("objective", "metric-only", "Raise renewal rate to 90%", "Customers stay because they want to"),
    ("objective", "metric-only", "Hit 12 million in revenue", "Two minutes from cold water to good tea"),
    ("objective", "task-objective", "Plan and run workshops", "Design and engineering decide together"),
    ("objective", "metric-only", "将续费率提高到 90%", "客户愿意长久留下来"),
    ("objective", "placeholder", "达到行业前 XX", "成为客户首选"),
    ("objective", "empty-words", "赋能一线，打造闭环", "让一线同事当天就能答复客户"),
    ("objective", "empty-words", "Leverage synergies across the business", "Sales and support know the same customer"),
    ("key_result", "label", "运营 & 数据", "运营周报阅读率达到 60%"),
    ("key_result", "task-key-result", "Launch the new guide page", "45% of new users finish the guide"),
    ("key_result", "task-key-result", "上线新手引导", "新手引导完成率从 30% 提升到 60%"),
    ("key_result", "no-measure", "Improve communication between teams", "Team survey on communication from 3.1 to 4.0"),
    ("key_result", "no-measure", "提升用户体验", "用户满意度从 3.8 提升到 4.5"),
    ("key_result", "vague", "Improve answers", "Answers within 4 hours"),
    ("key_result", "placeholder", "月营收超过 X%", "月营收超过 12%"),
    ("key_result", "placeholder", "Win TBD new accounts", "Win 12 new accounts"),
    ("key_result", "no-base", "Increase activation by 20%", "Increase activation from 30% to 36%"),
    ("key_result", "no-base", "开发速度提高 10%", "开发速度环比提高 10%"),
    ("key_result", "several-in-one", "Retention at 40%, churn at 2% and 10 new customers", "Retention at 40%"),
    ("key_result", "effort", "每月完成至少 8 小时的代码审查", "代码缺陷率降到 2%"),
    ("key_result", "too-long", "Reach 10 " + "very " * 60 + "happy customers", "Reach 10 happy customers"),
]


@pytest.mark.parametrize(("kind", "code", "asked", "silent"), OF_A_TEXT)
def test_of_one_text(kind: Any, code: str, asked: str, silent: str) -> None:
    assert code in codes(findings_of_text(asked, kind))
    assert code not in codes(findings_of_text(silent, kind))


SURE = (KeyResultText("Activation at 45%", confidence=10), KeyResultText("Churn at 2%", confidence=10))
OF_AN_OBJECTIVE = [
    ("no-key-results", ObjectiveText("Customers stay because they want to")),
    ("one-key-result", objective("", KeyResultText("Activation at 45%"))),
    ("many-key-results", objective("", *(KeyResultText(f"Team {n} answers within a day, 90%") for n in "一二三四五"))),
    ("no-action", objective(actions=0)),
    ("sure-from-start", objective("", *SURE)),
    ("no-counter-metric", objective("", KeyResultText("Sign 40 customers"), KeyResultText("Publish 30 articles"))),
    ("twice", objective("", KeyResultText("Sign 40 new customers"), KeyResultText("Sign 40 new customers."))),
    ("copied-objective", objective(parents=(ParentText("New customers love their first week"),))),
    ("copied-objective", objective("Use at 45%", parents=(ParentText("x", (KeyResultText("Use at 45 %"),)),))),
    ("copied-key-result", objective("", KeyResultText("Win 100 customers"), KeyResultText("Churn at 2%"),
                                    parents=(ParentText("x", (KeyResultText("Win 100 customers"),)),))),
    ("sliced-number", objective("", KeyResultText("新增客户 30 家"), KeyResultText("投诉不超过 3 起"),
                                parents=(ParentText("x", (KeyResultText("新增客户 100 家"),)),))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "asked"), OF_AN_OBJECTIVE)
def test_of_an_objective(code: str, asked: ObjectiveText) -> None:
    assert code in codes(findings_of_objective(asked))


def test_a_good_objective_is_left_alone() -> None:
    assert findings_of_objective(objective()) == []
    assert findings_of_objective(objective(parents=(ParentText("The first year pays for itself"),))) == []


def test_a_larger_number_than_the_parents_is_no_slice() -> None:
    above = ParentText("x", (KeyResultText("新增客户 100 家"),))
    one = objective("", KeyResultText("新增客户 130 家"), KeyResultText("投诉不超过 3 起"), parents=(above,))
    assert not codes(findings_of_objective(one)) & {"sliced-number", "copied-key-result"}


def test_numbers_beside_the_words_count() -> None:
    measured = KeyResultText("Answers get better", "metric", Decimal(1), Decimal(2))
    assert "no-measure" not in codes(findings_of_objective(objective("", measured, measured)))
    assert "no-measure" in codes(findings_of_objective(objective("", KeyResultText("Answers get better"))))


OF_A_SET = [
    ("many-objectives", GoalSetText(tuple(objective(f"Customers of kind {n} stay") for n in range(6)))),
    ("no-growth", GoalSetText((objective("Customers stay"), objective("Engineers sleep at night")))),
    ("nothing-aspirational", GoalSetText(tuple(objective(one, ambition="committed") for one in "AB"))),
    ("twice", GoalSetText((objective("Customers stay with us"), objective("Customers stay with us!")))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "asked"), OF_A_SET)
def test_of_a_goal_set(code: str, asked: GoalSetText) -> None:
    assert code in codes(findings_of_goal_set(asked))


def test_a_good_set_is_left_alone() -> None:
    growth = objective("Ada is at home on a stage", category="growth")
    assert findings_of_goal_set(GoalSetText((objective(), growth))) == []
    assert findings_of_goal_set(GoalSetText(())) == []


def test_a_unit_needs_no_growth_goal() -> None:
    goals = (objective("Customers stay"), objective("Engineers sleep at night"))
    assert "no-growth" not in codes(findings_of_goal_set(GoalSetText(goals, owner_kind="unit")))


def test_sure_of_everything_is_said_once() -> None:
    found = findings_of_goal_set(GoalSetText((objective("Customers stay", *SURE), objective("We sleep", *SURE))))
    assert [one.where.kind for one in found if one.code == "sure-from-start"] == ["goal_set"]


@pytest.mark.parametrize(
    "text", ["Wir unterstützen die Teams", "Nous aidons les équipes", "رضا العملاء", "顧客を増やします"]
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert findings_of_text(text, "objective") == []
    assert findings_of_text(text, "key_result") == []


def test_words_stand_where_they_are_said_to() -> None:
    title = "  打造业务闭环，赋能一线"
    (found,) = findings_of_text(title, "objective")
    assert found.place is not None
    assert title[found.place.start : found.place.end] == found.words == "闭环"


def test_questions_follow_the_reader() -> None:
    (found,) = findings_of_text("Raise renewal rate to 90%", "objective")
    with translation.override("en"):
        assert found.question.startswith("Is this a number")
    with translation.override("zh-hans"):
        assert found.question.startswith("这只是要达到的一个数字")
        assert "KPI" in found.reason


@pytest.mark.parametrize("code", CHECKS)
def test_every_check_asks(code: str) -> None:
    """A question, in both languages, and an example that it really asks about."""
    check = CHECKS[code]
    for language, mark in (("en", "?"), ("zh-hans", "？")):
        with translation.override(language):
            assert str(check.question).endswith(mark)
            assert str(check.reason)
    if check.example:
        assert code in codes(findings_of_text(check.example, check.about[0]))
    else:
        told = {code for code, _story in [*OF_AN_OBJECTIVE, *OF_A_SET]} | {"too-long"}
        assert code in told

"""The written examples keep to the method they are examples of."""

import re
from collections import Counter
from typing import Any

import pytest

from tandem.coach import QUESTION, KeyResultText, ObjectiveText, findings_of_objective
from tandem.guide.examples import FUNCTIONS, Example, Result, examples, teams
from tandem.guide.queries import find_examples
from tandem.okr.models import Ambition, Category, KeyResultKind
from tandem.people.actors import SYSTEM

ALL = [*examples().values(), *(one for team in teams().values() for one in team.objectives)]
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_there_are_sixty_and_every_function_has_its_share() -> None:
    shares = Counter(one.function for one in examples().values())
    assert len(examples()) >= 60
    assert shares.keys() == set(FUNCTIONS)
    assert all(count >= 4 for count in shares.values())


def test_they_differ_in_kind_ambition_and_category() -> None:
    kinds = {result.measure["kind"] for one in ALL for result in one.en.key_results}
    assert kinds >= {"metric", "maintain", "binary", "milestones", "rubric", "baseline"}
    assert {one.ambition for one in ALL} == set(Ambition.values)
    assert {one.category for one in ALL} == set(Category.values)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_an_example_keeps_to_the_method(one: Example) -> None:
    for words in (one.en, one.zh):
        assert not re.search(r"\d", words.title), "an objective is words, not a number"
        assert 2 <= len(words.key_results) <= 4
        watches = {"maintain", "rubric", "baseline"} & {result.measure["kind"] for result in words.key_results}
        moves = [result for result in words.key_results if result.measure["kind"] == "metric"]
        assert watches, "something watches what must not suffer"
        assert moves or watches, "something moves"
        for result in moves:
            assert result.measure["start"] != result.measure["target"]
            assert result.measure["kind"] in KeyResultKind.values


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_both_languages_say_the_same(one: Example) -> None:
    """Words in their own script, numbers alike (units are words)."""
    assert HAN.search(one.zh.title)
    assert not HAN.search(one.en.title)
    for english, chinese in zip(one.en.key_results, one.zh.key_results, strict=True):
        assert HAN.search(chinese.title)
        assert not HAN.search(english.title)
        for name in ("kind", "start", "target", "low", "high"):
            assert english.measure[name] == chinese.measure[name], (english.title, name)
        assert len(english.measure["steps"]) == len(chinese.measure["steps"])


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_the_coach_has_no_question(one: Example) -> None:
    for words in (one.en, one.zh):
        results = tuple(KeyResultText(result.title, **numbers_of(result)) for result in words.key_results)
        text = ObjectiveText(words.title, one.ambition, one.category, results)
        asked = [finding for finding in findings_of_objective(text) if finding.severity == QUESTION]
        assert not [(finding.code, finding.words) for finding in asked]


def numbers_of(result: Result) -> dict[str, Any]:
    return {name: value for name, value in result.measure.items() if name != "steps"}


def test_a_team_has_six_of_each() -> None:
    team = teams()["development"]
    assert len(team.objectives) == len(team.en.indicators) == len(team.zh.indicators) == 6
    assert all(one.en.theme and one.zh.theme for one in team.objectives)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("first week", "product.first-week"),
        ("首周激活率", "product.first-week"),
        ("告警 夜间", "engineering.night-sleep"),
        ("AUDITORS", "finance.clean-audit"),
        ("hr", None),
        ("审计", "finance.clean-audit"),
    ],
)
def test_words_of_both_languages_find(words: str, first: str | None) -> None:
    found = find_examples(SYSTEM, words)
    assert found.total
    if first is not None:
        assert found.items[0].id == first


def test_functions_and_pages() -> None:
    assert {one.function for one in find_examples(SYSTEM, "", "legal").items} == {"legal"}
    assert find_examples(SYSTEM, "首周激活率", "legal").total == 0
    assert find_examples(SYSTEM, "no such words anywhere").items == []
    first, second = find_examples(SYSTEM, limit=12), find_examples(SYSTEM, start=12, limit=12)
    assert len(first.items) == len(second.items) == 12
    assert not {one.id for one in first.items} & {one.id for one in second.items}

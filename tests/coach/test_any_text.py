"""Whatever people type: the coach answers, at once, and points at words that are there."""

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.coach import GoalSetText, KeyResultText, ObjectiveText, findings_of_goal_set, findings_of_text, judge
from tandem.coach.hearing import hear

pieces = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["提高", "至少", "一百", "第", "by ", "Q1 ", "from 1 to ", "2026-", "%",
                     "X%", "keep ", "，", "٣", "\u202e", "\x00", "🙂"]),
)  # fmt: skip
texts = st.lists(pieces, max_size=30).map("".join)


@settings(suppress_health_check=[HealthCheck.too_slow])  # what else the machine does is no fault of a text
@given(texts, st.sampled_from(["objective", "key_result"]))
def test_any_text_is_answered(text: str, kind: str) -> None:
    for one in findings_of_text(text, kind):
        assert one.question
        assert one.place is None or text[one.place.start : one.place.end] == one.words
    judge(text, kind)


@given(st.lists(texts, max_size=6))
def test_any_set_is_answered(titles: list[str]) -> None:
    results = tuple(map(KeyResultText, titles))
    found = findings_of_goal_set(GoalSetText(tuple(ObjectiveText(title, key_results=results) for title in titles)))
    assert all(one.question and one.reason for one in found)


REPEATED = ["a", "三", "1", "1,", "increase ", "一百个", "Q1 ", "2020-", "from 1 to ", "至少", " ", "by the ",
            "keep 1 ", "从1", "保持1 ",
            "A1-", "提升", "每天", "X% ", "\u202e\x00", "ab ", "5% and ",
            "，5%", "(" , "[a]: "]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_long_texts_cost_no_more_than_a_title_may(piece: str) -> None:
    """Twenty thousand characters cost what a thousand do: no pattern runs away. The bound is wide on purpose."""
    hear.cache_clear()
    began = perf_counter()
    findings_of_text((piece * 20_000)[:20_000], "key_result")
    assert perf_counter() - began < 1


def test_a_set_of_two_hundred_goals() -> None:
    results = tuple(KeyResultText(f"Customers of region {n} stay, 9{n}%") for n in range(4))
    goals = GoalSetText(
        tuple(ObjectiveText(f"Region {n} is a place people love", key_results=results) for n in range(200))
    )
    assert "many-objectives" in {one.code for one in findings_of_goal_set(goals)}

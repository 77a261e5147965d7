"""The company's own words, put where Tandem's stand as nouns."""

import pytest

from tandem.people.wording import TERMS, plural, reworded

WORDS = {
    "objective": {"en": "ambition", "en_plural": "ambitions", "zh-hans": "愿景"},
    "key_result": {"en": "outcome", "en_plural": "outcomes", "zh-hans": "KR"},
    "key_action": {"en": "initiative", "en_plural": "initiatives", "zh-hans": "举措"},
    "check_in": {"en": "update", "en_plural": "updates"},
    "cycle": {"en": "unique season", "en_plural": "unique seasons", "zh-hans": "赛季"},
    "unit": {"en": "department", "en_plural": "departments", "zh-hans": "组织"},
}


@pytest.mark.parametrize(
    ("english", "chinese", "said", "other"),
    [
        ("Objectives", "目标", "Ambitions", "愿景"),
        ("Add an objective", "添加目标", "Add an ambition", "添加愿景"),
        ("A key result, then Enter", "写一个关键结果，按回车", "An outcome, then Enter", "写一个 KR，按回车"),
        ("Unit of an objective", "目标的部门", "Department of an ambition", "愿景的组织"),
        ("Unit", "单位", "Unit", "单位"),
        ("units and objective:12 or unit:ID", "部门", "departments and objective:12 or unit:ID", "组织"),
        ("%(unit)s has <b>no cycle</b>", "%(unit)s没有<b>周期</b>", "%(unit)s has <b>no unique season</b>",
         "%(unit)s没有<b>赛季</b>"),
        ("Open an old cycle", "打开旧周期", "Open an old unique season", "打开旧赛季"),
        ("The objective's day", "目标的日子", "The ambition's day", "愿景的日子"),
        ("Start, target", "起始值、目标值", "Start, target", "起始值、目标值"),
        ("No actions yet.", "还没有关键行动。", "No initiatives yet.", "还没有举措。"),
        ("The key result's objective", "关键结果目标", "The outcome's ambition", "KR 愿景"),
        ("It was checked in; check in", "进展更新", "It was checked in; check in", "进展更新"),
        ("Last check-in", "最近更新", "Last update", "最近更新"),
        ("A check-in", "一项进展更新", "An update", "一项进展更新"),
        ("A cycle", "周期", "A unique season", "赛季"),
    ],
)  # fmt: skip
def test_nouns_change_and_nothing_else_does(english: str, chinese: str, said: str, other: str) -> None:
    assert reworded(english, chinese, WORDS) == (said, other)
    assert reworded(english, chinese, {}) == (english, chinese)


def test_a_chain_of_words_is_no_chain_of_changes() -> None:
    words = {"objective": {"en": "cycle", "en_plural": "cycles"}, "cycle": {"en": "season", "en_plural": "seasons"}}
    assert reworded("An objective of a cycle", "周期的目标", words)[0] == "A cycle of a season"


@pytest.mark.parametrize("pair", ["goal goals", "entry entries", "focus focuses", "day days", "wish wishes"])
def test_the_usual_plural(pair: str) -> None:
    one, many = pair.split()
    assert plural(one) == many


def test_terms_have_words_of_their_own() -> None:
    for place in ("one", "many", "chinese"):
        words = [getattr(term, place) for term in TERMS]
        assert len(set(words)) == len(words)

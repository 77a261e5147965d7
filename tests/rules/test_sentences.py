"""What a key result's own words say about its numbers, in both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.coach.sentences import NOTHING, Reading, follows, proposed, read


def metric(start: str, target: str, unit: str = "") -> Reading:
    return Reading("metric", Decimal(start), Decimal(target), unit=unit)


def bounds(low: str | None = None, high: str | None = None, unit: str = "") -> Reading:
    return Reading("maintain", low=low and Decimal(low), high=high and Decimal(high), unit=unit)


DONE = Reading("binary")

SENTENCES = [
    # from … to …
    ("First-week activation 30% → 45%", metric("30", "45", "%")),
    ("Activation 30 → 45%", metric("30", "45", "%")),
    ("Activation 30% -> 45 in Q4", metric("30", "45", "%")),
    ("Raise first-week activation from 30% to 45%", metric("30", "45", "%")),
    ("Raise activation from 30 to 45", metric("30", "45")),
    ("Raise the score from 30 to 45 in Q4", metric("30", "45")),
    ("Cut lead time from 12 days to 5 days", metric("12", "5", "days")),
    ("Cut lead time from 12 to 5 days by October", metric("12", "5", "days")),
    ("Bring p95 down from 1.5s to 0.8s", metric("1.5", "0.8", "s")),
    ("From 1,200 up to 3,000 readers", metric("1200", "3000", "readers")),
    ("Grow revenue from $1.2M to $2M", metric("1.2", "2", "M")),
    ("Raise the price from $20 to $25", metric("20", "25", "$")),
    ("Net margin from -3% to 2.5%", metric("-3", "2.5", "%")),
    ("NPS 20 => 40", metric("20", "40")),
    ("首周激活率从 30% 提升到 45%", metric("30", "45", "%")),
    ("首周激活率由30％提升至45％", metric("30", "45", "%")),
    ("上线周期由 12 天降到 5 天", metric("12", "5", "天")),
    ("上线周期从12天缩短为5天，客户满意", metric("12", "5", "天")),
    ("续约客户从 3 个客户增加到 10 个客户", metric("3", "10", "个客户")),
    ("满意度从 80 分提升到 90 分以上", metric("80", "90", "分")),
    ("满意度从 80 提升到 90 分", metric("80", "90", "分")),
    ("月收入从 3 万元增长到 5 万元", metric("3", "5", "万元")),
    ("NPS 从20到40", metric("20", "40")),
    ("转化率 2.5% → 4%", metric("2.5", "4", "%")),
    ("故障数 12 起 → 3 起", metric("12", "3", "起")),
    # bounds
    ("Uptime ≥ 99.9%", bounds("99.9", None, "%")),
    ("Availability >= 99.95 %", bounds("99.95", None, "%")),
    ("p95 latency < 200 ms", bounds(None, "200", "ms")),
    ("Error rate ≤0.1%", bounds(None, "0.1", "%")),
    ("Keep churn under 2%", bounds(None, "2", "%")),
    ("Keep at least 98% of orders on time", bounds("98", None, "%")),
    ("Keep stock between 20 and 40 days", bounds("20", "40", "days")),
    ("满意度不低于 98", bounds("98", None)),
    ("线上可用性不低于99.9%", bounds("99.9", None, "%")),
    ("响应时间不超过 200 毫秒", bounds(None, "200", "毫秒")),
    ("及时率保持在 95% 以上", bounds("95", None, "%")),
    ("库存周转控制在 30 天以内", bounds(None, "30", "天")),
    ("温度保持在 18–22℃", bounds("18", "22", "℃")),
    # done or not
    ("Launch the new onboarding", DONE),
    ("Ship v2.0 to all customers", DONE),
    ("Publish the 2026 handbook", DONE),
    ("完成新版引导页", DONE),
    ("完成 2026 年预算", DONE),
    ("新版官网全量上线", DONE),
    # nothing that could be read without doubt
    ("", NOTHING),
    ("Customers love the first week", NOTHING),
    ("Interview 20 customers", NOTHING),
    ("Sign at least 20 customers", NOTHING),
    ("Launch 3 new features", NOTHING),
    ("完成 5 次客户访谈", NOTHING),
    ("Raise activation to 45%", NOTHING),
    ("From 2025 to 2026", NOTHING),
    ("From Q1 to Q3", NOTHING),
    ("从 9 月到 11 月每周复盘", NOTHING),
    ("从 2025 年到 2026 年", NOTHING),
    ("From 30 to 30", NOTHING),
    ("Grow from 900 to 1.5k readers", NOTHING),
    ("Move from 30% to 45 points", NOTHING),
    ("From 1 to 99999999999999999", NOTHING),
    ("Version 1.2 -> 1.3.4", NOTHING),
    ("客户喜欢上第一周", NOTHING),
]


@pytest.mark.parametrize(("sentence", "reading"), SENTENCES)
def test_a_sentence_says_its_numbers(sentence: str, reading: Reading) -> None:
    assert read(sentence) == reading


def test_numbers_follow_the_sentence_until_somebody_sets_them() -> None:
    typed = "Activation 30% → 4"
    assert follows(typed, read(typed))
    assert follows("Activation", NOTHING)
    assert not follows(typed, metric("30", "50", "%"))
    assert not follows(typed, NOTHING)
    assert not follows("Activation", metric("30", "45", "%"))


@given(st.text(max_size=200))
def test_any_text_reads_without_failing(text: str) -> None:
    reading = read(text)
    assert reading.start is None or reading.start != reading.target
    assert follows(text, reading)


def test_new_words_bring_new_numbers_only_while_the_old_ones_came_from_words() -> None:
    assert proposed("Activation", "Activation 30 → 45", NOTHING) == metric("30", "45")
    assert proposed("Activation 30 → 4", "Activation 30 → 45", metric("30", "4")) == metric("30", "45")
    assert proposed("Activation 30 → 45", "Activation", metric("30", "45")) == NOTHING
    assert proposed("Activation 30 → 45", "Early activation 30 → 45", metric("30", "45")) is None
    assert proposed("Activation 30 → 45", "Activation 30 → 60", metric("30", "50")) is None

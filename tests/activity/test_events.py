"""Events are kept as plain data and read as sentences of the reader's language."""

import pytest
from django.utils import translation

from tandem.activity.events import sentence

CHECKED_IN = {"key_result": "Reach", "on": "2026-11-22", "value": "1234567.5"}
SAID = [
    ("en", "check_in.published", CHECKED_IN, "Ada checked in on “Reach”: 1,234,567.5"),
    ("zh-hans", "check_in.published", CHECKED_IN, "Ada 更新了“Reach”：1,234,567.5"),
    ("en", "check_in.published", {**CHECKED_IN, "value": None}, "Ada checked in on “Reach”: –"),
    ("zh-hans", "objective.published", {"title": "一台好茶机"}, "Ada 发布了“一台好茶机”"),
    ("en", "objective.dropped", {"title": "Reach"}, "Ada dropped “Reach”: –"),
    ("en", "of.a.later.version", {}, "Ada: of.a.later.version"),
]


@pytest.mark.django_db  # days are asked of the company's time zone
@pytest.mark.parametrize(("language", "verb", "data", "said"), SAID)
def test_an_event_reads_as_a_sentence(language: str, verb: str, data: dict[str, object], said: str) -> None:
    with translation.override(language):
        assert sentence(verb, "Ada", data) == said


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "day"), [("en", "22 Nov"), ("zh-hans", "11月22日")])
def test_days_are_written_as_the_reader_does(language: str, day: str) -> None:
    with translation.override(language):
        assert day in sentence("check_in.withdrawn", None, CHECKED_IN)


@pytest.mark.parametrize(
    ("language", "owner", "said"),
    [
        ("en", "Ada", "Ada offers a handshake on their goals of 2026 Q4"),
        ("en", "Web", "Ada offers a handshake on the goals of Web in 2026 Q4"),
        ("zh-hans", "Ada", "Ada 就自己的 2026 Q4 目标发起握手"),
        ("zh-hans", "Web", "Ada 就 Web 的 2026 Q4 目标发起握手"),
    ],
)
def test_nobody_is_named_twice(language: str, owner: str, said: str) -> None:
    with translation.override(language):
        assert sentence("handshake.offered", "Ada", {"owner": owner, "cycle": "2026 Q4"}) == said

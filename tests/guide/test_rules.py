"""KPI or OKR? The table, row by row."""

from itertools import product

import pytest

from tandem.guide.queries import advice
from tandem.guide.rules import TABLE, Four, ambition, leader, suggestion, why
from tandem.people.actors import SYSTEM

N, Y = False, True


def test_the_table_knows_every_answer() -> None:
    assert TABLE.keys() == {Four(*answers) for answers in product((N, Y), repeat=4)}


@pytest.mark.parametrize(
    ("path", "result", "must", "same", "suggested", "because", "begins"),
    [
        (N, N, N, N, "okr", "own", "aspirational"),
        (Y, Y, Y, N, "okr", "own", "committed"),
        (N, N, N, Y, "okr", "search", "aspirational"),
        (N, Y, N, Y, "okr", "search", "aspirational"),
        (Y, N, N, Y, "okr", "care", "aspirational"),
        (N, N, Y, Y, "both", "guard", "aspirational"),
        (N, Y, Y, Y, "both", "guard", "aspirational"),
        (Y, N, Y, Y, "both", "guard", "aspirational"),
        (Y, Y, N, Y, "kpi", "deliver", "aspirational"),
        (Y, Y, Y, Y, "kpi", "deliver", "aspirational"),
    ],
)
def test_what_answers_suggest(
    path: bool, result: bool, must: bool, same: bool, suggested: str, because: str, begins: str
) -> None:
    four = Four(path, result, must, same)
    assert (suggestion(four), why(four), ambition(four)) == (suggested, because, begins)


@pytest.mark.parametrize("four", list(TABLE), ids=str)
def test_nobody_is_singled_out_by_an_indicator(four: Four) -> None:
    assert four.same_for_all or suggestion(four) == "okr"


@pytest.mark.parametrize("four", list(TABLE), ids=str)
def test_every_answer_has_its_reason(four: Four) -> None:
    found = advice(SYSTEM, four)
    assert found.text
    assert found.why
    assert [(one.question, one.answer) for one in found.reasons] == list(four._asdict().items())


@pytest.mark.parametrize(("okr", "kpi", "who"), [(0, 0, ""), (3, 1, "okr"), (1, 3, "kpi"), (2, 2, "level")])
def test_who_leads_in_a_mix(okr: int, kpi: int, who: str) -> None:
    assert leader(okr, kpi) == who

"""A goal set as one exact text: its hash, and what differs between two of them."""

import hashlib
import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.okr import versions
from tandem.okr.versions import Version, canonical, changes, hash_of, is_wording, moved, read, seen

KEY_RESULT: Version = {
    "id": "k1", "title": "激活率 30% → 45%", "description": "", "kind": "metric", "unit": "%", "start": 30,
    "target": 45,    "low": None, "high": None, "tolerance": None, "steps": [], "weight": 1,
}  # fmt: skip
OBJECTIVE: Version = {
    "id": "o1", "title": "New customers love the first week", "description": "", "ambition": "aspirational",
    "category": "contribution", "weight": 1, "aligned_to": ["o0"], "key_results": [KEY_RESULT],
}  # fmt: skip
WHOLE: Version = {
    "cycle": "q4", "start": "2026-10-01", "end": "2026-12-31", "owner": "person:ada", "objectives": [OBJECTIVE]
}  # fmt: skip


def with_objective(**fields: Any) -> Version:
    return {**WHOLE, "objectives": [{**OBJECTIVE, **fields}]}


def with_key_result(**fields: Any) -> Version:
    return with_objective(key_results=[{**KEY_RESULT, **fields}])


def test_the_text_is_the_same_whatever_the_order() -> None:
    other = {**OBJECTIVE, "id": "a0", "key_results": []}
    one, two = {**WHOLE, "objectives": [OBJECTIVE, other]}, {**WHOLE, "objectives": [other, OBJECTIVE]}
    assert canonical(one) == canonical(dict(reversed(list(two.items()))))


def test_the_hash_is_what_any_tool_says() -> None:
    text = canonical(WHOLE)
    assert hash_of(text) == hashlib.sha256(text.encode()).hexdigest()
    assert json.loads(text) == read(text) == WHOLE
    assert "激活率" in text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"objectives": 1}'])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        read(text)


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (WHOLE, []),
        (with_objective(title="New customers love week one"), [("changed", "objective", ["title"])]),
        (with_objective(weight=2, aligned_to=[]), [("changed", "objective", ["weight", "aligned_to"])]),
        (with_key_result(target=40), [("changed", "key_result", ["target"])]),
        (with_key_result(kind="percent", target=None), [("changed", "key_result", ["kind", "target"])]),
        (with_objective(key_results=[]), [("gone", "key_result", [])]),
        ({**WHOLE, "objectives": []}, [("gone", "objective", [])]),
        ({**WHOLE, "end": "2027-01-31"}, [("changed", "set", ["end"])]),
        ({**WHOLE, "owner": "person:ben"}, [("changed", "set", ["owner"])]),
    ],
)
def test_what_changed(new: Version, told: list[Any]) -> None:
    assert [(one.kind, one.what, [step.name for step in one.fields]) for one in changes(WHOLE, new)] == told


def test_words_are_compared_word_by_word() -> None:
    (one,) = changes(WHOLE, with_objective(title="New customers love week one"))
    assert [(piece.kind, piece.text) for piece in one.fields[0].pieces] == [
        ("same", "New customers love "), ("gone", "the first week"), ("new", "week one"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("new", "wording"),
    [
        (with_objective(title="New customers love their first week"), True),
        (with_key_result(title="激活率从 30% 到 45%"), True),
        (with_key_result(title="激活率 30% → 40%"), False),
        (with_key_result(title="激活率提高三成"), False),
        (with_key_result(target=44), False),
        (with_objective(key_results=[]), False),
        (with_objective(aligned_to=[]), False),
    ],
)
def test_a_correction_of_wording_touches_no_number(new: Version, wording: bool) -> None:
    assert is_wording(changes(WHOLE, new)) is wording


BOUNDS = {**KEY_RESULT, "kind": "maintain", "start": None, "target": None, "low": 2, "high": 6}


@pytest.mark.parametrize(
    ("signed", "now", "way"),
    [
        (KEY_RESULT, {"title": "other", "weight": 3}, ""),
        (KEY_RESULT, {"target": 50}, "raised"),
        (KEY_RESULT, {"target": 40}, "lowered"),
        ({**KEY_RESULT, "start": 45, "target": 30}, {"target": 20}, "raised"),
        ({**KEY_RESULT, "start": 45, "target": 30}, {"target": 40}, "lowered"),
        (KEY_RESULT, {"start": 35}, "changed"),
        (KEY_RESULT, {"kind": "percent"}, "changed"),
        (BOUNDS, {"low": 3}, "raised"),
        (BOUNDS, {"high": 9}, "lowered"),
        (BOUNDS, {"high": None}, "lowered"),
        (BOUNDS, {"low": 3, "high": 9}, "changed"),
        ({**KEY_RESULT, "kind": "binary"}, {"steps": [1]}, "changed"),
    ],
)
def test_more_or_less_is_asked(signed: Version, now: Version, way: str) -> None:
    assert moved(signed, {**signed, **now}) == way


def test_what_may_not_be_read_is_neither_in_it_nor_named() -> None:
    assert seen(WHOLE, {"o1"})["objectives"][0]["aligned_to"] == []
    assert seen(WHOLE, {"o0"})["objectives"] == []
    assert "o0" not in canonical(seen(WHOLE, {"o1"}))
    assert versions.ids_in(WHOLE) == {"o0", "o1"}


@given(
    st.dictionaries(st.sampled_from(["title", "description", "weight", "ambition"]), st.text(max_size=6), min_size=1)
)
def test_no_difference_is_an_equal_hash(fields: dict[str, str]) -> None:
    new = with_objective(**fields)
    assert (changes(WHOLE, deepcopy(new)) == []) == (hash_of(canonical(WHOLE)) == hash_of(canonical(new)))

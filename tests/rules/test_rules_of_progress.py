"""okr/rules.py: how far a key result, an objective, a unit has come."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.okr import rules
from tandem.okr.rules import Measure

D = Decimal

numbers = st.decimals(-10_000, 10_000, places=3)
weights = st.decimals(0, 1000, places=3)
shares = st.none() | st.decimals(-3, 3, places=4)


@pytest.mark.parametrize(
    ("start", "target", "current", "share"),
    [
        ("0", "200", "150", "0.75"),
        ("50", "10", "20", "0.75"),
        ("30", "45", "27", "-0.2"),
        ("0", "10", "12", "1.2"),
        ("-20", "10", "-5", "0.5"),
        ("0", "4.5", "1.35", "0.3"),
    ],
)
def test_progress_of_a_metric_follows_the_order_of_its_ends(start: str, target: str, current: str, share: str) -> None:
    assert rules.progress(D(start), D(target), D(current)) == D(share)


@given(numbers, numbers, st.decimals(0, 1, places=4))
def test_progress_and_the_value_time_asks_for_are_each_other_turned_round(start: D, target: D, gone: D) -> None:
    if start == target:
        with pytest.raises(ValueError, match="start"):
            rules.progress(start, target, gone)
    else:
        value = rules.expected_value(start, target, gone)
        assert abs(rules.progress(start, target, value) - gone) < D("1e-9")


@given(numbers, numbers, numbers)
def test_turning_a_metric_upside_down_changes_nothing(start: D, target: D, current: D) -> None:
    if start != target:
        assert rules.progress(start, target, current) == rules.progress(-start, -target, -current)


@pytest.mark.parametrize(
    ("bounds", "current", "share"),
    [
        ({"low": "10", "high": "20"}, "10", "1"),
        ({"low": "10", "high": "20"}, "20", "1"),
        ({"low": "10", "high": "20"}, "20.5", "0.5"),
        ({"low": "99.9"}, "99.9", "1"),
        ({"low": "100"}, "97.5", "0.5"),
        ({"low": "100"}, "90", "0"),
        ({"high": "5"}, "5.25", "0.5"),
        ({"high": "0"}, "0.25", "0.5"),
        ({"high": "0", "tolerance": "2"}, "1", "0.5"),
        ({"low": "-100"}, "-102.5", "0.5"),
    ],
)
def test_maintain_is_one_inside_and_falls_outside(bounds: dict[str, str], current: str, share: str) -> None:
    given_bounds = {name: D(one) for name, one in bounds.items()}
    assert Measure(rules.MAINTAIN, **given_bounds).progress(D(current)) == D(share)


@given(numbers, numbers, numbers)
def test_maintain_never_gains_by_going_further_out(high: D, one: D, other: D) -> None:
    near, far = sorted((abs(one), abs(other)))
    assert 0 <= rules.maintain(high + far, high=high) <= rules.maintain(high + near, high=high) <= 1


@pytest.mark.parametrize(
    ("steps", "share"),
    [
        ([], None),
        ([("1", True), ("1", False)], "0.5"),
        ([("3", True), ("1", False)], "0.75"),
        ([("0", True), ("0", False)], "0.5"),
        ([("2", True), ("0", False)], "1"),
    ],
)
def test_milestones_are_done_weights_over_all_weights(steps: list[tuple[str, bool]], share: str | None) -> None:
    found = rules.milestones((D(weight), done) for weight, done in steps)
    assert found == (None if share is None else D(share))


@pytest.mark.parametrize(
    ("measure", "current", "confirmed", "share"),
    [
        (Measure("percent"), "45", True, "0.45"),
        (Measure("percent"), "120", True, "1.2"),
        (Measure("binary"), "1", True, "1"),
        (Measure("binary"), "0", True, "0"),
        (Measure("rubric"), "0.7", True, "0.7"),
        (Measure("milestones", weights=(D(1), D(3))), "3", True, "0.75"),
        (Measure("milestones"), "0", True, "0"),
        (Measure("baseline"), "42", True, "1"),
        (Measure("baseline"), "42", False, "0"),
    ],
)
def test_every_kind_has_its_own_measure(measure: Measure, current: str, confirmed: bool, share: str) -> None:
    assert measure.progress(D(current), confirmed=confirmed) == D(share)


@pytest.mark.parametrize("kind", rules.KINDS)
def test_no_value_is_no_progress_of_any_kind(kind: str) -> None:
    assert Measure(kind, D(0), D(1)).progress(None) is None


@given(st.lists(st.tuples(shares, weights), max_size=6))
def test_an_average_lies_within_nothing_and_all(items: list[tuple[D | None, D]]) -> None:
    mean = rules.objective_progress(items)
    known = [rules.clamp(share) for share, _weight in items if share is not None]
    if known:
        assert mean is not None
        assert min(known) - D("1e-20") <= mean <= max(known) + D("1e-20")
    else:
        assert mean is None


@given(st.lists(st.tuples(shares, weights), min_size=1, max_size=6), st.integers(1, 50))
def test_weights_are_relative(items: list[tuple[D | None, D]], times: int) -> None:
    mean = rules.objective_progress(items)
    again = rules.objective_progress((share, weight * times) for share, weight in items)
    assert (mean is None and again is None) or (
        mean is not None and again is not None and abs(mean - again) < D("1e-9")
    )


@given(st.lists(st.tuples(shares, weights), max_size=5))
def test_what_has_no_data_is_left_out(items: list[tuple[D | None, D]]) -> None:
    assert rules.objective_progress([*items, (None, D(7))]) == rules.objective_progress(items)


def test_weight_zero_is_shown_but_not_counted_unless_all_are() -> None:
    assert rules.objective_progress([(D(1), D(0)), (D("0.2"), D(1))]) == D("0.2")
    assert rules.objective_progress([(D(1), D(0)), (D("0.2"), D(0))]) == D("0.6")


@pytest.mark.parametrize(
    ("value", "kept"),
    [(None, None), ("0.33333333", "0.333333"), ("0.0000005", "0.000001"), ("1e9", "99999"), ("-1e9", "-99999")],
)
def test_progress_is_kept_at_six_places(value: str | None, kept: str | None) -> None:
    assert rules.stored(None if value is None else D(value)) == (None if kept is None else D(kept))


@pytest.mark.parametrize(
    ("value", "tenth"), [("-1", 0), ("0", 0), ("0.0999", 0), ("0.1", 1), ("0.95", 9), ("1", 9), ("7", 9)]
)
def test_the_tenth_a_progress_lies_in(value: str, tenth: int) -> None:
    assert rules.bucket(D(value)) == tenth


named_weights = st.dictionaries(st.sampled_from("abcdef"), st.decimals("0.01", 5, places=2), min_size=2)


@given(named_weights, st.data())
def test_reweighing_shares_what_is_left_in_the_old_proportion(old: dict[str, D], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(old)))
    share = data.draw(st.decimals(0, 1, places=3))
    new = rules.reweigh(old, {name: share})
    assert new.keys() == old.keys()
    assert new[name] == share
    assert abs(sum(new.values()) - 1) < D("1e-9")
    rest = [key for key in old if key != name]
    for one, other in itertools.pairwise(rest):
        assert abs(new[one] * old[other] - new[other] * old[one]) < D("1e-9")


def test_reweighing_without_old_weights_shares_equally() -> None:
    assert rules.reweigh({"a": D(0), "b": D(0), "c": D(1)}, {"c": D("0.5")}) == {
        "a": D("0.25"),
        "b": D("0.25"),
        "c": D("0.5"),
    }


@pytest.mark.parametrize(("gone", "end"), [("0", None), ("0.5", "60"), ("1", "30")])
def test_forecast_goes_on_as_it_went(gone: str, end: str | None) -> None:
    assert rules.forecast(D(0), D(30), D(gone)) == (None if end is None else D(end))

"""Cases about cycles, days and pace."""

import itertools
import re
from datetime import date
from decimal import Decimal

from tandem.cycles import commands as cycles
from tandem.cycles import rules as days
from tandem.cycles.models import PhaseDate
from tandem.okr import commands as okr
from tandem.okr import rules
from tests.cases.kinds import Ask, kind
from tests.cases.reading import SHARE, Row, day, many, number, pick, same
from tests.proof import refused
from tests.world import fresh


@kind("cycle_label")
def test_the_next_quarter_and_its_name(row: Row, ask: Ask) -> None:
    given, wanted = row["input"], row["expected"]["creates"]
    first_month, pattern, today = given["year_starts_in_month"], given["format"], day(given["today"])
    running = days.span("quarter", today, first_month, pattern)
    following = days.following("quarter", running.end, first_month, pattern)
    assert (following.name, following.start, following.end) == (
        wanted["label"],
        day(wanted["start"]),
        day(wanted["end"]),
    )
    assert days.prepares_next("quarter", running.start, today)


@kind("cycle_autocreate")
def test_only_a_quarters_first_month_prepares_the_next(row: Row, ask: Ask) -> None:
    given = row["input"]
    runs = [date(2026, month, 10) for month in given["months_run"]]
    starts = [days.span("quarter", on, given["year_starts_in_month"]).start for on in runs]
    made = sum(days.prepares_next("quarter", start, on) for start, on in zip(starts, runs, strict=True))
    assert made == row["expected"]["created"]


@kind("cycle_backlog")
def test_the_backlog_holds_drafts_only(row: Row, ask: Ask) -> None:
    world = ask()
    for state, accepted in zip(row["input"]["state"], row["expected"]["accepted"], strict=True):
        draft = world.objective(published=False, cycle=world.backlog)
        if state == "DRAFT":
            assert accepted
            assert draft.state == "draft"
        else:
            assert not accepted
            with refused(422, code="backlog"):
                okr.publish_objective(world.ada, draft)


@kind("cycle_elapsed")
def test_time_gone_is_held_within_the_cycle(row: Row, ask: Ask) -> None:
    span = day(row["input"]["start"]), day(row["input"]["end"])
    for now, wanted in zip(many(row["input"]["now"]), many(row["expected"]["elapsed"]), strict=True):
        assert same(days.elapsed(*span, day(now)), wanted)


@kind("cycle_replace")
def test_planned_and_actual_dates_are_two(row: Row, ask: Ask) -> None:
    """Cycles may overlap, so a new one closes no other; who closes one keeps the planned day beside the actual."""
    world = ask()
    planned = PhaseDate.objects.get(cycle=world.quarter, phase="closed").planned_on
    cycles.create_cycle(world.chen, None, name="Next", start=date(2026, 10, 1), end=date(2026, 12, 31))
    assert not fresh(world.quarter).is_closed
    for phase in ("agree", "run", "review", "closed"):
        cycles.enter_phase(world.chen, world.quarter, phase=phase)
    closed = PhaseDate.objects.get(cycle=world.quarter, phase="closed")
    assert (closed.planned_on, closed.began_on) == (planned, date(2026, 10, 14))
    assert closed.planned_on != closed.began_on


@kind("checkin_schedule", "checkin")
def test_when_the_next_check_in_is_due(row: Row, ask: Ask) -> None:
    match = re.search("biweekly|weekly|monthly", row["kind"])
    rhythm = match.group() if match else "weekly"
    due = day(row["input"]["due"])
    for on, wanted in zip(many(row["input"]["checkin_on"]), many(row["expected"]["next_due"]), strict=True):
        assert days.next_due(due, day(on), rhythm) == day(wanted), on


@kind("pace_early")
def test_no_verdict_at_the_start(row: Row, ask: Ask) -> None:
    """The peer divides by at least 1 %; Tandem says nothing at all before a tenth of the time is gone."""
    for share in row["input"]["progress"]:
        assert rules.pace(number(share), number(row["input"]["expected"])) is None
    assert rules.pace(Decimal(0), Decimal("0.1")) == rules.OFF_TRACK


@kind("pace_jump")
def test_no_jump_on_the_last_day(row: Row, ask: Ask) -> None:
    """Ours is another line (100 % on the last day, not 80 %), but it is one line: overnight nothing flips."""
    given = row["input"]
    span = day(given["start"]), day(given["due"])
    gone = [days.elapsed(*span, day(on)) for on in given["today"]]
    step = Decimal(2) / (span[1] - span[0]).days
    assert all(abs(one - other) <= step for one, other in itertools.pairwise(gone))
    verdicts = {rules.pace(number(pick(given, SHARE)) / 100, one) for one in gone}
    assert len(verdicts) == len(set(row["expected"]["status"])) == 1


@kind("pace_parent_source")
def test_a_parents_status_is_its_own(row: Row, ask: Ask) -> None:
    world = ask()
    scores = {}
    for name, owner in (("child", world.ada), ("parent", world.web)):
        objective = world.objective(owner)
        key_result = world.key_result(objective, kind="percent")
        okr.check_in(world.writer_of(owner), key_result, value=row["input"][f"{name}_score"])
        scores[name] = objective
    okr.align(world.ada, scores["child"], parent=scores["parent"])
    assert same(fresh(scores["parent"]).progress * 100, row["expected"]["parent_status_from"])


@kind("pace")
def test_pace(row: Row, ask: Ask) -> None:
    given = row["input"]
    shares, times = many(pick(given, SHARE)), many(given["expected"])
    times = times * len(shares) if len(times) == 1 else times
    scale = 100 if any(number(one) > 3 for one in (*shares, *times)) else 1
    got = [rules.pace(number(p) / scale, number(t) / scale) for p, t in zip(shares, times, strict=True)]
    assert got == many(row["expected"]["status"])


@kind("timezone")
def test_date_tables_hold_in_every_time_zone(row: Row, ask: Ask) -> None:
    """Run by test_cases_timezones.py in processes of their own; here only: these zones are among them."""
    from tests.cases.test_cases_timezones import ZONES

    assert set(row["input"]["run_suite_under_TZ"]) <= set(ZONES)

"""From a rule announced in time to points in the ledger; and everything that is refused on the way."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tandem.activity.models import Event, Notification
from tandem.core.checks import faults
from tandem.core.errors import Conflict, Invalid
from tandem.people import commands as people
from tandem.rewards import commands as rewards
from tandem.rewards.models import Entry, RewardRule, RuleVersion
from tandem.rewards.models.kept import WrittenOnce
from tandem.rewards.queries import balance_of, entries_of, payroll_lines, points_due
from tests.kpi.scoring_world import opened
from tests.kpi.test_round import refused
from tests.rewards.reward_world import (
    STARTS,
    SUMMER,
    announced,
    answered,
    ballot_of,
    closed,
    closed_with_ideas,
    on,
    written,
)
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
D = Decimal


def sums(world: World) -> dict[str, Decimal]:
    return {who: balance_of(world.hana, getattr(world, who)) for who in ("ada", "ben")}


@pytest.mark.parametrize(
    ("kind", "ada", "ben", "said"),
    [
        ("per_point", D("16.00"), D("1.00"), "(92 − 60) × 0.5 = 16.00"),
        ("per_grade", D("20.00"), D("0.00"), "A = 20.00"),
        ("pool", D("597.40"), D("402.60"), "1000 × 92 ÷ 154 = 597.40"),
    ],
)
def test_points_follow_from_a_closed_round(world: World, kind: str, ada: Decimal, ben: Decimal, said: str) -> None:
    rule = announced(world, kind)
    one = closed(world)
    due = points_due(world.hana, one)
    assert [(line.entries, line.points, line.fresh) for line in due.rules] == [(2, ada + ben, 2)]
    assert not Entry.objects.exists(), "a dry run"
    done = rewards.write_points(world.hana, one)
    assert (done.entries, done.points) == (2, ada + ben)
    assert sums(world) == {"ada": ada, "ben": ben}
    entry = entries_of(world.ada, world.ada).get()
    assert (entry.sum, entry.announced.rule, entry.scorecard_id) == (said, rule, due.fresh[0].scorecard)
    assert not list(faults())
    assert rewards.write_points(world.hana, one).entries == 0, "written again it changes nothing"
    assert Entry.objects.count() == 2
    assert Event.objects.filter(verb="points.written").count() == 1


def test_a_pool_weighs_by_the_job_level_of_the_day_of_writing(world: World) -> None:
    people.set_job_level(world.hana, world.ada, level="P6")
    announced(world, "pool", terms={"pool": "1000", "levels": [["P6", "1.5"]]})
    one = closed(world)
    rewards.write_points(world.hana, one)
    entry = Entry.objects.get(person=world.ada)
    assert (entry.points, entry.sum) == (D("690.00"), "1000 × 92 × 1.5 ÷ 200 = 690.00")
    people.set_job_level(world.hana, fresh(world.ada), level="P7")
    assert not list(faults())


def test_a_second_round_goes_on_from_the_balance(world: World) -> None:
    written(world)
    announced(world, "per_grade")
    rewards.write_points(world.hana, Entry.objects.first().round)
    lines = Entry.objects.filter(person=world.ada).values_list("number", "points", "balance")
    assert list(lines) == [(1, D("16.00"), D("16.00")), (2, D("20.00"), D("36.00"))]


def test_rules_are_only_for_periods_after_their_announcement(world: World) -> None:
    with on(date(2026, 9, 30)):
        for day in (date(2026, 9, 30), date(2026, 9, 1)):
            with refused(Invalid) as fault:
                rewards.announce_rule(world.hana, None, name="x", kind="pool", terms={"pool": 1}, from_day=day)
            assert fault.value.field == "from_day"
    with on(date(2026, 10, 2)):
        rewards.announce_rule(
            world.hana, None, name="Late", kind="pool", terms={"pool": 1}, from_day=date(2026, 10, 3)
        )  # fmt: skip
    one = closed(world)
    assert points_due(world.hana, one).rules == []
    with refused(Invalid) as fault:
        rewards.write_points(world.hana, one)
    assert fault.value.code == "state"


def test_the_version_before_holds_until_the_next_period(world: World) -> None:
    rule = announced(world)
    changed = rewards.announce_change(world.hana, rule, terms={"rate": 9}, from_day=date(2027, 1, 1), version=1)
    assert (changed.latest, changed.version) == (2, 2)
    with refused(Conflict):
        rewards.announce_change(world.hana, rule, terms={"rate": 9}, from_day=date(2027, 1, 1), version=1)
    rewards.end_rule(world.hana, rule, from_day=date(2027, 4, 1))
    with refused(Invalid):
        rewards.announce_change(world.hana, rule, terms={"rate": 9}, from_day=date(2027, 5, 1))
    rewards.write_points(world.hana, closed(world))
    assert Entry.objects.get(person=world.ada).announced.number == 1


def test_a_rule_that_ended_before_the_period_brings_nothing(world: World) -> None:
    rule = announced(world)
    with on(date(2026, 9, 2)):
        rewards.end_rule(world.hana, rule, from_day=STARTS)
    assert points_due(world.hana, closed(world)).rules == []


def test_a_rule_of_a_unit_is_for_its_people(world: World) -> None:
    with on(SUMMER), refused(Invalid) as fault:
        rewards.announce_rule(
            world.hana, None, name="x", kind="pool", terms={"pool": 1}, from_day=STARTS, unit=world.office
        )  # fmt: skip
    assert fault.value.field == "unit", "Hana is alone there: never for one person"
    announced(world, unit=world.web)
    announced(world, unit=world.cloud, name="Of all of Cloud")
    found = points_due(world.hana, closed(world))
    assert [rule.entries for rule in found.rules] == [2, 2]


def test_points_need_a_closed_round(world: World) -> None:
    announced(world)
    quarter = opened(world)
    with refused(Invalid):
        rewards.write_points(world.hana, quarter.round)
    with refused(Invalid):
        rewards.export_payroll(world.hana, quarter.round, form="csv")


@pytest.mark.parametrize(
    ("kind", "terms", "field"),
    [
        ("per_point", {}, "rate"),
        ("per_point", {"rate": "0"}, "rate"),
        ("per_point", {"rate": "1e30"}, "rate"),
        ("per_point", {"rate": 1, "objective": 3}, "terms"),
        ("per_point", {"rate": "many"}, "rate"),
        ("per_grade", {"grades": []}, "grades"),
        ("per_grade", {"grades": [["A", 1], ["A", 2]]}, "grades"),
        ("per_grade", {"grades": "A: 1"}, "grades"),
        ("pool", {"pool": "10.001"}, "pool"),
        ("bonus", {}, "kind"),
    ],
)
def test_terms_that_make_no_sense_are_refused(world: World, kind: str, terms: object, field: str) -> None:
    with on(SUMMER), refused(Invalid) as fault:
        rewards.announce_rule(world.hana, None, name="x", kind=kind, terms=terms, from_day=STARTS)
    assert fault.value.field == field
    assert not RewardRule.objects.exists()


def test_an_entry_is_taken_back_by_another_that_names_it(world: World) -> None:
    entry = written(world)
    with refused(Invalid):
        rewards.reverse_entry(world.hana, entry, reason=" ")
    back = rewards.reverse_entry(world.hana, entry, reason="The rule was meant for the other team.")
    assert (back.points, back.balance, back.reverses, back.number) == (-entry.points, D(0), entry, 2)
    for one in (entry, back):
        with refused(Invalid):
            rewards.reverse_entry(world.hana, one, reason="Again")
    assert Notification.objects.filter(person=world.ada, event__verb="points.reversed").exists()
    assert rewards.write_points(world.hana, entry.round).entries == 0, "it had its entry"
    assert not list(faults())
    assert {line.person: (line.points, line.entries) for line in payroll_lines(world.hana, entry.round)} == {
        "Ada Byron": (D("0.00"), 2), "Ben": (D("1.00"), 1),
    }  # fmt: skip


def test_what_is_written_stays_as_it_is(world: World) -> None:
    entry = written(world)
    for act in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(points=1)):
        with pytest.raises(WrittenOnce):
            act()
    for table in ("rewards_entry", "rewards_ruleversion"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET number = 7")
    assert RuleVersion.objects.get().number == 1


def test_check_finds_what_somebody_did_to_the_ledger(world: World) -> None:
    entry = written(world)
    other = Entry.objects.get(person=world.ben)
    with connection.cursor() as cursor:
        off = "DROP TRIGGER rewards_entry_once" + (" ON rewards_entry" if connection.vendor == "postgresql" else "")
        cursor.execute(off)
        cursor.execute("UPDATE rewards_entry SET points = 500, balance = 500 WHERE id = %s", [entry.pk])
        cursor.execute("UPDATE rewards_entry SET balance = 7 WHERE id = %s", [other.pk])
    found = list(faults())
    assert any(f"entry {entry.pk} does not follow" in one for one in found)
    assert any(f"person {world.ben.pk}: entry 1" in one for one in found)


def test_a_worker_that_is_killed_leaves_nothing_half_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    announced(world)
    announced(world, "per_grade")
    one = closed(world)

    def killed(*_args: object, **_fields: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tandem.rewards.commands.entries.record", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            rewards.write_points(world.hana, one)
    assert not Entry.objects.exists()
    assert rewards.write_points(world.hana, one).entries == 4


@pytest.mark.parametrize("choice", ["live", "object"])
def test_plus_and_minus_count_once_the_team_agreed(world: World, choice: str) -> None:
    rule = announced(world, "plus_minus")
    with on(date(2026, 9, 5)):
        answered(ballot_of(rule), ada="agree", ben=choice, lin="agree")
    one = closed_with_ideas(world)
    due = points_due(world.hana, one)
    if choice == "object":
        assert due.rules == []
        return
    assert [(line.entries, line.points) for line in due.rules] == [(2, D("12.00"))]
    rewards.write_points(world.hana, one)
    entry = Entry.objects.get(person=world.ada)
    assert (entry.points, entry.sum) == (D("12.00"), "(ideas 6) × 2 = 12.00")
    assert not list(faults())

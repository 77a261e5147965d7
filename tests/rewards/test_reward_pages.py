"""The pages and calls of rewards: announced, voted on, written, read, carried out."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from tandem.activity.models import Event
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.rewards import commands as rewards
from tandem.rewards.models import Entry, RewardRule
from tandem.rewards.queries import payroll_lines
from tandem.rewards.rules.payroll import as_csv, as_workbook
from tests.api.conftest import Door
from tests.kpi.conftest import send
from tests.pages.conftest import TOP
from tests.rewards.reward_world import announced, ballot_of, closed, on, written
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]
LATER = "2027-01-01"


@pytest.mark.parametrize(
    ("kind", "fields", "terms"),
    [
        ("per-point", {"rate": "0.5", "above": "60"}, {"rate": "0.5", "above": "60"}),
        ("per-grade", {"grades": "A: 20\nB：10"}, {"grades": [["A", "20"], ["B", "10"]]}),
        ("pool", {"pool": "1,000", "levels": "P6: 1.2"}, None),
        ("pool", {"pool": "1000", "levels": "P6: 1.2"}, {"pool": "1000", "levels": [["P6", "1.2"]]}),
    ],
)
def test_the_people_team_announces_a_rule(
    world: World, browse: Browse, kind: str, fields: dict[str, str], terms: Any
) -> None:
    page = send(browse(world.hana), f"/kpi/rewards/new/{kind}/", {"name": "Bonus", "from_day": LATER, **fields})
    if terms is None:
        assert (page.status_code, RewardRule.objects.count()) == (422, 0)
        assert "1,000" in page.content.decode(), "nothing typed is lost"
        return
    rule = RewardRule.objects.get()
    assert page.headers["Location"] == f"/kpi/rewards/{rule.pk}/"
    assert rule.versions.get().terms == terms
    assert "Bonus" in browse(world.ben).get("/kpi/rewards/").content.decode()
    assert browse(world.ben).get(f"/kpi/rewards/new/{kind}/").status_code == 403


def test_a_rule_that_comes_too_late_is_refused_with_what_was_typed(world: World, browse: Browse) -> None:
    typed = {"name": "Bonus", "from_day": "2026-10-14", "rate": "3"}
    page = send(browse(world.hana), "/kpi/rewards/new/per-point/", typed)
    assert page.status_code == 422
    assert "before the period starts" in page.content.decode()
    assert 'value="Bonus"' in page.content.decode()


def test_a_team_answers_its_ballot(world: World, browse: Browse) -> None:
    typed = {"name": "Bugs", "unit": world.web.pk, "from_day": LATER, "ballot_until": "2026-12-01"}
    send(browse(world.hana), "/kpi/rewards/new/plus-minus/", typed)
    ballot = ballot_of(RewardRule.objects.get())
    at = f"/kpi/ballots/{ballot.pk}/"
    assert at in browse(world.ada).get("/kpi/rewards/").content.decode()
    page = send(browse(world.ada), at, {"choice": "object", "reason": ""})
    assert page.status_code == 422
    assert "cannot live with" in page.content.decode()
    assert send(browse(world.ada), at, {"choice": "object", "reason": "Twice?"}).status_code == 302
    assert "Twice?" in browse(world.lin).get(at).content.decode()
    assert browse(world.chen).get(at).status_code == 404
    assert send(browse(world.hana), at, {"choice": "agree"}).status_code == 403


def test_points_are_written_after_a_dry_run_and_read_by_their_person(world: World, browse: Browse) -> None:
    announced(world)
    one = closed(world)
    hana = browse(world.hana)
    at = f"/kpi/points/rounds/{one.pk}/"
    assert "Write 2 entries" in hana.get(at).content.decode()
    send(hana, f"{at}write/")
    assert "Write 2 entries" not in hana.get(at).content.decode()
    assert not Event.objects.filter(verb="points.round_looked").exists(), "sums are nobody's points"
    assert "Ada Byron" in hana.get(f"{at}entries/").content.decode()
    assert Event.objects.filter(verb="points.round_looked").count() == 1
    own = browse(world.ada).get("/kpi/points/").content.decode()
    assert "(92 − 60) × 0.5 = 16.00" in own
    for who in (world.ben, world.lin, world.omar):
        assert browse(who).get(f"/kpi/points/people/{world.ada.pk}/").status_code == 404
        assert browse(who).get(at).status_code == 404
    assert "16.00" in hana.get(f"/kpi/points/people/{world.ada.pk}/").content.decode()
    assert Event.objects.filter(verb="points.looked", about=f"person:{world.ada.pk}").count() == 1


def test_an_entry_is_taken_back_on_its_page(world: World, browse: Browse) -> None:
    entry = written(world)
    at = f"/kpi/points/entries/{entry.pk}/reverse/"
    assert browse(world.ada).get(at).status_code == 404
    assert browse(world.hana).get(at).status_code == 200
    assert send(browse(world.hana), at, {"reason": ""}).status_code == 422
    send(browse(world.hana), at, {"reason": "Wrong team"})
    page = browse(world.ada).get("/kpi/points/").content.decode()
    assert "takes back entry 1: Wrong team" in page
    assert "taken back by entry 2" in page


def test_the_payroll_file_is_the_same_bytes_every_time(world: World, browse: Browse) -> None:
    people.edit_person(SYSTEM, world.ben, name='=HYPERLINK("x")')
    entry = written(world)
    made = {}
    for form in ("csv", "xlsx"):
        first = send(browse(world.hana), f"/kpi/points/rounds/{entry.round_id}/payroll/", {"form": form}).content
        with on(date(2027, 5, 5)):
            again = Door(world.hana).ask("POST", f"/rounds/{entry.round_id}/payroll", {"form": form}).content
        assert first == again
        made[form] = first
    lines = made["csv"].decode("utf-8-sig").splitlines()
    assert lines[0] == "period,person_id,person,rule,rule_version,points,entries"
    ben = '"\'=HYPERLINK(""x"")"'
    assert sorted(lines[1:]) == sorted([
        f"2026 Q4,{world.ada.key},Ada Byron,By per_point,1,16.00,1",
        f"2026 Q4,{world.ben.key},{ben},By per_point,1,1.00,1",
    ])  # fmt: skip
    sheet = load_workbook(BytesIO(made["xlsx"])).active
    assert {row[2] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"Ada Byron", '\'=HYPERLINK("x")'}
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s", "s", "n", "n", "n"]
    noted = Event.objects.filter(verb="payroll.exported")
    assert noted.count() == 4
    assert len({one.data["hash"] for one in noted}) == 2
    assert as_csv(payroll_lines(world.hana, entry.round)) == made["csv"]
    assert as_workbook(payroll_lines(world.hana, entry.round)) == made["xlsx"]
    assert payroll_lines(world.lin, entry.round) == []


def test_both_doors_do_the_same(world: World, door: Callable[..., Door]) -> None:
    hana, ada = door(world.hana), door(world.ada)
    body = {"name": "Bugs", "kind": "plus_minus", "terms": {"rate": 2}, "unit": world.web.pk, "from_day": LATER}
    with transaction.atomic():
        assert hana.post("/rewards", body, status=422)["error"]["field"] == "ballot_until"
    made = hana.post("/rewards", body | {"ballot_until": "2026-12-01"}, status=201)
    ballot = made["versions"][0]["ballot"]
    assert ada.get("/rewards")["items"][0]["name"] == "Bugs"
    assert ada.get(f"/ballots/{ballot}")["own"] == ""
    assert ada.put(f"/ballots/{ballot}/answer", {"choice": "live"})["live"] == 1
    door(world.chen).get(f"/ballots/{ballot}", status=404)
    changed = hana.post(f"/rewards/{made['id']}/announcements", {
        "terms": {"rate": 3}, "from_day": "2027-04-01", "ballot_until": "2027-01-05", "version": 1,
    }, status=201)  # fmt: skip
    assert [one["number"] for one in changed["versions"]] == [2, 1]
    with transaction.atomic():
        hana.post(f"/rewards/{made['id']}/end", {"from_day": "2027-07-01", "version": 1}, status=409)
    assert hana.post(f"/rewards/{made['id']}/end", {"from_day": "2027-07-01"})["ended_from"] == "2027-07-01"
    with transaction.atomic():
        ada.post("/rewards", body, status=403)


def test_points_through_the_api(world: World, door: Callable[..., Door]) -> None:
    announced(world, "per_grade")
    one = closed(world)
    hana = door(world.hana)
    (due,) = hana.get(f"/rounds/{one.pk}/points/due")["rules"]
    assert (due["entries"], due["fresh_points"]) == (2, 20)
    assert hana.post(f"/rounds/{one.pk}/points") == {"entries": 2, "points": 20}
    assert hana.post(f"/rounds/{one.pk}/points") == {"entries": 0, "points": 0}
    own = door(world.ada).get(f"/people/{world.ada.pk}/points")
    assert (own["balance"], own["items"][0]["sum"], own["items"][0]["numbers"]) == (20, "A = 20.00", {"grade": "A"})
    door(world.lin).get(f"/people/{world.ada.pk}/points", status=404)
    door(world.lin).get(f"/rounds/{one.pk}/points", status=404)
    assert len(hana.get(f"/rounds/{one.pk}/points?search=ada")["items"]) == 1
    back = hana.post(f"/points/{own['items'][0]['id']}/reverse", {"reason": "Wrong"}, status=201)
    assert (back["points"], back["reverses"]) == (-20, own["items"][0]["id"])


@pytest.mark.parametrize(
    "address",
    [
        "/kpi/rewards/", "/kpi/rewards/{rule}/", "/kpi/ballots/{ballot}/", "/kpi/points/", "/kpi/points/rounds/",
        "/kpi/points/rounds/{round}/", "/kpi/points/rounds/{round}/entries/",
    ],
)  # fmt: skip
def test_pages_ask_a_fixed_number_of_queries(
    world: World, browse: Browse, asks: Callable[[Client, str], int], address: str
) -> None:
    entry = written(world)
    rule = announced(world, "plus_minus")
    at = address.format(rule=entry.announced.rule_id, ballot=ballot_of(rule).pk, round=entry.round_id)
    client = browse(world.hana if "round" in address else world.ada)
    first = asks(client, at)
    announced(world, "per_grade", name="Another")
    announced(world, "plus_minus", name="A third")
    rewards.write_points(SYSTEM, fresh(entry.round))
    assert Entry.objects.count() == 4
    assert asks(client, at) == first <= TOP

"""Targets: issued to whole teams, negotiated, signed by two hands, changed only with both again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tandem.activity.models import Notification
from tandem.core.errors import Missing
from tandem.cycles import commands as cycles
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator, Scheme, State, Target
from tandem.kpi.queries import get_scheme, scheme_of, sheet_of, team_standing
from tandem.kpi.rules import weights
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.conftest import send
from tests.pages.conftest import TOP, text_of
from tests.proof import refused
from tests.world import World, fresh

Make = Callable[..., Indicator]
ITEMS: list[dict[str, Any]] = [
    {"indicator": "coverage", "floor": 60, "target": 80, "challenge": 90, "weight": "60"},
    {"indicator": "escapes", "target": 3, "weight": "40"},
    {"indicator": "outage", "kind": "veto"},
]


@pytest.fixture
def library(indicator: Make, world: World) -> None:
    indicator("coverage", name_zh="测试覆盖率", unit="%", supplier=world.otto)
    indicator("escapes", name_zh="漏测缺陷", direction="lower", method="inverse")
    indicator("outage", name_zh="重大事故", direction="events", method="veto")


@pytest.fixture
def adas(world: World, library: None) -> Scheme:
    made = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=ITEMS)
    return next(one for one in made if one.carrier == world.ada)


def target_of(scheme: Scheme, code: str) -> Target:
    return Target.objects.select_related(*Target.read_with).get(scheme=scheme, indicator__code=code)


def states(scheme: Scheme) -> set[str]:
    return set(Target.objects.filter(scheme=scheme).values_list("state", flat=True))


def test_a_team_is_given_one_scheme_and_each_answers_alone(world: World, adas: Scheme) -> None:
    everybody = Scheme.objects.filter(team=world.web)
    assert {one.carrier for one in everybody} == {world.ada, world.ben}
    kpi.accept_targets(world.ada, adas, version=1)
    standing = {one.person: one for one in team_standing(world.lin, [world.ada, world.ben, world.lin], world.quarter)}
    assert (standing[world.ada].accepted, standing[world.ben].waiting, standing[world.lin].scheme) == (3, 3, None)
    assert Notification.objects.filter(person=world.ada, kind="kpi").count() == 1


def test_negotiated_changed_and_signed_again(world: World, adas: Scheme) -> None:
    kpi.accept_targets(world.ada, adas)
    row = target_of(adas, "coverage")
    assert (row.issued_by, row.accepted_by) == (world.lin, world.ada)
    kpi.change_targets(world.lin, adas, changes={row.pk: {"target": 85}}, reason="two more services")
    row = fresh(row)
    assert (row.state, row.accepted_by, row.number, row.target) == (State.ISSUED, None, 2, 85)
    assert target_of(adas, "escapes").state == State.ACCEPTED
    kpi.negotiate_target(world.ada, row, reason="one of them has no tests at all", wish="82.5")
    assert fresh(row).state == State.NEGOTIATING
    with refused(422):  # nothing waits for her: it is the leader's turn
        kpi.accept_targets(world.ada, fresh(adas))
    kpi.speak_final_word(world.lin, fresh(row), reason="it is the one that breaks")
    with refused(422):
        kpi.negotiate_target(world.ada, fresh(row), reason="again")
    kpi.accept_targets(world.ada, fresh(adas))
    assert states(adas) == {State.ACCEPTED}
    said = [(one.what, one.number) for one in fresh(row).steps.all()]
    assert said == [("accepted", 2), ("final", 2), ("negotiated", 2), ("changed", 2), ("accepted", 1), ("issued", 1)]


def test_what_was_accepted_is_what_was_read(world: World, adas: Scheme) -> None:
    row = target_of(adas, "coverage")
    kpi.change_targets(world.lin, adas, changes={row.pk: {"target": 85}}, reason="x")
    with refused(409):
        kpi.accept_targets(world.ada, fresh(adas), version=1)


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([{**ITEMS[0], "weight": "59.99"}, ITEMS[1]], "weight"),
        ([{**ITEMS[0], "weight": "60.01"}, ITEMS[1]], "weight"),
        ([{**ITEMS[0], "weight": "60.001"}, ITEMS[1]], "weight"),
        ([{**ITEMS[0], "weight": "-1"}], "weight"),
        ([{**ITEMS[0], "weight": "many"}], "weight"),
        ([{**ITEMS[0], "weight": 0}, {**ITEMS[1], "weight": 100}], "weight"),
        ([{**ITEMS[2], "weight": 10}], "weight"),
        ([{"indicator": "coverage", "weight": 100}], "target"),
        ([{"indicator": "coverage", "weight": 100, "target": 0}], "target"),
        ([{"indicator": "coverage", "weight": 100, "target": "1e30"}], "target"),
        ([{"indicator": "coverage", "weight": 100, "target": "好"}], "target"),
        ([{"indicator": "coverage", "weight": 100, "target": 80, "floor": 90}], "floor"),
        ([{"indicator": "escapes", "weight": 100, "target": 3, "challenge": 5}], "challenge"),
        ([{"indicator": "nothing", "weight": 100, "target": 3}], "indicator"),
        ([{**ITEMS[0], "weight": 50}, {**ITEMS[0], "weight": 50}], "indicator"),
        ([], "indicator"),
        ([{**ITEMS[0], "weight": 100, "colour": "red"}], "colour"),
        ([{**ITEMS[0], "weight": 100, "parameters": {"tiers": 1}}], "parameters"),
        ([{**ITEMS[0], "weight": 100, "method": "steps"}], "parameters"),
    ],
)
def test_what_is_no_scheme_is_refused_by_name(
    world: World, library: None, items: list[dict[str, Any]], field: str
) -> None:
    with refused(422, field=field):
        kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
    assert not Scheme.objects.exists()


@pytest.mark.parametrize(("given", "left"), [("100", "0"), ("99.99", "0.01"), ("100.5", "-0.5")])
def test_weights_add_to_a_hundred_exactly(given: str, left: str) -> None:
    assert weights.missing([Decimal(given)]) == Decimal(left)


def test_nobody_is_singled_out(world: World, adas: Scheme) -> None:
    with refused(422, field="unit"):
        kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=ITEMS)
    people.move_person(SYSTEM, world.nia, unit=world.web)
    with refused(422, field="indicator"):
        kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=[{**ITEMS[0], "weight": 100}])
    made = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=ITEMS)
    assert [one.carrier for one in made] == [world.nia]


def test_who_carries_a_number_does_not_hand_it_in(world: World, indicator: Make) -> None:
    indicator("own", supplier=world.ben)
    with refused(422, field="indicator"):
        kpi.issue_to_team(
            world.lin, world.web, cycle=world.quarter, items=[{"indicator": "own", "target": 1, "weight": 100}]
        )


def test_both_signatures_are_of_two_hands(world: World, library: None) -> None:
    datas = kpi.issue_to_unit(world.wei, world.data, cycle=world.quarter, items=ITEMS)
    with refused(422, code="state"):  # nobody leads Data, so Wei would accept for it
        kpi.accept_targets(world.wei, datas)


def test_nothing_is_issued_of_what_has_ended_or_in_a_closed_cycle(world: World, adas: Scheme) -> None:
    cycles.enter_phase(SYSTEM, world.quarter, phase="closed")
    with refused(422, field="cycle"):
        kpi.accept_targets(world.ada, fresh(adas))
    kpi.archive_indicator(world.hana, Indicator.objects.get(code="outage"))
    with refused(422, field="indicator"):
        year = cycles.create_cycle(
            SYSTEM, None, name="2027", start=date(2027, 1, 1), end=date(2027, 12, 31), kind="custom"
        )
        kpi.issue_to_unit(world.wei, world.web, cycle=year, items=ITEMS)


def test_dropped_targets_make_room(world: World, adas: Scheme) -> None:
    kpi.drop_targets(world.lin, adas, reason="moves to another team")
    assert sheet_of(world.ada, fresh(adas)).targets == []
    made = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=ITEMS)
    assert [one.pk for one in made] == [adas.pk]


def test_only_both_sides_and_the_people_team_see_them(world: World, adas: Scheme) -> None:
    webs = kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=ITEMS)
    for reader in (world.ada, world.lin, world.wei, world.grace, world.hana):
        assert get_scheme(reader, adas.pk) == adas
        assert get_scheme(reader, webs.pk) == webs
    for stranger in (world.otto, world.chen, world.omar, world.nia):  # Otto supplies the coverage: he sees no targets
        assert scheme_of(stranger, world.ada, world.quarter) is None
        with pytest.raises(Missing):
            get_scheme(stranger, webs.pk)
    assert scheme_of(world.ben, world.ada, world.quarter) is None
    assert get_scheme(world.ben, webs.pk) == webs


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_both_sides(world: World, library: None, browse: Callable[..., Client], language: str) -> None:
    lin, ada, ben = (browse(one, language=language) for one in (world.lin, world.ada, world.ben))
    issue = f"/kpi/units/{world.web.pk}/issue/team/?cycle={world.quarter.pk}"
    sent = {
        "indicator": ["coverage", "escapes", ""], "kind": ["scored"] * 3, "floor": ["60", "", ""],
        "target": ["80", "3", ""], "challenge": ["", "", ""], "weight": ["60", "39.99", ""],
    }  # fmt: skip
    wrong = send(lin, issue, sent | {"do": "issue"})
    assert wrong.status_code == 422
    assert 'value="39.99"' in wrong.content.decode()
    sent["weight"][1] = "40"
    tried = send(lin, issue, sent | {"do": "try"})
    assert "Ada Byron" in text_of(tried)
    assert not Scheme.objects.exists()
    assert lin.post(issue, sent | {"do": "issue"}).status_code == 302
    mine = ada.get("/kpi/")
    assert ("测试覆盖率" if language == "zh-hans" else "The coverage") in text_of(mine)
    scheme = scheme_of(world.ada, world.ada, world.quarter)
    assert scheme is not None
    row = target_of(scheme, "coverage")
    assert send(ada, f"/kpi/targets/{row.pk}/negotiate/", {"reason": ""}).status_code == 422
    assert ada.post(f"/kpi/targets/{row.pk}/negotiate/", {"reason": "too much", "wish": "75"}).status_code == 302
    at = f"/kpi/schemes/{scheme.pk}/"
    assert "too much" in text_of(lin.get(at))
    assert lin.post(f"/kpi/targets/{row.pk}/final-word/", {"reason": "no"}).status_code == 302
    changed = {f"target-{row.pk}": "78", f"weight-{row.pk}": "61", "reason": "half way"}
    assert send(lin, f"{at}change/", changed).status_code == 422
    assert lin.post(f"{at}change/", changed | {f"weight-{row.pk}": "60"}).status_code == 302
    assert ada.post(f"{at}accept/", {"version": fresh(scheme).version}).status_code == 302
    assert states(scheme) == {State.ACCEPTED}
    assert lin.get(f"/kpi/units/{world.web.pk}/").status_code == 200
    assert ben.get(at).status_code == 404
    assert send(ben, f"{at}accept/").status_code == 404
    assert lin.post(f"{at}drop/", {"reason": "so"}).status_code == 302


def test_the_api_does_the_same(world: World, library: None, door: Callable[[Person], Door]) -> None:
    lin, ada = door(world.lin), door(world.ada)
    body: dict[str, Any] = {"cycle": world.quarter.pk, "items": ITEMS}
    tried = lin.post(f"/units/{world.web.pk}/team-targets", body | {"dry_run": True}, 201)
    assert [one["name"] for one in tried["carriers"]] == ["Ada Byron", "Ben"]
    assert not Scheme.objects.exists()
    lin.post(f"/units/{world.web.pk}/team-targets", body, 201)
    sheet = ada.get(f"/people/{world.ada.pk}/targets?cycle={world.quarter.pk}")
    assert [(one["indicator"], one["weight"], one["state"]) for one in sheet["targets"]] == [
        ("coverage", 60, "issued"), ("escapes", 40, "issued"), ("outage", 0, "issued"),
    ]  # fmt: skip
    first = sheet["targets"][0]["id"]
    ada.post(f"/targets/{first}/negotiate", {"reason": "x", "wish": 70})
    lin.post(f"/targets/{first}/final-word", {"reason": "y"})
    changed = lin.patch(f"/schemes/{sheet['id']}", {"changes": [{"target_id": first, "target": 78}], "reason": "z"})
    assert changed["targets"][0]["target"] == 78
    lin.patch(f"/schemes/{sheet['id']}", {"changes": [{"target_id": first, "weight": 1}], "reason": "z"}, 422)
    ada.post(f"/schemes/{sheet['id']}/accept", {"version": 1}, 409)
    done = ada.post(f"/schemes/{sheet['id']}/accept", {"version": changed["version"]})
    assert {one["state"] for one in done["targets"]} == {"accepted"}
    assert done["targets"][0]["accepted"]["name"] == "Ada Byron"
    Door(world.otto).get(f"/schemes/{sheet['id']}", 404)
    door(world.wei).post(f"/units/{world.web.pk}/targets", body, 201)
    lin.post(f"/schemes/{sheet['id']}/drop", {"reason": "x"})


def test_pages_cost_the_same_however_many_targets(
    world: World, indicator: Make, browse: Callable[..., Client], asks: Callable[[Client, str], int]
) -> None:
    for place in range(4):
        indicator(f"i{place}")
    one = [{"indicator": "i0", "target": 1, "weight": 100}]
    four = [{"indicator": f"i{place}", "target": 1, "weight": 25} for place in range(4)]
    kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=one)
    made = kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=one)
    lin, ada = browse(world.lin), browse(world.ada)
    paths = [(ada, "/kpi/"), (lin, f"/kpi/units/{world.web.pk}/"), (lin, f"/kpi/schemes/{made[0].pk}/")]
    before = [asks(client, path) for client, path in paths]
    for scheme in Scheme.objects.all():
        kpi.drop_targets(SYSTEM, scheme, reason="x")
    kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=four)
    kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=four)
    assert [asks(client, path) for client, path in paths] == before
    assert max(before) <= TOP, before

"""The library: written by the people team, read by who may use it, ended unless renewed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from tandem.core.errors import Missing
from tandem.kpi import commands as kpi
from tandem.kpi.models import Indicator
from tandem.kpi.queries import find_indicators, get_indicator, versions_of
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.conftest import send
from tests.pages.conftest import text_of
from tests.proof import refused
from tests.world import World, fresh

Make = Callable[..., Indicator]


def codes(actor: Person, words: str = "", **asked: str) -> list[str]:
    return [one.code for one in find_indicators(actor, words, **asked)]


def test_a_change_of_meaning_is_a_version_and_a_new_supplier_is_none(world: World, indicator: Make) -> None:
    coverage = indicator(name_zh="测试覆盖率", unit="%", formula="covered lines ÷ lines")
    kpi.edit_indicator(world.hana, coverage, version=1, supplier=world.otto)
    changed = kpi.edit_indicator(world.hana, fresh(coverage), formula="covered branches ÷ branches")
    assert (changed.number, changed.version) == (2, 3)
    newest, first = versions_of(world.hana, changed)
    assert newest.changed == ["formula"]
    assert first.words["formula"] == "covered lines ÷ lines"
    with refused(409):
        kpi.edit_indicator(world.hana, changed, version=1, unit="x")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"code": "has space"}, "code"),
        ({"code": "覆盖率"}, "code"),
        ({"code": ""}, "code"),
        ({"name_en": ""}, "name_en"),
        ({"direction": "sideways"}, "direction"),
        ({"precision": 7}, "precision"),
        ({"precision": True}, "precision"),
        ({"cap": "many"}, "cap"),
        ({"cap": 10, "floor": 20}, "cap"),
        ({"tags": [f"t{place}" for place in range(13)]}, "tags"),
        ({"parameters": [1]}, "parameters"),
        ({"sunset_on": date(2026, 10, 13)}, "sunset_on"),
        ({"sunset_on": date(2030, 1, 1)}, "sunset_on"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_no_indicator_is_refused_by_name(
    world: World, indicator: Make, fields: dict[str, Any], named: str
) -> None:
    with refused(422, field=named):
        indicator(**fields)
    assert not Indicator.objects.exists()


def test_a_code_is_given_once_and_small(world: World, indicator: Make) -> None:
    assert indicator("Test-Coverage").code == "test-coverage"
    with refused(422, field="code"):
        indicator("TEST-coverage")


def test_it_ends_unless_it_is_renewed(world: World, indicator: Make) -> None:
    old = indicator("old", sunset_on=date(2026, 12, 1))
    indicator("young")
    assert (old.life, codes(world.ada, life="ending")) == ("ending", ["old"])
    with refused(422, field="until"):
        kpi.renew_indicator(world.hana, old, until=date(2026, 11, 30))
    with time_machine.travel("2026-12-02T09:00+00:00"):
        assert (old.life, old.is_usable, codes(world.ada, life="ended")) == ("ended", False, ["old"])
        assert kpi.renew_indicator(world.hana, old).is_usable
        assert codes(world.ada, life="ended") == []


def test_the_library_is_searched_in_both_languages(world: World, indicator: Make) -> None:
    indicator("coverage", name_zh="测试覆盖率", tags=["质量", "CI"], dimension="process")
    indicator("turnover", name_en="Staff turnover", definition_en="Who left, of all", dimension="learning")
    assert codes(world.ada, "覆盖") == ["coverage"]
    assert codes(world.ada, "LEFT staff") == ["turnover"]
    assert codes(world.ada, tag="质量") == codes(world.ada, tag="ci") == ["coverage"]
    assert codes(world.ada, tag="质") == []
    assert codes(world.ada, dimension="learning") == ["turnover"]
    assert codes(world.ada, "100%") == []


def test_a_definition_is_open_to_those_who_may_use_it(world: World, indicator: Make) -> None:
    indicator("webs", used_by=world.web, supplier=world.nia)
    for reader in (world.ada, world.lin, world.wei, world.grace, world.hana, world.nia):
        assert get_indicator(reader, "webs")
    for stranger in (world.otto, world.chen):
        with pytest.raises(Missing):
            get_indicator(stranger, "webs")
        assert codes(stranger) == []


def test_archived_ones_leave_the_list_and_come_back(world: World, indicator: Make) -> None:
    kept = kpi.archive_indicator(world.hana, indicator())
    assert (codes(world.ada), codes(world.ada, life="archived"), kept.is_usable) == ([], ["coverage"], False)
    kpi.restore_indicator(world.hana, kept)
    assert codes(world.ada) == ["coverage"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_people_team_writes_one_on_its_page(world: World, browse: Callable[..., Client], language: str) -> None:
    hana = browse(world.hana, language=language)
    sent = {
        "code": "coverage", "name_en": "Test coverage", "name_zh": "测试覆盖率", "dimension": "process",
        "direction": "higher", "over_time": "last", "over_children": "mean", "method": "ratio", "precision": "1",
        "parameters": "cap: 120\ntiers: [[90, 100]]", "tags": "CI，质量", "supplier": world.otto.pk, "used_by": "",
    }  # fmt: skip
    wrong = send(hana, "/kpi/indicators/new/", sent | {"parameters": "cap"})
    assert wrong.status_code == 422
    assert "测试覆盖率" in wrong.content.decode()
    assert hana.post("/kpi/indicators/new/", sent).headers["Location"] == "/kpi/indicators/coverage/"
    made = get_indicator(world.hana, "coverage")
    assert (made.tags, made.parameters) == (["ci", "质量"], {"cap": 120, "tiers": [[90, 100]]})
    said = text_of(hana.get("/kpi/indicators/coverage/"))
    assert ("测试覆盖率" if language == "zh-hans" else "Test coverage") in said
    assert "Otto" in said
    edit = sent | {"version": "1", "unit": "%"}
    assert hana.post("/kpi/indicators/coverage/edit/", edit).status_code == 302
    assert send(hana, "/kpi/indicators/coverage/edit/", edit | {"unit": "‰"}).status_code == 409
    assert hana.post("/kpi/indicators/coverage/renew/", {"until": "2027-12-31"}).status_code == 302
    assert hana.post("/kpi/indicators/coverage/archive/").status_code == 302
    assert hana.post("/kpi/indicators/coverage/restore/").status_code == 302
    assert get_indicator(world.hana, "coverage").sunset_on == date(2027, 12, 31)


def test_others_look_and_do_not_write(world: World, browse: Callable[..., Client], indicator: Make) -> None:
    indicator()
    ada = browse(world.ada)
    assert "New indicator" not in text_of(ada.get("/kpi/indicators/"))
    for path in ("new/", "coverage/edit/", "coverage/renew/"):
        assert ada.get(f"/kpi/indicators/{path}").status_code == 403
    assert send(ada, "/kpi/indicators/coverage/archive/").status_code == 403
    assert ada.get("/kpi/indicators/nothing/").status_code == 404


def test_the_api_says_and_writes_the_same(world: World, door: Callable[[Person], Door]) -> None:
    hana, ada = door(world.hana), door(world.ada)
    made = hana.post("/indicators", {"code": "coverage", "name_zh": "测试覆盖率", "supplier": world.otto.pk}, 201)
    assert (made["name_zh"], made["supplier"]["name"], made["life"]) == ("测试覆盖率", "Otto", "running")
    assert hana.post("/indicators", {"code": "coverage", "name_zh": "x"}, 422)["error"]["field"] == "code"
    hana.patch("/indicators/coverage", {"version": 1, "unit": "%"})
    assert hana.patch("/indicators/coverage", {"version": 1, "unit": "x"}, 409)["error"]["current"]["unit"] == "%"
    assert [one["number"] for one in ada.get("/indicators/coverage/versions")["items"]] == [2, 1]
    assert hana.post("/indicators/coverage/renew", {"until": "2028-01-01"})["sunset_on"] == "2028-01-01"
    hana.post("/indicators/coverage/archive")
    assert ada.get("/indicators")["items"] == []
    hana.post("/indicators/coverage/restore")
    assert [one["code"] for one in ada.get("/indicators?search=覆盖")["items"]] == ["coverage"]
    ada.patch("/indicators/coverage", {"unit": "x"}, 403)


def test_pages_cost_the_same_however_many_there_are(
    world: World, browse: Callable[..., Client], asks: Callable[[Client, str], int], indicator: Make
) -> None:
    ada = browse(world.ada)
    indicator(supplier=world.otto, used_by=world.acme, tags=["a"])
    before = asks(ada, "/kpi/indicators/"), asks(ada, "/kpi/indicators/coverage/")
    for place in range(8):
        indicator(f"more-{place}", supplier=world.ben, tags=["b"])
        kpi.edit_indicator(world.hana, get_indicator(world.hana, "coverage"), unit=str(place))
    assert (asks(ada, "/kpi/indicators/"), asks(ada, "/kpi/indicators/coverage/")) == before
    assert max(before) <= 8

"""Changing the tree: before it is done, the page says whom and what it touches."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people import tokens
from tandem.people.actors import SYSTEM
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]


def page(name: str, row: object) -> str:
    return reverse(name, args=[row.pk])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leaver_s_page_says_who_would_be_missing_from_what(world: World, browse: Browse, language: str) -> None:
    objective = world.objective(world.lin)
    okr.add_action(world.lin, objective, title="Guide", owner=world.lin)
    okr.add_co_owner(world.ada, world.objective(), person=world.lin)
    people.edit_person(SYSTEM, world.ben, manager=world.lin)
    text = text_of(browse(world.hana, language=language).get(page("person_leave", world.lin)))
    expected = (
        "Web loses its lead", "1 person loses the manager.", "1 open objective has no writer any more.",
        "1 objective loses a co-owner.", "1 key action is open.",
    )  # fmt: skip
    assert all((words in text) is (language == "en") for words in expected), text


def test_a_move_says_what_counts_elsewhere(world: World, browse: Browse) -> None:
    world.objective()
    hana = browse(world.hana)
    text = text_of(hana.get(page("person_move", world.ada)))
    assert "1 open objective counts in the new unit from now on." in text
    assert "Manager until now: 林小雨" in text
    text = text_of(hana.get(page("unit_move", world.web)))
    assert "4 people belong to it." in text or "3 people belong to it." in text
    assert "1 objective of this cycle counts in another branch" in text


def test_archiving_shows_what_it_touches_first(world: World, browse: Browse) -> None:
    world.objective(world.office)
    hana = browse(world.hana)
    text = text_of(hana.get(page("unit_archive", world.office)))
    for words in ("1 person belongs to it.", "1 open objective is its own.", "Hana leads it until now."):
        assert words in text
    assert fresh(world.office).archived_on is None
    hana.post(page("unit_archive", world.office))
    assert fresh(world.office).archived_on is not None


@pytest.mark.parametrize("goals", [True, False])
def test_a_unit_is_merged_with_or_without_its_goals(world: World, browse: Browse, goals: bool) -> None:
    webs = world.objective(world.web)
    answer = browse(world.hana).post(
        page("unit_merge", world.web), {"into": world.data.pk, **({"goals": "on"} if goals else {})}
    )
    assert answer.status_code == 302
    assert fresh(world.ada).unit == world.data
    assert fresh(webs).goal_set.owner_unit == (world.data if goals else world.web)


def test_the_same_through_the_api(world: World) -> None:
    hana = Door(world.hana)
    assert hana.post(f"/units/{world.data.pk}/reorder", {"step": -1})["position"] == 0
    assert hana.post(f"/units/{world.web.pk}/merge", {"into": 999999}, 422)["error"]["field"] == "into"
    assert hana.post(f"/units/{world.web.pk}/merge", {"into": world.data.pk})["archived_on"]
    Door(world.ada).post(f"/units/{world.cloud.pk}/merge", {"into": world.office.pk}, 403)
    assert hana.post(f"/units/{world.web.pk}/merge/undo")["archived_on"] is None
    hana.post(f"/units/{world.web.pk}/merge/undo", status=422)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_change_touches_is_told_at_both_doors(world: World, browse: Browse, language: str) -> None:
    """Whoever no longer stands above, whoever does from now on, and whose goals are read no longer."""
    hana = browse(world.hana, language=language)
    address = reverse("unit_touched", args=[world.web.pk, "move"])
    shown = text_of(hana.get(address, {"parent": world.office.pk}))
    door = Door(world.hana, headers={"accept-language": language})
    told = door.get(f"/units/{world.web.pk}/touched?change=move&to={world.office.pk}")["items"]
    assert all(one in shown for one in told)
    if language == "en":
        assert "No longer above, and no longer reading what is confidential below: 王伟." in told
        assert "Above from now on, and reading what is confidential below: Hana." in told
        assert "Internal goals that are read from here no longer: those of 云业务 Cloud." in told
    moved = door.get(f"/people/{world.ada.pk}/touched?change=move&to={world.data.pk}")["items"]
    assert text_of(hana.get(reverse("person_touched", args=[world.ada.pk]), {"unit": world.data.pk})).strip()
    assert any("林小雨" in one for one in moved)
    assert door.get(f"/units/{world.data.pk}/touched?change=archive")["items"]
    assert door.get(f"/units/{world.web.pk}/touched?change=merge&to=999999", 422)["error"]["field"] == "to"
    Door(world.ada).get(f"/units/{world.web.pk}/touched?change=move", 403)
    Door(world.ada).get(f"/people/{world.ben.pk}/touched?change=leave", 403)


def test_a_leaver_s_places_roles_and_programs_are_named(world: World) -> None:
    tokens.make_token(SYSTEM, world.chen, name="Script")
    people.join_unit(SYSTEM, world.chen, unit=world.web)
    told = Door(world.hana).get(f"/people/{world.chen.pk}/touched?change=leave")["items"]
    assert "One member less in 云业务 Cloud and Web." in told
    assert "Roles that somebody else must have: OKR champion." in told
    assert "1 token stops working." in told


def test_moves_and_mergers_are_taken_back(world: World, browse: Browse) -> None:
    hana = browse(world.hana)
    dragged = f"{page('unit_move', world.web)}?parent={world.office.pk}"
    assert f'value="{world.office.pk}" checked' in hana.get(dragged).content.decode()
    assert hana.post(dragged, {"parent": world.office.pk}).url == reverse("organization")
    assert fresh(world.web).parent == world.office
    hana.post(reverse("unit_move_back", args=[world.web.pk, world.cloud.pk]))
    assert fresh(world.web).parent == world.cloud
    hana.post(page("person_move", world.ada), {"unit": world.data.pk})
    hana.post(reverse("person_move_back", args=[world.ada.pk, world.web.pk]))
    assert fresh(world.ada).unit == world.web
    webs = world.objective(world.web)
    secret = okr.set_visibility(world.lin, world.objective(world.web, title="Quiet"), visibility="people")
    hana.post(page("unit_merge", world.web), {"into": world.data.pk, "goals": "on"})
    assert {fresh(one).goal_set.owner_unit for one in (webs, secret)} == {world.data}
    hana.post(page("unit_merge_undo", world.web))
    assert {fresh(one).goal_set.owner_unit for one in (webs, secret)} == {world.web}
    assert fresh(world.web).archived_on is None
    assert fresh(world.ada).unit == world.web


def test_taking_a_merger_back_leaves_older_hand_overs(
    world: World, browse: Browse, clock: time_machine.Traveller
) -> None:
    hana = browse(world.hana)
    given = world.objective(world.web, title="Given away long ago")
    okr.hand_over(SYSTEM, world.web, to=world.data, objectives=[given.pk])
    clock.shift(3600)
    hana.post(page("unit_merge", world.web), {"into": world.data.pk})
    hana.post(page("unit_merge_undo", world.web))
    assert fresh(world.web).archived_on is None
    assert fresh(given).goal_set.owner_unit == world.data


def test_only_keepers_see_where_to_drag(world: World, browse: Browse) -> None:
    page_ = reverse("organization")
    assert "data-drag=" in browse(world.hana).get(page_).content.decode()
    assert "data-drag=" not in browse(world.ada).get(page_).content.decode()
    assert "data-drag=" in browse(world.hana).get(page("organization_branch", world.cloud)).content.decode()

"""The page on which a leaver's goals find a new owner."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tandem.okr.models import HandOver, Objective
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)


@pytest.fixture
def objective(world: World) -> Objective:
    objective = world.objective()
    okr.add_action(world.ada, objective, title="Guide page", owner=world.ada)
    return objective


def page_of(person: object) -> str:
    return reverse("hand_over_person", args=[person.pk])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leaver_is_handed_over_and_back(world: World, browse: Browse, objective: Objective, language: str) -> None:
    client = browse(world.hana, language=language)
    answer = client.post(reverse("person_leave", args=[world.ada.pk]), {"on": "2026-10-14"})
    assert answer.url == page_of(world.ada), "what still waits is shown at once"
    text = text_of(client.get(answer.url))
    assert objective.title in text
    assert "Guide page" in text
    action = objective.actions.get()
    chosen = {"objectives": objective.pk, "actions": action.pk, "to": world.ben.pk}
    after = text_of(client.post(answer.url, chosen, follow=True))
    assert ("Nothing open is left with Ada Byron." in after) is (language == "en")
    assert fresh(objective).goal_set.owner_person == world.ben
    client.post(reverse("hand_over_undo", args=[HandOver.objects.get().pk]))
    assert fresh(objective).goal_set.owner_person == world.ada


@refuses
def test_what_was_chosen_stays_when_it_is_refused(world: World, browse: Browse, objective: Objective) -> None:
    client = browse(world.ada)
    answer = client.post(page_of(world.ada), {"objectives": objective.pk, "to": ""})
    assert answer.status_code == 422
    assert f'value="{objective.pk}" checked' in answer.content.decode()
    answer = client.post(page_of(world.ada), {"objectives": "999999", "to": world.ben.pk})
    assert answer.status_code == 422
    assert "Not all of these" in text_of(answer)
    for raw in ("x", "-1", "9" * 30):
        assert client.post(page_of(world.ada), {"objectives": raw, "to": raw}).status_code == 422


def test_a_leavers_goals_are_dropped_with_a_reason(world: World, browse: Browse, objective: Objective) -> None:
    people.leave_company(SYSTEM, world.ada)
    client = browse(world.lin)
    assert "Goals or actions still wait" in text_of(client.get(reverse("person", args=[world.ada.pk])))
    client.post(page_of(world.ada), {"objectives": objective.pk, "drop": "1", "reason": "Nobody has the time"})
    assert fresh(objective).dropped_reason == "Nobody has the time"


def test_only_who_may_opens_it(world: World, browse: Browse, objective: Objective) -> None:
    assert browse(world.hana).get(page_of(world.ada)).status_code == 403, "Ada is still here"
    assert browse(world.ada).get(page_of(world.ada)).status_code == 200
    assert browse(world.omar).get(page_of(world.leo)).status_code == 200
    assert browse(world.ben).get(page_of(world.leo)).status_code == 403


def test_it_asks_as_often_for_many(
    world: World, browse: Browse, objective: Objective, asks: Callable[[Client, str], int]
) -> None:
    client = browse(world.ada)
    few = asks(client, page_of(world.ada))
    for number in range(5):
        world.objective(title=f"More {number}")
    assert asks(client, page_of(world.ada)) == few <= TOP


def test_an_archived_units_goals_find_a_unit(world: World, browse: Browse) -> None:
    webs = world.objective(world.web)
    people.archive_unit(SYSTEM, world.web)
    page = reverse("hand_over_unit", args=[world.web.pk])
    browse(world.hana).post(page, {"objectives": webs.pk, "to": world.cloud.pk})
    assert fresh(webs).goal_set.owner_unit == world.cloud


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_and_unread_goals_stand_in_the_same_form(world: World, browse: Browse, language: str) -> None:
    secret = world.objective(world.lin, title="Only mine")
    okr.set_visibility(world.lin, secret, visibility="people")
    people.leave_company(SYSTEM, world.lin)
    client = browse(world.hana, language=language)
    text = text_of(client.get(page_of(world.lin)))
    assert "Web" in text
    assert ("1 more goes along unseen" if language == "en" else "另有 1 项") in text
    assert "Only mine" not in text
    client.post(page_of(world.lin), {"hidden": "1", "led": world.web.pk, "to": world.ada.pk})
    assert fresh(world.web).lead == world.ada
    assert fresh(secret).goal_set.owner_person == world.ada
    client.post(reverse("hand_over_undo", args=[HandOver.objects.get().pk]))
    assert (fresh(world.web).lead, fresh(secret).goal_set.owner_person) == (world.lin, world.lin)


def test_a_manager_sees_led_units_and_names_no_lead(world: World, browse: Browse) -> None:
    people.leave_company(SYSTEM, world.lin)
    html = browse(world.wei).get(page_of(world.lin)).content.decode()
    assert "Web" in html
    assert 'name="led"' not in html

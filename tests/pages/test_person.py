"""A person's page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World

Browse = Callable[..., Client]


def page(person: object) -> str:
    return reverse("person", args=[person.pk])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_goals_places_and_what_happened(world: World, browse: Browse, language: str) -> None:
    objective = world.objective(world.ada)
    key_result = world.key_result(objective, title="First-week activation", unit="%")
    okr.check_in(world.ada, key_result, value=40, confidence=7)
    answer = browse(world.ben, language=language).get(page(world.ada))
    text = text_of(answer)
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    for words in ("Ada Byron", "Web", "林小雨", "New customers love the first week", "First-week activation", "40%"):
        assert words in text
    assert reverse("goals_person", args=[world.ada.pk, world.quarter.pk]) in answer.content.decode()


def test_titles_are_words_not_markup(world: World, browse: Browse) -> None:
    world.objective(world.ada, title="<script>alert(1)</script> & friends")
    html = browse(world.ben).get(page(world.ada)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; friends" in html


def test_another_cycle_is_a_choice_away(world: World, browse: Browse) -> None:
    from datetime import date

    old = cycles.create_cycle(SYSTEM, None, name="2026 Q3", start=date(2026, 7, 1), end=date(2026, 9, 30))
    world.objective(world.ada, cycle=old, title="Last quarter's goal")
    client = browse(world.ada)
    now = text_of(client.get(page(world.ada)))
    assert "You have no goals in 2026 Q4 yet" in now
    assert "Cycles so far" in now
    then = text_of(client.get(f"{page(world.ada)}?cycle={old.pk}"))
    assert "Last quarter's goal" in then


@pytest.mark.parametrize("asked", ["999999", "x", "-1", "9" * 30, "１"])
def test_a_cycle_that_is_not_there_is_missing(world: World, browse: Browse, asked: str) -> None:
    assert browse(world.ada).get(page(world.ada), {"cycle": asked}).status_code == 404


def test_nobody_by_that_number(world: World, browse: Browse) -> None:
    assert browse(world.ada).get(reverse("person", args=[999999])).status_code == 404


def test_leavers_stay_readable_and_are_marked(world: World, browse: Browse) -> None:
    text = text_of(browse(world.ada).get(page(world.leo)))
    assert "Left on" in text
    assert "Last unit" in text


def test_calm_without_unit_manager_and_goals(world: World, browse: Browse) -> None:
    text = text_of(browse(world.ada).get(page(world.nia)))
    assert "None yet" in text
    assert "Nobody named" in text
    assert "Nia has no goals in 2026 Q4." in text


def test_former_units_are_named_with_their_last_day(world: World, browse: Browse) -> None:
    people.join_unit(SYSTEM, world.ada, unit=world.data)
    people.leave_unit(SYSTEM, world.ada, unit=world.data)
    assert "数据 Data until" in text_of(browse(world.ben).get(page(world.ada)))


def test_who_leads_and_whom(world: World, browse: Browse) -> None:
    people.edit_person(SYSTEM, world.ben, manager=world.ada)
    assert "Ben" in text_of(browse(world.otto).get(page(world.ada)))
    assert "Lead of Web" in text_of(browse(world.otto).get(page(world.lin)))


def test_the_number_of_queries_stands_still(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    client = browse(world.omar)
    world.key_result(world.objective(world.ada))
    few = asks(client, page(world.ada))
    for number in range(4):
        objective = world.objective(world.ada, title=f"Goal {number}")
        for other in range(3):
            world.key_result(objective, title=f"Result {other}")
        people.edit_person(SYSTEM, people.add_person(SYSTEM, world.web, name=f"P{number}"), manager=world.ada)
    assert asks(client, page(world.ada)) == few <= TOP

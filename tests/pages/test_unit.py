"""A unit's page."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tandem.cycles import commands as cycles
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]


def page(unit: object) -> str:
    return reverse("unit", args=[unit.pk])  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_objectives_members_and_units_below(world: World, browse: Browse, language: str) -> None:
    key_result = world.key_result(world.objective(world.cloud, title="Cloud pays for itself"), unit="%")
    okr.check_in(world.wei, key_result, value=50, confidence=8)
    world.key_result(world.objective(world.ada))
    answer = browse(world.ada, language=language).get(page(world.cloud))
    text = text_of(answer)
    assert answer.status_code == 200
    for words in ("云业务 Cloud", "Cloud pays for itself", "王伟", "陈晨", "Web", "数据 Data", "50%"):
        assert words in text


def test_members_stand_where_they_stand(world: World, browse: Browse, clock: time_machine.Traveller) -> None:
    okr.check_in(world.ada, world.key_result(world.objective(world.ada)), value=10)
    world.objective(world.ben, published=False)
    text = text_of(browse(world.ada).get(page(world.web)))
    assert "Ada Byron Updated" in text
    assert "Ben Draft" in text
    assert "林小雨 Nothing yet" in text
    clock.shift(14 * 86400)
    text = text_of(browse(world.ada).get(page(world.web)))
    assert "Ada Byron Stale" in text
    assert "Waiting for an update" in text
    assert "First-week activation" in text


def test_a_closed_cycle_waits_for_nothing(world: World, browse: Browse, clock: time_machine.Traveller) -> None:
    world.key_result(world.objective(world.ada))
    cycles.enter_phase(SYSTEM, fresh(world.quarter), phase="closed")
    clock.shift(14 * 86400)
    assert "Waiting for an update" not in text_of(browse(world.ada).get(page(world.web)))


def test_the_acting_lead_is_named_and_may_write(world: World, browse: Browse) -> None:
    edit = reverse("goals_unit", args=[world.data.pk, world.quarter.pk])
    answer = browse(world.wei).get(page(world.data))
    assert "No lead; standing in: 王 伟" in text_of(answer).replace("王伟", "王 伟")
    assert f'href="{edit}"' in answer.content.decode()
    assert "Edit goals" in text_of(answer)
    assert "Edit goals" not in text_of(browse(world.otto).get(page(world.data)))


def test_without_any_lead(world: World, browse: Browse) -> None:
    alone = people.create_unit(SYSTEM, None, name="Alone")
    assert "No lead named" in text_of(browse(world.ada).get(page(alone)))
    assert "Edit goals" in text_of(browse(world.chen).get(page(alone)))


def test_archived_units_stay_readable_and_are_marked(world: World, browse: Browse) -> None:
    people.archive_unit(SYSTEM, world.data)
    text = text_of(browse(world.wei).get(page(world.data)))
    assert "Archived on" in text
    assert "Edit goals" not in text


def test_without_a_cycle(db: None, signed_in: tuple[Client, object]) -> None:
    client, _ada = signed_in
    unit = people.create_unit(SYSTEM, None, name="Begin")
    assert "No cycle has been opened yet" in text_of(client.get(page(unit)))


def test_no_such_unit(world: World, browse: Browse) -> None:
    assert browse(world.ada).get(reverse("unit", args=[999999])).status_code == 404


@pytest.mark.parametrize("asked", ["2", "0", "x", "99999999", "-3"])
def test_pages_of_members_beyond_the_end_are_empty_not_broken(world: World, browse: Browse, asked: str) -> None:
    assert browse(world.ada).get(page(world.web), {"members": asked}).status_code == 200


def test_members_are_paged(world: World, browse: Browse) -> None:
    for number in range(30):
        people.add_person(SYSTEM, world.data, name=f"Member {number:02}")
    client = browse(world.ada)
    first = text_of(client.get(page(world.data)))
    second = text_of(client.get(page(world.data), {"members": "2"}))
    assert "1–25 / 31" in first
    assert "Member 29" not in first
    assert "Member 29" in second
    assert "26–31 / 31" in second


def test_the_number_of_queries_stands_still(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    client = browse(world.omar)
    world.key_result(world.objective(world.cloud))
    few = asks(client, page(world.cloud))
    for number in range(12):
        member = people.add_person(SYSTEM, world.cloud, name=f"P{number}")
        okr.create_objective(SYSTEM, member, cycle=world.quarter, title="One more")
        people.create_unit(SYSTEM, world.cloud, name=f"U{number}", lead=member)
        world.key_result(world.objective(world.cloud, title=f"O{number}"))
    assert asks(client, page(world.cloud)) == few <= TOP


def test_who_leaves_is_gone_the_day_after(world: World, browse: Browse, clock: time_machine.Traveller) -> None:
    from datetime import date

    people.leave_company(SYSTEM, world.ben, on=date(2026, 10, 16))
    client = browse(world.ada)
    assert "Ben" in text_of(client.get(page(world.web)))
    clock.shift(2 * 86400)
    assert "Ben" not in text_of(client.get(page(world.web)))


def test_the_way_to_the_map_at_this_unit(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    place = f"{reverse('map')}?cycle={world.quarter.pk}&amp;unit={world.cloud.pk}"
    assert f'href="{place}"' in client.get(page(world.cloud)).content.decode()
    assert "云业务 Cloud" in text_of(client.get(place.replace("&amp;", "&")))
    people.archive_unit(SYSTEM, world.data)
    assert reverse("map") + "?" not in client.get(page(world.data)).content.decode()

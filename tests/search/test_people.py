"""Finding a person: by name, pinyin, initials, e-mail; with a slip; and nobody for nothing."""

import pytest

from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.queries import find_people
from tests.world import World

pytestmark = pytest.mark.django_db


def names(world: World, text: str) -> list[str]:
    return [one.name for one in find_people(world.ada, text)]


FIRST = [
    ("王伟", "王伟"),
    ("王", "王伟"),
    ("伟", "王伟"),
    ("wangwei", "王伟"),
    ("WangWei", "王伟"),
    ("wang wei", "王伟"),
    ("wangw", "王伟"),
    ("ww", "王伟"),
    ("wwei", "王伟"),
    ("小雨", "林小雨"),
    ("linxiaoyu", "林小雨"),
    ("linxy", "林小雨"),
    ("lxy", "林小雨"),
    ("xiaoyu", "林小雨"),
    ("lxiaoyu", "林小雨"),
    ("Ada", "Ada Byron"),
    ("byr", "Ada Byron"),
    ("bryon", "Ada Byron"),
    ("Hoper", "Grace Hopper"),
    ("grace@", "Grace Hopper"),
    ("wei@exam", "王伟"),
    ("ａｄａ", "Ada Byron"),
    ("Zoe", "Zoë Ångström"),
    ("angstrom", "Zoë Ångström"),
    ("shanxiong", "单雄"),
    ("dx", "单雄"),
    ("lvbu", "吕布"),
    ("lubu", "吕布"),
]


def test_who_is_found_first(world: World) -> None:
    for name in ("Zoë Ångström", "单雄", "吕布"):
        people.add_person(SYSTEM, world.data, name=name)
    assert {text: names(world, text)[:1] for text, _first in FIRST} == {text: [first] for text, first in FIRST}


NOTHING = ["", " ", "\x00", "'", '"', "*", "NEAR(", "🎉", "%", "_", "zzzzzz", "OR", "@", "§u1", "\u202e", "x" * 5000]


def test_nobody_is_found_by_nothing(world: World) -> None:
    assert {text: names(world, text) for text in NOTHING} == {text: [] for text in NOTHING}


def test_own_unit_comes_first(world: World) -> None:
    people.add_person(SYSTEM, world.office, name="Ben Zed")
    own = people.add_person(SYSTEM, world.web, name="Ben Yolk")
    assert names(world, "ben")[:2] == ["Ben", own.name]


def test_who_left_is_not_offered(world: World) -> None:
    assert names(world, "leo") == []


def test_a_new_name_is_found_and_the_old_one_is_not(world: World) -> None:
    people.edit_person(SYSTEM, world.ada, name="艾达")
    assert names(world, "aida") == ["艾达"]
    assert names(world, "byron") == []

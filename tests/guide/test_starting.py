"""Drafts made of examples: by page and API alike, with an undo."""

import html
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tandem.cycles import commands as cycles
from tandem.guide import commands
from tandem.guide.examples import examples, teams
from tandem.guide.queries import get_example, get_team
from tandem.kpi import commands as kpi
from tandem.kpi.models import Target
from tandem.okr.models import KeyResult, Objective
from tandem.people.actors import SYSTEM
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, text_of
from tests.proof import assert_numbers_true, refused
from tests.world import World, fresh

Browse = Callable[..., Client]
TEAM = teams()["development"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_makes_a_sound_draft(world: World, language: str) -> None:
    for example in (*examples().values(), *TEAM.objectives):
        made = commands.start_from_example(
            world.ada, world.ada, cycle=world.quarter, example=example, language=language
        )
        words = example.words(language)
        assert (made.title, made.state, made.ambition) == (words.title, "draft", example.ambition)
        results = list(KeyResult.objects.filter(objective=made).order_by("position"))
        assert [result.title for result in results] == [result.title for result in words.key_results]
        assert [result.kind for result in results] == [result.measure["kind"] for result in words.key_results]
    assert_numbers_true()


def test_the_same_form_sent_twice_makes_one(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    to = reverse("example_start_person", args=["product.first-week", world.ada.pk, world.quarter.pk])
    first = client.post(to, {"key": "abcdefghij"})
    second = client.post(to, {"key": "abcdefghij"})
    assert first.url == second.url  # type: ignore[attr-defined]
    assert Objective.objects.count() == 1
    world.objective(world.ben, key="bbbbbbbbbb")
    client.post(to, {"key": "bbbbbbbbbb"})
    assert Objective.objects.filter(goal_set__owner_person=world.ada).count() == 2, "somebody else's key is no key"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "New customers find their own way"), ("zh-hans", "新客户第一周就能自己用起来")]
)
def test_from_the_page_to_the_draft_and_back(world: World, browse: Browse, language: str, word: str) -> None:
    client = browse(world.ada, language=language)
    page = client.get(reverse("examples"), {"q": "首周激活率"})
    assert word in text_of(page)
    to = reverse("example_start_person", args=["product.first-week", world.ada.pk, world.quarter.pk])
    assert to in page.content.decode()
    page = client.post(to, follow=True)
    assert word in page.content.decode()
    made = Objective.objects.get()
    undo = reverse("drafts_back_person", args=[world.ada.pk, world.quarter.pk]) + f"?objectives={made.pk}"
    assert f'data-toast-undo="{undo}"' in page.content.decode()
    client.post(undo)
    assert fresh(made).archived_on is not None


def test_the_undo_takes_drafts_of_that_set_only(world: World) -> None:
    mine, published = world.objective(published=False), world.objective()
    bens = world.objective(world.ben, published=False)
    keys = [mine.pk, published.pk, bens.pk]
    assert commands.take_back_drafts(world.ada, mine.goal_set, objectives=keys) == 1
    assert [fresh(one).archived_on is None for one in (mine, published, bens)] == [False, True, True]


def test_a_team_in_one_go_for_a_unit(world: World, browse: Browse) -> None:
    client = browse(world.lin)
    page = client.get(reverse("team_template", args=["development"]), {"unit": world.web.pk})
    assert "Release on time" in text_of(page)
    assert "it becomes KPI when the leader issues its indicators" in text_of(page)
    to = reverse("team_start_unit", args=["development", world.web.pk, world.quarter.pk])
    assert to in page.content.decode()
    chosen = [TEAM.objectives[0].id, TEAM.objectives[3].id]
    client.post(to, {"objectives": chosen, "key": "abcdefghij"})
    client.post(to, {"objectives": chosen, "key": "abcdefghij"})
    made = Objective.objects.filter(goal_set__owner_unit=world.web, state="draft").order_by("position")
    assert [one.title for one in made] == [TEAM.objectives[0].en.title, TEAM.objectives[3].en.title]


def test_the_indicators_of_a_team_become_targets(world: World, browse: Browse) -> None:
    """The people team puts them into the library once, the leader finds them in the form with targets and weights."""
    at = reverse("team_template", args=["development"])
    leads = browse(world.lin)
    assert "Issue them to the team" not in text_of(leads.get(at, {"unit": world.web.pk}))
    keeps = browse(world.hana)
    assert "Put these indicators into the library" in text_of(keeps.get(at))
    kept = kpi.add_indicator(SYSTEM, None, code="test-coverage", name_en="Our own coverage")
    assert "5 indicators stand in the library now." in text_of(keeps.post(f"{at}indicators/", follow=True))
    assert fresh(kept).name_en == "Our own coverage"
    assert Door(world.hana).post("/team-templates/development/indicators", status=201) == {"indicators": []}
    assert "They stand in the library." in text_of(keeps.get(at))

    page = leads.get(at, {"unit": world.web.pk}).content.decode()
    form = html.unescape(next(one for one in page.split('"') if "/issue/team/" in one))
    given = QueryDict(form.partition("?")[2])
    assert sum(map(int, given.getlist("weight"))) == 100
    shown = leads.get(form).content.decode()
    assert all(f'value="{one.code}" selected' in shown for one in TEAM.indicators)
    done = leads.post(
        form, {**{name: given.getlist(name) for name in ("indicator", "target", "weight")}, "do": "issue"}
    )
    assert done.status_code == 302
    assert Target.objects.filter(scheme__carrier_person=world.ada).count() == 6


def test_refusals(world: World) -> None:
    example, team = get_example(SYSTEM, "product.first-week"), get_team(SYSTEM, "development")
    with refused(403):
        commands.start_from_example(world.ben, world.ada, cycle=world.quarter, example=example, language="en")
    with refused(422):
        commands.start_from_team(
            world.ada, world.ada, cycle=world.quarter, team=team, language="en", objectives=["nothing"]
        )
    with refused(422):
        commands.start_from_team(world.ada, world.ada, cycle=world.quarter, team=team, language="en", objectives=[])
    cycles.enter_phase(SYSTEM, fresh(world.quarter), phase="closed")
    with refused(422):
        commands.start_from_example(world.ada, world.ada, cycle=fresh(world.quarter), example=example, language="en")
    assert not Objective.objects.exists()


def test_the_api_looks_through_and_starts(world: World) -> None:
    ada = Door(world.ada)
    found = ada.get("/examples?search=audit&function=finance")
    assert [one["id"] for one in found["items"]] == ["finance.clean-audit"]
    assert found["items"][0]["zh"]["title"] == examples()["finance.clean-audit"].zh.title
    page = ada.get("/examples?limit=50")
    assert (len(page["items"]), page["next"]) == (50, 50)
    assert ada.get("/examples?start=50")["next"] is None
    assert ada.get("/examples?function=none", status=422)["error"]["field"] == "function"
    assert ada.get("/examples/product.first-week")["en"]["key_results"][0]["target"] == 45
    ada.get("/examples/none", status=404)
    made = ada.post(
        "/examples/product.first-week/start", {"cycle": world.quarter.pk, "language": "zh-hans"}, status=201
    )
    assert (made["state"], made["title"]) == ("draft", examples()["product.first-week"].zh.title)
    assert len(made["key_results"]) == 3
    body = {"cycle": world.quarter.pk, "unit": world.web.pk}
    ada.post("/team-templates/development/start", body, status=403)
    lin = Door(world.lin)
    assert len(lin.post("/team-templates/development/start", body, status=201)["objectives"]) == 6
    assert len(ada.get("/team-templates/development")["zh"]["indicators"]) == 6
    for wrong in ({"language": "fr"}, {"cycle": 99999}, {"objectives": ["x"]}):
        answer = lin.post("/team-templates/development/start", {**body, **wrong}, status=422)
        assert answer["error"]["field"] in wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editor_offers_both(world: World, browse: Browse, language: str) -> None:
    client = browse(world.ada, language=language)
    page = client.get(reverse("goals_person", args=[world.ada.pk, world.quarter.pk])).content.decode()
    assert reverse("examples") + f"?cycle={world.quarter.pk}" in page
    assert reverse("kpi_or_okr") + f"?cycle={world.quarter.pk}" in page
    others = browse(world.ben).get(reverse("goals_person", args=[world.ada.pk, world.quarter.pk])).content.decode()
    assert reverse("examples") not in others
    panel = client.get(
        reverse("examples_panel"), {"q": "audit", "cycle": world.quarter.pk}, headers={"HX-Request": "true"}
    )
    assert (
        reverse("example_start_person", args=["finance.clean-audit", world.ada.pk, world.quarter.pk])
        in panel.content.decode()
    )


def test_pages_cost_little_and_bear_bad_addresses(world: World, browse: Browse, asks: Callable[..., int]) -> None:
    client = browse(world.lin)
    assert asks(client, reverse("examples")) <= 5
    assert asks(client, reverse("team_template", args=["development"])) <= 5
    for query in (
        {"page": "999"},
        {"page": "x"},
        {"function": "nothing"},
        {"q": "\x00" * 300},
        {"unit": str(world.acme.pk)},
    ):
        assert client.get(reverse("examples"), query).status_code == 200
    assert client.get(reverse("examples"), {"cycle": "0"}).status_code == 404
    assert client.get(reverse("examples"), {"unit": "99999"}).status_code == 404
    assert client.get(reverse("team_template", args=["none"])).status_code == 404

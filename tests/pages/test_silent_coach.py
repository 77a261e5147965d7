"""The coach may be silent: for the whole company, or for who writes about what they write themself."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.okr.queries import coaching_of_person
from tandem.people import commands as people
from tandem.people.queries import organization
from tests.pages.conftest import LANGUAGES, text_of
from tests.pages.test_coaching import ask
from tests.world import World, fresh

Browse = Callable[..., Client]
pytestmark = pytest.mark.django_db
VAGUE = "Improve communication"


def asked_about(world: World, client: Client) -> dict[str, bool]:
    """Where the coach says something about Ada's goals, or Web's, to whoever asks."""
    ada, quarter, web = world.ada.pk, world.quarter.pk, world.web.pk
    api = "/api/v1"
    objective = world.ada_objective  # type: ignore[attr-defined]
    editor = client.get(reverse("goals_person", args=[ada, quarter])).content.decode()
    return {
        "page": "coach-finding" in client.get(reverse("goals_person_coach", args=[ada, quarter])).content.decode(),
        "editor": "goals-coach" in editor,
        "person": bool(client.get(f"{api}/people/{ada}/goals/coach?cycle={quarter}").json()["items"]),
        "objective": bool(client.get(f"{api}/objectives/{objective}/coach").json()["items"]),
        "unit": bool(client.get(f"{api}/units/{web}/coach?cycle={quarter}").json()["items"]),
    }


@pytest.fixture
def drafts(world: World) -> World:
    objective = world.objective(title=VAGUE)
    world.ada_objective = objective.pk  # type: ignore[attr-defined]
    return world


def test_it_asks_until_somebody_says_otherwise(drafts: World, browse: Browse) -> None:
    assert set(asked_about(drafts, browse(drafts.ada)).values()) == {True}
    assert "How will two people" in ask(browse(drafts.ada), VAGUE)


def test_one_silences_it_about_what_one_writes(drafts: World, browse: Browse) -> None:
    ada = browse(drafts.ada)
    ada.post(reverse("me"), {"language": "", "timezone": "", "theme": ""})  # the box is not ticked
    assert fresh(drafts.ada).coach_asks is False
    own = asked_about(drafts, ada)
    assert own == {"page": False, "editor": False, "person": False, "objective": False, "unit": True}
    assert ask(ada, VAGUE) == ""
    others = asked_about(drafts, browse(drafts.lin))
    assert others.pop("editor") is False  # she does not write Ada's goals
    assert set(others.values()) == {True}
    assert ask(browse(drafts.ben), VAGUE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_why_it_is_silent_and_where_to_change_that(drafts: World, browse: Browse, language: str) -> None:
    people.edit_profile(drafts.ada, drafts.ada, coach_asks=False)
    page = browse(drafts.ada, language=language).get(
        reverse("goals_person_coach", args=[drafts.ada.pk, drafts.quarter.pk])
    )
    assert {"en": "You asked the coach to be silent", "zh-hans": "你让教练对自己写的内容保持安静"}[language] in text_of(
        page
    )
    assert f'href="{reverse("me")}"' in page.content.decode()


def test_the_company_silences_it_for_all(drafts: World, browse: Browse) -> None:
    omar = browse(drafts.omar)
    answer = omar.patch("/api/v1/organization", {"coach_asks": False}, content_type="application/json")
    assert answer.json()["coach_asks"] is False
    for who in (drafts.ada, drafts.lin):
        assert set(asked_about(drafts, browse(who)).values()) == {False}
        assert ask(browse(who), VAGUE) == ""
    page = omar.get(reverse("unit_coach", args=[drafts.web.pk]))
    assert "switched off for the whole company" in text_of(page)
    people.edit_organization(drafts.omar, organization(), coach_asks=True)
    assert coaching_of_person(drafts.lin, drafts.ada.pk, drafts.quarter.pk).findings


def test_through_the_api_one_silences_it_for_oneself(drafts: World, browse: Browse) -> None:
    ada = browse(drafts.ada)
    assert ada.get("/api/v1/me").json()["coach_asks"] is True
    done = ada.patch("/api/v1/me", {"coach_asks": False}, content_type="application/json")
    assert done.json()["coach_asks"] is False
    assert fresh(drafts.ada).theme == ""
    wrong = ada.patch("/api/v1/me", {"coach_asks": "loudly"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (422, "coach_asks")


def test_who_may_not_keep_the_company_does_not_silence_it(drafts: World, browse: Browse) -> None:
    answer = browse(drafts.hana).patch("/api/v1/organization", {"coach_asks": False}, content_type="application/json")
    assert answer.status_code == 403
    assert organization().coach_asks

"""The company's own words: typed, looked at, saved, and given back in one click; the same through the API."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tandem.people.queries import forget_organization, organization
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, text_of
from tests.world import World

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)
OURS = {"words.objective.en": "ambition", "words.objective.zh-hans": "愿景", "words.cycle.en": "season"}


def sent(client: Client, **more: str) -> dict[str, str]:
    forget_organization()
    return {"version": str(organization().version), **OURS, **more}


@pytest.mark.parametrize(("language", "said"), [("en", "Seasons"), ("zh-hans", "愿景")])
def test_words_are_looked_at_saved_heard_and_given_back(world: World, browse: Browse, language: str, said: str) -> None:
    client = browse(world.omar, language=language)
    page = reverse("wording")
    assert "Add an objective" in text_of(client.get(page))
    looked = client.post(page, sent(client, look="1"))
    assert looked.status_code == 200
    assert "Add an ambition" in text_of(looked)
    assert "添加愿景" in text_of(looked)
    assert organization().words == {}
    assert "Add an ambition" in text_of(client.post(reverse("wording_preview"), sent(client)))
    answer = client.post(page, sent(client), follow=True)
    assert reverse("wording_reset") in answer.content.decode()
    assert organization().words["cycle"] == {"en": "season", "en_plural": "seasons"}
    assert said in text_of(browse(world.ada, language=language).get(reverse("goals"), follow=True))
    client.post(reverse("wording_reset"))
    forget_organization()
    assert organization().words == {}
    client.post(reverse("wording_undo"))
    forget_organization()
    assert organization().words["objective"]["zh-hans"] == "愿景"


@refuses
def test_what_cannot_be_is_told_beside_it_and_nothing_typed_is_lost(world: World, browse: Browse) -> None:
    client = browse(world.omar)
    wrong = sent(client, **{"words.unit.en": "<i>", "words.unit.zh-hans": "组织"})
    answer = client.post(reverse("wording"), wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "A word has letters" in text
    assert 'value="组织"' in text
    stale = client.post(reverse("wording"), {**sent(client), "version": "0"})
    assert stale.status_code == 409
    assert organization().words == {}


@refuses
@pytest.mark.parametrize("who", ["ada", "hana", "chen"])
def test_words_are_the_administrators(world: World, browse: Browse, who: str) -> None:
    client = browse(getattr(world, who))
    assert client.get(reverse("wording")).status_code == 403
    for name in ("wording", "wording_preview", "wording_reset", "wording_undo"):
        assert client.post(reverse(name), OURS).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_api_does_the_same(world: World, language: str) -> None:
    omar = Door(world.omar)
    words = {"objective": {"en": "ambition", "zh-hans": "愿景"}, "unit": {"en": "department", "zh-hans": "组织"}}
    read = omar.post("/organization/words/preview", {"words": words})["items"]
    assert {"english": "Add an ambition", "chinese": "添加愿景"} in read
    assert omar.get("/organization")["words"] == {}
    assert omar.patch("/organization", {"words": words})["words"]["objective"]["en_plural"] == "ambitions"
    organization()
    lost = Door(world.ada, headers={"accept-language": language}).get("/units/999999", 404)["error"]["message"]
    assert ("department" if language == "en" else "组织") in lost
    refusal = omar.patch("/organization", {"words": {"unit": {"en": "%s"}}}, 422)["error"]
    assert refusal["field"] == "words.unit.en"
    assert omar.patch("/organization", {"words": {}})["words"] == {}

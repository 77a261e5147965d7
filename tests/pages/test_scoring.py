"""Scoring on a page, closing a cycle, its results, and taking goals along."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tandem.activity.models import Notification
from tandem.cycles import commands as cycles
from tandem.cycles.models import Cycle
from tandem.okr import commands as okr
from tandem.okr.models import KeyResult, Objective
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
HTMX = {"hx-request": "true"}
refusing = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction, which must not be the test's own."""


def review(world: World) -> None:
    world.quarter = cycles.enter_phase(world.chen, world.quarter, phase="review")


def at(world: World, name: str = "scores_person") -> str:
    return reverse(name, args=[world.ada.pk, world.quarter.pk])


@refusing
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_to_score_on(world: World, browse: Browse, language: str) -> None:
    objective = world.objective()
    key_result = world.key_result(objective, given=60)
    client = browse(world.ada, language=language)
    assert 'name="tenths"' not in client.get(at(world)).content.decode()
    review(world)
    page = client.get(at(world)).content.decode()
    assert page.count('name="tenths"') == 11
    assert 'class="confidence-key is-proposed"' in page
    refused = client.post(reverse("score", args=[key_result.pk]), {"tenths": "9", "version": "1"}, headers=HTMX)
    assert refused.status_code == 422
    saved = client.post(reverse("score", args=[key_result.pk]), {"tenths": "7", "version": "1"}, headers=HTMX)
    assert (saved.status_code, saved.headers["X-Version"]) == (200, "2")
    assert "0.7" in text_of(saved)
    both = client.post(reverse("score", args=[key_result.pk]), {"tenths": "6", "version": "1"}, headers=HTMX)
    assert both.status_code == 409
    words = client.post(
        reverse("reflection", args=[objective.pk]), {"reflection": "少而精", "version": "2"}, headers=HTMX
    )
    assert words.headers["X-Version"] == "3"
    assert fresh(objective).reflection == "少而精"


@refusing
def test_it_works_without_scripts(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(), given=60)
    review(world)
    answer = browse(world.ada).post(reverse("score", args=[key_result.pk]), {"tenths": "7", "version": "1"})
    assert answer.headers["Location"] == f"{at(world)}#kr-{key_result.pk}"
    answer = browse(world.ada).post(at(world, "scores_person_words"), {"reflection": "x", "version": "1"})
    assert answer.headers["Location"] == f"{at(world)}#reflection"
    both = browse(world.ada).post(at(world, "scores_person_words"), {"reflection": "y", "version": "1"})
    assert both.status_code == 409
    assert "y" in text_of(both)


def test_the_rest_as_the_numbers_say(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(), given=60)
    review(world)
    week = text_of(browse(world.ada).get(reverse("my_week")))
    assert "You have 1 key result to score." in week
    answer = browse(world.ada).post(at(world, "scores_person_rest"), follow=True)
    assert "1 key result is scored." in text_of(answer)
    assert str(fresh(key_result).score) == "0.60"
    assert "key result to score" not in text_of(browse(world.ada).get(reverse("my_week")))


@refusing
def test_others_read_and_cannot_score(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(), given=60)
    review(world)
    lin = browse(world.lin)
    assert 'name="tenths"' not in lin.get(at(world)).content.decode()
    assert lin.post(reverse("score", args=[key_result.pk]), {"tenths": "1"}).status_code == 403
    assert lin.get(at(world, "along_person")).status_code == 403
    assert lin.get(reverse("cycle_closing", args=[world.quarter.pk])).status_code == 403
    assert lin.get(reverse("cycle_reopen", args=[world.quarter.pk])).status_code == 403


@refusing
def test_a_champion_sees_who_is_missing_and_closes(world: World, browse: Browse) -> None:
    world.key_result(world.objective(), given=60)
    chen = browse(world.chen)
    closing = reverse("cycle_closing", args=[world.quarter.pk])
    assert "open the review first" in text_of(chen.get(closing))
    review(world)
    page = text_of(chen.get(closing))
    assert "Ada Byron" in page
    assert "1 owner has not scored everything." in page
    assert "Who has not scored yet" in text_of(chen.get(reverse("cycle", args=[world.quarter.pk])))
    chen.post(reverse("cycle_phase", args=[world.quarter.pk]), {"phase": "closed", "version": world.quarter.version})
    assert fresh(world.quarter).is_closed
    assert "Late scores are taken until" in text_of(chen.get(closing))
    assert "marked late" in text_of(browse(world.ada).get(at(world)))
    reopen = reverse("cycle_reopen", args=[world.quarter.pk])
    omar = browse(world.omar)
    assert omar.post(reopen, {"version": fresh(world.quarter).version, "reason": ""}).status_code == 422
    omar.post(reopen, {"version": fresh(world.quarter).version, "reason": "Wrong readings"})
    assert fresh(world.quarter).phase == "review"
    assert omar.get(reopen).status_code == 404


def test_who_is_missing_with_hidden_goals_alone_is_named_and_no_more(world: World, browse: Browse) -> None:
    okr.set_visibility(world.ada, hidden := world.objective(title="Phoenix"), visibility="line")
    world.key_result(hidden, title="Wings", given=60)
    review(world)
    page = text_of(browse(world.chen).get(reverse("cycle_closing", args=[world.quarter.pk])))
    assert "Ada Byron" in page
    assert "1 owner has not scored everything." in page
    assert "Phoenix" not in page
    assert "Wings" not in page
    answer = browse(world.chen).get(f"/api/v1/cycles/{world.quarter.pk}/missing-scores").json()
    assert [(one["owner"]["name"], one["key_results"]) for one in answer["items"]] == [("Ada Byron", None)]


@refusing
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Remind all of them", "1 person is reminded.", "was reminded today")),
        ("zh-hans", ("全部提醒", "已提醒 1 人。", "今天都已经提醒过")),
    ],
)
def test_who_is_missing_is_reminded(world: World, browse: Browse, language: str, words: tuple[str, ...]) -> None:
    world.key_result(world.objective(), given=60)
    chen = browse(world.chen, language=language)
    closing, remind = (reverse(name, args=[world.quarter.pk]) for name in ("cycle_closing", "cycle_remind"))
    assert words[0] not in text_of(chen.get(closing))
    assert chen.post(remind).status_code == 302
    assert not Notification.objects.filter(kind="score").exists()
    review(world)
    assert words[0] in text_of(chen.get(closing))
    assert words[1] in text_of(chen.post(remind, follow=True))
    assert words[2] in text_of(chen.post(remind, follow=True))
    assert Notification.objects.filter(kind="score", person=world.ada).count() == 1
    assert browse(world.lin).post(remind).status_code == 403
    assert chen.get(remind).status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_results(world: World, browse: Browse, language: str) -> None:
    before = cycles.create_cycle(SYSTEM, None, name="2026 Q3", start=date(2026, 7, 1), end=date(2026, 9, 30))
    for cycle, score in ((before, "0.4"), (world.quarter, "0.8")):
        one = world.key_result(world.objective(cycle=cycle))
        cycles.enter_phase(world.chen, cycle, phase="review")
        okr.score_key_result(world.ada, one, score=score)
    okr.drop_objective(world.lin, world.objective(world.web), reason="客户换了方向")
    client = browse(world.ben, language=language)
    page = text_of(client.get(reverse("cycle_results", args=[world.quarter.pk])))
    for word in ("0.8", "0.4", "2026 Q3", "客户换了方向"):
        assert word in page
    branch = reverse("cycle_results", args=[world.quarter.pk]) + f"?unit={world.office.pk}"
    assert "客户换了方向" not in text_of(client.get(branch))
    assert client.get(reverse("cycle_results", args=[world.backlog.pk])).status_code == 404


@refusing
def test_goals_go_along_once(world: World, browse: Browse) -> None:
    following = cycles.create_cycle(SYSTEM, None, name="2027 Q1", start=date(2027, 1, 1), end=date(2027, 3, 31))
    one, two = world.objective(title="Begun"), world.objective(title="Left")
    world.key_result(one, given=40)
    review(world)
    client = browse(world.ada)
    form = client.get(at(world, "along_person")).content.decode()
    assert f'value="{following.pk}" selected' in form
    sent = {"to": following.pk, f"way-{one.pk}": "carry", f"way-{two.pk}": "leave", "from_last": "1"}
    refused = client.post(at(world, "along_person"), sent)
    assert refused.status_code == 422
    assert "Say why “Begun” goes on" in text_of(refused)
    assert "checked" in refused.content.decode()
    sent[f"reason-{one.pk}"] = "Suppliers come in January"
    for _twice in range(2):
        answer = client.post(at(world, "along_person"), sent, follow=True)
        assert "1 draft is in 2027 Q1." in text_of(answer)
    heir = Objective.objects.get(cloned_from=one)
    assert KeyResult.objects.get(objective=heir).start == 40
    for page in (one, heir):
        shown = text_of(browse(world.ben).get(reverse("objective", args=[page.pk])))
        assert "Suppliers come in January" in shown
    assert not Objective.objects.filter(cloned_from=two).exists()


def many(world: World, cycle: Cycle, number: int) -> None:
    for _each in range(number):
        objective = world.objective(cycle=cycle)
        for _one in range(3):
            okr.score_key_result(world.ada, world.key_result(objective), score="0.5")
        okr.drop_objective(world.lin, world.objective(world.web, cycle=cycle), reason="Enough")
        world.key_result(world.objective(world.cloud, cycle=cycle))


@pytest.mark.parametrize("name", ["scores_person", "cycle_closing", "cycle_results", "objective"])
def test_pages_ask_the_same_for_one_and_for_many(
    world: World, browse: Browse, asks: Callable[[Client, str], int], name: str
) -> None:
    review(world)
    many(world, world.quarter, 1)
    first = Objective.objects.filter(goal_set__owner_person=world.ada).first()
    assert first is not None
    args = {"scores_person": [world.ada.pk, world.quarter.pk], "objective": [first.pk]}.get(name, [world.quarter.pk])
    page, client = reverse(name, args=args), browse(world.chen)
    few = asks(client, page)
    many(world, world.quarter, 4)
    assert asks(client, page) == few
    assert few <= TOP + 1

"""Talk on the page of an objective: threads, words, mentions, reactions."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tandem.okr.models import Comment, Objective
from tandem.okr.queries import REPLIES
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
HTMX = {"HX-Request": "true"}
refusing = pytest.mark.django_db(transaction=True)


def talk(objective: Objective) -> str:
    return reverse("talk", args=[objective.pk])


def post(client: Client, path: str, status: int = 200, **data: Any) -> str:
    answer = client.post(path, data, headers=HTMX)
    assert answer.status_code == status, answer.content
    return text_of(answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_talk_about_words(world: World, browse: Browse, language: str) -> None:
    objective = world.objective(title="新用户爱上第一周", description="**三分之一** 在离开")
    ben, ada = browse(world.ben, language=language), browse(world.ada, language=language)
    box = ben.get(reverse("talk_new", args=[objective.pk]) + "?about=&field=title&quote=第一周", headers=HTMX)
    assert "第一周" in text_of(box)
    post(ben, talk(objective), text="@Ada Byron 哪一周？", field="title", quote="第一周")
    [root] = Comment.objects.all()
    said = post(ada, reverse("comment_answer", args=[root.pk]), text="九月的。")
    assert "第一周" in said
    assert "九月的。" in said
    whole = text_of(ada.get(talk(objective), headers=HTMX))
    assert "哪一周？" in whole
    assert "九月的。" in whole
    assert ada.get(reverse("talk", args=[objective.pk])).status_code == 200, "a page without scripts"


def test_the_objective_brings_its_talk(world: World, browse: Browse) -> None:
    objective = world.objective()
    html = browse(world.ben).get(reverse("objective", args=[objective.pk])).content.decode()
    assert f'hx-get="{talk(objective)}"' in html
    assert f'data-words="objective:{objective.pk}" data-field="title"' in html


@refusing
def test_nothing_typed_is_lost(world: World, browse: Browse) -> None:
    objective = world.objective()
    ben = browse(world.ben)
    answer = ben.post(talk(objective), {"text": "Typed words", "field": "title", "quote": "not there"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Typed words" in text_of(answer)
    root = okr.add_comment(world.ben, objective, text="Why?")
    answer = ben.post(reverse("comment_answer", args=[root.pk]), {"text": "y" * 10_001}, headers=HTMX)
    assert answer.status_code == 422
    assert "y" * 10_001 in answer.content.decode()
    assert browse(world.ada).post(reverse("comment", args=[root.pk]), {"text": "x"}, headers=HTMX).status_code == 403


def test_withdraw_reword_settle_react_follow(world: World, browse: Browse) -> None:
    objective = world.objective()
    root = okr.add_comment(world.ben, objective, text="Why?")
    ben, ada = browse(world.ben), browse(world.ada)

    def act(name: str) -> str:
        return reverse("comment_act", args=[root.pk, name])

    assert "Which?" in post(ben, reverse("comment", args=[root.pk]), text="Which?", version="1")
    assert "withdrawn" in post(ben, act("withdraw"))
    assert "Which?" in post(ben, act("restore"))
    assert "Settled by Ada Byron" in post(ada, act("resolve"))
    assert "Settled by" not in post(ada, act("reopen"))
    react = reverse("comment_react", args=[root.pk])
    assert "I agree: 1" in post(ada, react, kind="agree")
    assert "I agree: 1" not in post(ada, f"{react}?back=1", kind="agree")
    follow = reverse("follow", args=[objective.pk])
    assert "Following" in post(browse(world.lin), follow, follow="1")
    assert "Following" not in post(ada, follow, follow="0")
    assert ada.post(act("nothing")).status_code == 404


def test_pages_without_scripts_come_back(world: World, browse: Browse) -> None:
    objective = world.objective()
    ben = browse(world.ben)
    said = ben.post(talk(objective), {"text": "Why?"})
    assert said.headers["Location"].endswith("#talk")
    [root] = Comment.objects.all()
    assert ben.get(reverse("comment", args=[root.pk])).status_code == 200
    assert ben.post(reverse("comment_answer", args=[root.pk]), {"text": "x"}).status_code == 302


@pytest.mark.parametrize("typed", ["Ada", "byr", "林小", "小雨", "ben@"])
def test_people_are_offered(world: World, browse: Browse, typed: str) -> None:
    html = browse(world.otto).get(reverse("mention_choices"), {"q": typed}).content.decode()
    assert html.count('role="option"') == 1


def test_leavers_are_not_offered(world: World, browse: Browse) -> None:
    assert "Leo" not in browse(world.otto).get(reverse("mention_choices"), {"q": "Leo"}).content.decode()


def test_what_is_not_there_is_missing(world: World, browse: Browse) -> None:
    here, there = world.objective(), world.key_result(world.objective(world.ben))
    client = browse(world.ada)
    for path in (
        "/objectives/999/talk/", "/comments/999/", f"{talk(here)}new/?about=key_result:{there.pk}",
        f"{talk(here)}new/?about=check_in:999",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for about in ("key_result:x", "key_result:", "check_in:99999999999999999999"):
        assert client.get(f"{talk(here)}new/", {"about": about}).status_code == 404, about
    assert client.get(f"{talk(here)}new/?about=nonsense").status_code == 200


def test_costs_the_same_for_one_thread_and_for_twenty(
    world: World, browse: Browse, asks: Callable[[Client, str], int]
) -> None:
    objective = world.objective()
    root = okr.add_comment(world.ben, objective, text="Why?")
    okr.react(world.ada, root, kind="idea")
    client = browse(world.ada)
    few = asks(client, talk(objective))
    for _count in range(21):
        other = okr.add_comment(world.lin, objective, text="And @Ben?")
        okr.react(world.ada, okr.reply(world.ada, other, text="Yes"), kind="idea")
    assert asks(client, talk(objective)) == few <= TOP
    html = client.get(talk(objective), headers=HTMX).content.decode()
    assert html.count('class="thread"') == 20
    older = html.split(f'hx-get="{talk(objective)}?before=')[1].split('"')[0]
    assert "Why?" in text_of(client.get(f"{talk(objective)}?before={older}", headers=HTMX))


def test_earlier_answers_are_asked_for(world: World, browse: Browse) -> None:
    objective = world.objective()
    root = okr.add_comment(world.ben, objective, text="Why?")
    said = [okr.reply(world.ada, root, text=f"Answer {number}.") for number in range(2 * REPLIES + 1)]
    client = browse(world.lin)
    html = client.get(talk(objective), headers=HTMX).content.decode()
    assert f"{REPLIES + 1} earlier answers" in html
    assert "Answer 20." not in html
    place = reverse("comment_thread", args=[root.pk])
    seen = []
    while asked := re.search(rf'hx-get="({place}[?]before=\d+)"', html):
        html = client.get(asked.group(1), headers=HTMX).content.decode()
        seen = [int(one) for one in re.findall(r"Answer (\d+)[.]", html)] + seen
    assert seen == list(range(REPLIES + 1))
    first = reverse("comment_thread", args=[said[0].pk])
    whole = client.get(first, headers=HTMX).content.decode()
    assert f'id="comment-{said[0].pk}"' in whole, "a comment that an address names"
    assert "<html" in client.get(first).content.decode(), "a page without scripts"
    assert client.get(f"{place}?before=1", headers=HTMX).status_code == 200
    okr.set_visibility(world.ada, objective, visibility="people")
    assert browse(world.otto).get(first, headers=HTMX).status_code == 404


def test_a_withdrawn_comment_shows_nowhere(world: World, browse: Browse) -> None:
    objective = world.objective()
    root = okr.add_comment(world.ben, objective, text="A secret word")
    okr.withdraw_comment(world.ben, fresh(root))
    assert "secret word" not in browse(world.ada).get(talk(objective)).content.decode()

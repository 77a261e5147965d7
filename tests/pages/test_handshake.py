"""The page of a handshake: both sides read, say what they expect, and shake hands on one version."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tandem.okr.models import Agreement, GoalSet, Objective, Suggestion
from tandem.people.models import Person
from tests.world import World, fresh


def door(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


refusing = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction, which must not be the test's own."""


@pytest.fixture
def objective(world: World) -> Objective:
    mine = world.objective(published=False)
    world.key_result(mine, title="First-week activation", start=30, target=45, unit="%")
    return mine


def address(world: World) -> str:
    return reverse("handshake_person", args=[world.ada.pk, world.quarter.pk])


def page(client: Client, world: World) -> str:
    answer = client.get(address(world))
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(html: str, name: str) -> str:
    return html.partition(f'name="{name}" value="')[2].partition('"')[0]


def post(client: Client, view: str, *args: Any, status: int = 302, **data: Any) -> Any:
    answer = client.post(reverse(view, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer


def offered(world: World, client: Client) -> Agreement:
    seen = hidden(page(client, world), "seen")
    post(client, "handshake_person_offer", world.ada.pk, world.quarter.pk, seen=seen, forecast="Two releases")
    return Agreement.objects.get()


def test_from_the_offer_to_both_hands(world: World, objective: Objective) -> None:
    ada, lin = door(world.ada), door(world.lin)
    one = offered(world, ada)
    html = page(lin, world)
    assert "Two releases" in html
    assert "Shake hands on exactly this" in html
    post(lin, "agreement_act", one.pk, "expectation", text="Own it", version=hidden(html, "version"))
    for client in (ada, lin):
        html = page(client, world)
        version = html.partition('name="seen"')[2]
        post(client, "agreement_act", one.pk, "shake", seen=hidden(html, "seen"), version=hidden(version, "version"))
    assert fresh(one).state == "signed"
    assert "shaken hands" in page(ada, world)


@refusing
def test_a_version_that_changed_a_second_ago_is_shown_with_what_changed(world: World, objective: Objective) -> None:
    ada, lin = door(world.ada), door(world.lin)
    one = offered(world, ada)
    seen = hidden(page(lin, world), "seen")
    okr.edit_objective(world.ada, objective, title="New customers love week one")
    html = post(lin, "agreement_act", one.pk, "shake", status=409, seen=seen).content.decode()
    assert "<del" in html
    assert "week one</ins>" in html
    assert fresh(one).other_signed_at is None


@refusing
def test_nothing_typed_is_lost(world: World, objective: Objective) -> None:
    ada, lin = door(world.ada), door(world.lin)
    one = offered(world, ada)
    html = post(lin, "agreement_act", one.pk, "expectation", status=409, version=99, part="expectation", text="Typed")
    assert "Typed</textarea>" in html.content.decode()
    html = post(lin, "agreement_act", one.pk, "decline", status=422, part="decline", reason=" ")
    assert "Say why" in html.content.decode()
    okr.withdraw_offer(world.ada, fresh(one))
    url = "handshake_person_offer"
    html = post(ada, url, world.ada.pk, world.quarter.pk, status=409, seen="0" * 64, forecast="Kept words")
    assert "Kept words</textarea>" in html.content.decode()


@refusing
def test_suggested_words_are_taken_in_one_click(world: World, objective: Objective) -> None:
    ada, lin = door(world.ada), door(world.lin)
    post(lin, "suggest", objective.pk, text="New customers stay")
    one = Suggestion.objects.get()
    assert reverse("suggestion_answer", args=[one.pk, "take"]) in page(ada, world)
    assert reverse("suggestion_answer", args=[one.pk, "take"]) not in page(lin, world)
    post(ada, "suggestion_answer", one.pk, "take")
    assert fresh(objective).title == "New customers stay"
    post(ada, "suggestion_answer", one.pk, "take", status=422)


def test_the_voided_page_shows_word_by_word(world: World, objective: Objective) -> None:
    goals = GoalSet.objects.select_related(*GoalSet.read_with).get(pk=objective.goal_set_id)
    one = okr.offer(world.ada, goals)
    for side in (world.ada, world.lin):
        okr.shake(side, fresh(one), seen=fresh(one).hash)
    okr.edit_objective(world.ada, objective, title="New customers love their first week")
    html = page(door(world.ada), world)
    assert "amended, unsigned" in html
    assert "their</ins>" in html
    assert "It is only the wording" in html
    post(door(world.ada), "handshake_person_offer", world.ada.pk, world.quarter.pk, trivial=1)
    old = door(world.lin).get(reverse("agreement", args=[one.pk]))
    assert "New customers love the first week" in old.content.decode()


@refusing
@pytest.mark.parametrize("who", ["ben", "otto", "omar", "hana", "chen"])
def test_it_is_between_the_two(world: World, objective: Objective, who: str) -> None:
    one = offered(world, door(world.ada))
    stranger = door(getattr(world, who))
    for url in (
        address(world),
        reverse("agreement", args=[one.pk]),
        reverse("handshake_of_set", args=[one.goal_set_id]),
    ):
        assert stranger.get(url).status_code == 404
    post(stranger, "agreement_act", one.pk, "shake", status=404, seen=one.hash)
    post(stranger, "handshake_person_offer", world.ada.pk, world.quarter.pk, status=404)


@refusing
def test_the_line_above_reads_and_does_not_sign(world: World, objective: Objective) -> None:
    one = offered(world, door(world.ada))
    wei = door(world.wei)
    assert "Shake hands on exactly this" not in page(wei, world)
    post(wei, "agreement_act", one.pk, "shake", status=403, seen=one.hash)


def test_without_goals_it_says_what_to_do(world: World) -> None:
    assert "Write goals" in page(door(world.ada), world)


@refusing
def test_a_stand_in_is_named_by_name(world: World, objective: Objective) -> None:
    lin = door(world.lin)
    args = (world.ada.pk, world.quarter.pk)
    post(lin, "handshake_person_sides", *args, status=422, name="Nobody")
    post(lin, "handshake_person_sides", *args, name="王伟")
    assert "王伟" in page(door(world.ada), world)
    assert page(door(world.wei), world)
    post(lin, "handshake_person_sides", *args, chart=1)


def test_a_step_that_is_none(world: World, objective: Objective) -> None:
    one = offered(world, door(world.ada))
    post(door(world.ada), "agreement_act", one.pk, "burn", status=404)


def test_of_a_unit(world: World) -> None:
    world.objective(world.web)
    html = door(world.lin).get(reverse("handshake_unit", args=[world.web.pk, world.quarter.pk])).content.decode()
    assert "Offer the handshake" in html


def test_comments_stand_below_the_goal_they_are_about(world: World, objective: Objective) -> None:
    ada, lin = door(world.ada), door(world.lin)
    offered(world, ada)
    html = page(lin, world)
    assert f'data-words="objective:{objective.pk}" data-field="title"' in html
    htmx = {"HX-Request": "true"}
    box = lin.get(reverse("talk_new", args=[objective.pk]), {"part": "goal", "quote": "week"}, headers=htmx)
    assert f'id="talk-new-{objective.pk}"' in box.content.decode()
    said = {"part": "goal", "field": "title", "quote": "first week", "text": "Which?"}
    answer = lin.post(reverse("talk", args=[objective.pk]), said, headers=htmx)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Which?" in html
    assert f'id="talk-new-{objective.pk}" hx-swap-oob' in html
    again = ada.get(reverse("talk", args=[objective.pk]), {"part": "goal"}, headers=htmx).content.decode()
    assert "Which?" in again
    assert "hx-swap-oob" not in again


@refusing
def test_a_refused_comment_keeps_what_was_typed_in_its_box(world: World, objective: Objective) -> None:
    lin = door(world.lin)
    said = {"part": "goal", "field": "title", "quote": "not there", "text": "Which?"}
    answer = lin.post(reverse("talk", args=[objective.pk]), said, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == f"#talk-new-{objective.pk}"
    assert "Which?</textarea>" in answer.content.decode()

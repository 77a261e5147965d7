"""The page of an objective, and everything one can do there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tandem.okr import commands as okr
from tandem.okr.models import CoOwner, KeyAction, Objective
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
HTMX = {"HX-Request": "true"}
refusing = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction, which must not be the test's own."""


def page(objective: Objective) -> str:
    return reverse("objective", args=[objective.pk])


def do(client: Client, objective: Objective, name: str, /, **data: Any) -> Any:
    return client.post(reverse("objective_act", args=[objective.pk, name]), data, headers=HTMX)


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_the_whole_objective(world: World, browse: Browse, language: str) -> None:
    above = world.objective(world.web, title="Anybody can try it in a minute")
    objective = world.objective(world.ada, description="We lose **a third** of them.")
    okr.align(world.ada, objective, parent=above)
    okr.align(world.ben, world.objective(world.ben, title="Imports never fail"), parent=objective)
    key_result = world.key_result(objective, title="激活率", start=30, target=45, unit="%")
    okr.check_in(world.ada, key_result, value=36, confidence=6, note="引导页上线")
    okr.add_action(world.ada, objective, title="Guide page", owner=world.ben, due_on=date(2026, 10, 30))
    okr.add_co_owner(world.ada, objective, person=world.ben)
    answer = browse(world.lin, language=language).get(page(objective))
    text, html = text_of(answer), answer.content.decode()
    for words in (
        "New customers love the first week", "Ada Byron", "激活率", "30% → 45%", "36%", "引导页上线", "40%",
        "Guide page", "Anybody can try it in a minute", "Imports never fail",
    ):  # fmt: skip
        assert words in text
    assert "<strong>a third</strong>" in html


@pytest.mark.parametrize(("weights", "shown"), [((1, 1), "now 1 of 2"), ((2, 2), "now 1 of 2"), ((1, 3), "now 75%")])
def test_milestones_are_counted_or_weighed(world: World, browse: Browse, weights: tuple[int, int], shown: str) -> None:
    objective = world.objective(world.ada)
    steps = [{"title": name, "weight": weight} for name, weight in zip(("Draft", "Live"), weights, strict=True)]
    key_result = world.key_result(objective, kind="milestones", steps=steps)
    okr.check_in(world.ada, key_result, done_steps=[1], confidence=6)
    assert shown in text_of(browse(world.ben).get(page(objective)))


@refusing
def test_a_reader_gets_no_dead_buttons(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    key_result = world.key_result(objective)
    made = okr.check_in(world.ada, key_result, value=5)
    okr.add_action(world.ada, objective, title="Guide page", owner=world.ada)
    reader = browse(world.ben)
    html = reader.get(page(objective)).content.decode()
    history = reader.get(reverse("key_result", args=[key_result.pk]), headers=HTMX).content.decode()
    for address in ("check-in/", "/do/", "/archive/", "/state/", "/correct/", "/withdraw/", "/actions/"):
        assert address not in html.split('id="content"')[1]
        assert address not in history
    assert do(reader, objective, "drop", reason="no").status_code == 403
    assert reader.post(reverse("action_add", args=[objective.pk]), {"title": "x"}).status_code == 403
    assert reader.post(reverse("key_result_archive", args=[key_result.pk])).status_code == 403
    assert reader.post(reverse("check_in_correct", args=[made.pk]), {"value": "9"}).status_code == 403


def test_what_is_not_there_is_missing(world: World, browse: Browse) -> None:
    client = browse(world.ada)
    for path in ("/objectives/999999/", "/key-results/999999/", "/objectives/999999/feed/", "/check-ins/9/correct/"):
        assert client.get(path).status_code == 404
    assert do(client, world.objective(world.ada), "destroy").status_code == 404


def test_titles_are_words_not_markup(world: World, browse: Browse) -> None:
    nasty = '<script>alert(1)</script> & "friends"'
    objective = world.objective(world.ada, title=nasty, description=f"{nasty} [x](javascript:alert(1))")
    key_result = world.key_result(objective, title=nasty, unit="<b>")
    okr.check_in(world.ada, key_result, value=5, note=nasty)
    okr.add_action(world.ada, objective, title=nasty)
    client = browse(world.ada)
    for path in (page(objective), "/week/", reverse("key_result", args=[key_result.pk])):
        html = client.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<b>" not in html
        assert 'href="javascript' not in html
        assert "&lt;script&gt;alert(1)" in html


@refusing
def test_the_states_one_by_one(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada, published=False)
    world.key_result(objective)
    client = browse(world.ada)
    assert "A draft: it counts and owes nothing" in text_of(client.get(page(objective)))
    answer = do(client, objective, "publish", version=objective.version)
    assert answer.status_code == 200
    assert "undo" in answer["HX-Trigger"]
    assert fresh(objective).state == "active"
    assert do(client, objective, "unpublish").status_code == 200
    assert fresh(objective).state == "draft"
    empty = do(client, objective, "drop", reason=" ")
    assert empty.status_code == 422
    assert "Say why it is dropped" in text_of(empty)
    assert do(client, objective, "drop", reason="The market is gone <b>").status_code == 200
    assert "The market is gone <b>" in text_of(client.get(page(objective)))
    assert do(client, objective, "reactivate").status_code == 200
    assert do(client, objective, "archive").status_code == 200
    assert "Archived on" in text_of(client.get(page(objective)))
    assert do(client, objective, "restore").status_code == 200
    assert do(client, objective, "move", cycle="").status_code == 422
    assert do(client, objective, "move", cycle="999999").status_code == 404
    assert do(client, objective, "move", cycle=str(world.backlog.pk)).status_code == 200
    assert fresh(objective).goal_set.cycle_id == world.backlog.pk
    assert do(client, objective, "publish").status_code == 422


@refusing
def test_a_stale_publish_is_a_conflict(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada, published=False)
    okr.edit_objective(world.ada, objective, title="Another sentence")
    assert do(browse(world.ada), objective, "publish", version=objective.version).status_code == 409
    assert fresh(objective).state == "draft"


def test_works_without_javascript(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada, published=False)
    answer = browse(world.ada).post(reverse("objective_act", args=[objective.pk, "publish"]))
    assert answer.status_code == 302
    assert answer["Location"] == page(objective)


@refusing
def test_co_owners_come_and_go(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    client = browse(world.ada)
    found = text_of(client.get(reverse("people_choices") + "?name=be"))
    assert "Ben" in found
    assert "Ada" not in found
    assert do(client, objective, "add-co-owner", person=str(world.ben.pk)).status_code == 200
    assert do(client, objective, "add-co-owner", name="Otto").status_code == 200
    assert do(client, objective, "add-co-owner", name="nobody at all").status_code == 422
    assert do(client, objective, "add-co-owner", name="a").status_code == 422
    assert do(client, objective, "add-co-owner", person="999999").status_code == 404
    assert do(client, objective, "remove-co-owner", person=str(world.ben.pk)).status_code == 200
    assert [one.person_id for one in CoOwner.objects.all()] == [world.otto.pk]


@refusing
def test_actions_are_added_edited_ticked_ordered_and_put_away(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    key_result = world.key_result(objective)
    client = browse(world.ada)
    add = reverse("action_add", args=[objective.pk])
    assert client.post(add, {"title": "Guide page"}, headers=HTMX).status_code == 200
    full = {"title": "Talk to five", "name": "Ben", "due_on": "2026-10-30", "key_result": str(key_result.pk)}
    assert "for: First-week activation" in text_of(client.post(add, full, headers=HTMX))
    assert client.post(add, {"title": ""}, headers=HTMX).status_code == 422
    wrong = client.post(add, {"title": "Typed", "due_on": "soon"}, headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="Typed"' in wrong.content.decode()
    one, two = KeyAction.objects.order_by("pk")
    assert (two.owner, two.due_on, two.key_result) == (world.ben, date(2026, 10, 30), key_result)
    assert client.post(reverse("action_move", args=[two.pk, "up"]), headers=HTMX).status_code == 200
    assert [fresh(two).position, fresh(one).position] == [0, 1]
    edit = reverse("action", args=[one.pk])
    assert 'value="Guide page"' in client.get(edit, headers=HTMX).content.decode()
    assert client.post(edit, {"title": "The guide", "version": "1"}, headers=HTMX).status_code == 200
    assert client.post(edit, {"title": "Stale", "version": "1"}, headers=HTMX).status_code == 409
    assert client.post(reverse("action_state", args=[one.pk]), {"state": "done"}, headers=HTMX).status_code == 200
    assert client.post(reverse("action_state", args=[one.pk]), {"state": "gone"}, headers=HTMX).status_code == 422
    away = client.post(reverse("action_archive", args=[one.pk]), headers=HTMX)
    assert "undo" in away["HX-Trigger"]
    assert "The guide" not in text_of(away)
    assert "The guide" in text_of(client.post(reverse("action_restore", args=[one.pk]), headers=HTMX))


def test_an_actions_owner_ticks_it_at_somebody_elses_objective(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    action = okr.add_action(world.ada, objective, title="Guide page", owner=world.ben)
    client = browse(world.ben)
    assert reverse("action_state", args=[action.pk]) in client.get(page(objective)).content.decode()
    assert client.post(reverse("action_state", args=[action.pk]), {"state": "done"}, headers=HTMX).status_code == 200


@refusing
def test_history_is_corrected_withdrawn_and_restored(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    key_result = world.key_result(objective, unit="%")
    made = okr.check_in(world.ada, key_result, value=20, confidence=6, note="first")
    client = browse(world.ada)
    correct = reverse("check_in_correct", args=[made.pk])
    form = client.get(correct + "?place=objective", headers=HTMX).content.decode()
    assert 'value="first"' in form
    assert "selected>Off track" not in form
    answer = client.post(correct, {"place": "objective", "value": "30", "confidence": "6"}, headers=HTMX)
    assert answer["HX-Retarget"] == f"#kr-{key_result.pk}"
    assert "now 30%" in text_of(answer)
    assert "Corrected" in text_of(answer)
    new = fresh(key_result).check_ins.get(withdrawn_at=None)
    gone = client.post(reverse("check_in_withdraw", args=[new.pk]), {"place": "objective"}, headers=HTMX)
    assert "now –" in text_of(gone)
    back = client.post(reverse("check_in_restore", args=[new.pk]), {"place": "objective"}, headers=HTMX)
    assert "now 30%" in text_of(back)
    again = client.post(correct, {"place": "objective", "value": "31"}, headers=HTMX)
    assert again.status_code == 422
    assert "It was withdrawn or corrected already." in text_of(again)


def test_the_course_says_where_it_ends(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    key_result = world.key_result(objective, unit="%")
    with time_machine.travel("2026-11-15T09:00+00:00", tick=False):
        okr.check_in(world.ada, key_result, value=30, confidence=6)
        text = text_of(browse(world.ben).get(reverse("key_result", args=[key_result.pk])))
    assert "If it goes on like this it ends at 60.67%." in text
    assert "As time asks" in text


def test_a_key_result_is_put_away_and_comes_back(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    key_result = world.key_result(objective)
    client = browse(world.ada)
    answer = client.post(reverse("key_result_archive", args=[key_result.pk]), headers=HTMX)
    assert "undo" in answer["HX-Trigger"]
    assert "First-week activation" not in text_of(client.get(page(objective))).split("What happened")[0]
    assert "Archived on" in text_of(client.get(reverse("key_result", args=[key_result.pk])))
    action = okr.archive_action(world.ada, okr.add_action(world.ada, objective, title="Guide page"))
    for headers in (HTMX, {}):
        away = client.get(reverse("objective_put_away", args=[objective.pk]), headers=headers)
        assert "First-week activation" in text_of(away)
        assert "Guide page" in text_of(away)
    client.post(reverse("action_restore", args=[action.pk]))
    assert fresh(action).archived_on is None
    client.post(reverse("key_result_restore", args=[key_result.pk]), headers=HTMX)
    assert fresh(key_result).archived_on is None


def test_weights_are_shown_when_they_differ(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    world.key_result(objective, weight=1)
    world.key_result(objective, weight=1)
    client = browse(world.ada)
    assert "weight 1" not in text_of(client.get(page(objective)))
    world.key_result(objective, weight=0)
    text = text_of(client.get(page(objective)))
    assert "weight 1" in text
    assert "shown, not counted" in text


def test_the_feed_goes_on_page_by_page(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    for count in range(20):
        okr.edit_objective(world.ada, objective, title=f"Sentence {count}")
    client = browse(world.ada)
    html = client.get(reverse("talk", args=[objective.pk]), headers=HTMX).content.decode()
    assert "Older" in html
    address = html.split('hx-get="' + page(objective) + "feed/")[1].split('"')[0]
    older = text_of(client.get(f"{page(objective)}feed/{address}", headers=HTMX))
    assert "drafted" in older
    assert "Older" not in older


def test_asks_the_same_for_one_key_result_and_for_twelve(
    world: World, browse: Browse, asks: Callable[[Client, str], int]
) -> None:
    above = world.objective(world.web)
    objective = world.objective(world.ada)
    okr.align(world.ada, objective, parent=above)
    okr.align(world.lin, above, parent=world.objective(world.acme))
    key_result = world.key_result(objective)
    client = browse(world.ada)
    few = asks(client, page(objective))
    for _count in range(11):
        okr.check_in(world.ada, world.key_result(objective), value=3, confidence=5)
        okr.check_in(world.ada, key_result, value=3, confidence=5)
        okr.add_action(world.ada, objective, title="Do it", owner=world.ada)
        okr.align(world.ben, world.objective(world.ben), parent=objective)
    assert asks(client, page(objective)) == few
    assert few <= TOP

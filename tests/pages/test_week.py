"""My week: what is due, checking in on its rows, actions, and what the page says when nothing waits."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tandem.core.clock import today
from tandem.okr import commands as okr
from tandem.okr.models import CheckIn, KeyResult
from tandem.okr.queries.week import is_due
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
WEEK = "/week/"
HTMX = {"HX-Request": "true"}
refusing = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction, which must not be the test's own."""


def send(client: Client, key_result: KeyResult, **fields: Any) -> Any:
    """The row's form, as htmx sends it."""
    data = {"place": "week", "confidence": "5", "note": "", "on": "", "status": "", **fields}
    return client.post(reverse("check_in", args=[key_result.pk]), data, headers=HTMX)


def on_the_list(client: Client) -> set[str]:
    """The sentences of the rows to update."""
    html = client.get(WEEK).content.decode()
    return set(re.findall(r'id="kr-\d+-title">(.*?)</p>', html))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", WEEK])
def test_shows_what_is_due(world: World, browse: Browse, language: str, path: str) -> None:
    objective = world.objective(world.ada)
    world.key_result(objective, title="激活率从 30% 提高到 45%", start=30, target=45, unit="%")
    answer = browse(world.ada, language=language).get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "激活率从 30% 提高到 45%" in text_of(answer)
    assert "30% → 45%" in text_of(answer)
    assert 'name="value"' in html
    assert 'value="30"' in html


def test_every_kind_has_its_control(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    world.key_result(objective, kind="percent")
    world.key_result(objective, kind="maintain", high=4, unit="h")
    world.key_result(objective, kind="binary")
    world.key_result(
        objective, kind="milestones", steps=[{"title": "Draft", "weight": 1}, {"title": "Live", "weight": 2}]
    )
    world.key_result(objective, kind="rubric", steps=[{"level": "0.7", "text": "I lead it with help"}])
    world.key_result(objective, kind="baseline", unit="customers")
    text = text_of(browse(world.ada).get(WEEK))
    for words in (
        "stay at 4 h or below", "Is it done?", "Draft", "Live", "Level reached", "I lead it with help",
        "This is the number", "customers",
    ):  # fmt: skip
        assert words in text


def test_own_co_owned_and_led_but_not_others(world: World, browse: Browse) -> None:
    world.key_result(world.objective(world.lin, title="Lin's own"), title="mine")
    shared = world.objective(world.ben, title="Ben's")
    world.key_result(shared, title="shared with me")
    okr.add_co_owner(world.ben, shared, person=world.lin)
    world.key_result(world.objective(world.web, title="the team's"), title="of my team")
    world.key_result(world.objective(world.ada, title="Ada's"), title="not mine")
    world.key_result(world.objective(world.lin, title="a draft", published=False), title="of a draft")
    assert "3 key results to update." in text_of(browse(world.lin).get(WEEK))
    assert on_the_list(browse(world.lin)) == {"mine", "shared with me", "of my team"}


def test_who_stands_in_for_a_missing_lead_checks_in_too(world: World, browse: Browse) -> None:
    world.key_result(world.objective(world.data, title="Data's"), title="of the leaderless")
    assert on_the_list(browse(world.wei)) == {"of the leaderless"}
    assert on_the_list(browse(world.grace)) == on_the_list(browse(world.omar)) == set()


def test_a_saved_row_is_quiet_and_can_be_undone(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada), unit="%")
    client = browse(world.ada)
    answer = send(client, key_result, value="40", confidence="7", note="moved")
    assert answer.status_code == 200
    text = text_of(answer)
    for words in ("Saved 09:00", "Undo", "40%", "confidence 7", "moved"):
        assert words in text
    assert "checked_in" in answer["HX-Trigger"]
    made = CheckIn.objects.get()
    assert (made.value, made.confidence, made.note, made.author_id) == (40, 7, "moved", world.ada.pk)
    undone = client.post(reverse("check_in_withdraw", args=[made.pk]), {"place": "week"}, headers=HTMX)
    assert 'value="40"' in undone.content.decode()
    assert 'value="moved"' in undone.content.decode()
    assert fresh(key_result).current is None


@refusing
def test_a_refused_row_keeps_all_that_was_typed(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada), unit="%")
    answer = send(browse(world.ada), key_result, value="forty", confidence="8", note="<i>a lot</i>", on="2026-10-12")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This must be a number." in html
    for typed in ('value="forty"', 'value="&lt;i&gt;a lot&lt;/i&gt;"', 'value="2026-10-12"', 'value="8" id="kr-'):
        assert typed in html
    assert "<i>" not in html
    assert not CheckIn.objects.exists()
    comma = send(browse(world.ada), key_result, value="6,5", confidence="8")
    assert "Write decimals with a point: 6.5." in comma.content.decode()


@refusing
def test_a_fall_of_confidence_asks_for_a_note(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada))
    client = browse(world.ada)
    send(client, key_result, value="10", confidence="8")
    answer = send(client, key_result, value="10", confidence="5")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "say in a word what happened" in html
    assert f'id="kr-{key_result.pk}-note-error"' in html
    assert send(client, key_result, value="10", confidence="5", note="two people left").status_code == 200


@refusing
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"confidence": "11"}, "Confidence is a whole number from 0 to 10."),
        ({"confidence": "many"}, "This must be a whole number."),
        ({"on": "yesterday"}, "This must be a day like 2026-10-01."),
        ({"on": "2030-01-01"}, "A check-in cannot lie in the future."),
        ({"status": "splendid"}, "Choose one of the offered values."),
        ({"value": "NaN"}, "This number is beyond what makes sense here."),
        ({"value": "", "confidence": "", "note": ""}, "Give a value, a confidence or a note."),
    ],
)
def test_forged_fields_are_refused_in_the_row(world: World, browse: Browse, fields: dict[str, str], said: str) -> None:
    key_result = world.key_result(world.objective(world.ada))
    answer = send(browse(world.ada), key_result, **fields)
    assert answer.status_code == 422
    assert said in text_of(answer)


@refusing
def test_milestones_baseline_and_binary_are_sent_as_such(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    steps = [{"title": "Draft", "weight": 1}, {"title": "Live", "weight": 3}]
    milestones = world.key_result(objective, kind="milestones", steps=steps)
    baseline = world.key_result(objective, kind="baseline")
    binary = world.key_result(objective, kind="binary")
    client = browse(world.ada)
    assert send(client, milestones, done_steps=["1"]).status_code == 200
    assert fresh(milestones).progress == pytest.approx(0.75)  # type: ignore[comparison-overlap]
    assert send(client, milestones, done_steps=["7"]).status_code == 422
    assert send(client, milestones, done_steps=["one"]).status_code == 422
    assert send(client, baseline, value="120").status_code == 200
    assert fresh(baseline).progress == 0
    assert send(client, baseline, value="120", confirmed="1").status_code == 200
    assert fresh(baseline).progress == 1
    assert send(client, binary, value="1").status_code == 200
    assert fresh(binary).progress == 1


def test_a_draft_changes_nothing_and_comes_back(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada))
    client = browse(world.ada)
    assert send(client, key_result, value="33", note="perhaps", keep="1").status_code == 200
    assert fresh(key_result).current is None
    html = client.get(WEEK).content.decode()
    assert 'value="33"' in html
    assert 'value="perhaps"' in html
    draft = CheckIn.objects.get()
    assert send(client, key_result, value="34", note="surely", draft=str(draft.pk)).status_code == 200
    assert CheckIn.objects.count() == 1
    assert fresh(key_result).current == 34


def test_a_draft_of_another_key_result_is_no_draft(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    one, other = world.key_result(objective), world.key_result(objective)
    draft = okr.check_in(world.ada, one, value=5, draft=True)
    assert send(browse(world.ada), other, value="6", draft=str(draft.pk)).status_code == 404


@refusing
def test_others_may_not_and_strangers_find_nothing(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada))
    assert send(browse(world.ben), key_result, value="50").status_code == 403
    assert browse(world.ada).get(reverse("check_in", args=[999_999])).status_code == 404
    assert Client().get(WEEK).status_code == 302
    made = okr.check_in(world.ada, key_result, value=5)
    assert browse(world.ben).post(reverse("check_in_withdraw", args=[made.pk])).status_code == 403


@refusing
def test_works_without_javascript(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada))
    client = browse(world.ada)
    path = reverse("check_in", args=[key_result.pk])
    assert text_of(client.get(path)).count("First-week activation") == 1
    refused = client.post(path, {"value": "x", "place": "week"})
    assert refused.status_code == 422
    assert "<html" in refused.content.decode()
    done = client.post(path, {"value": "12", "confidence": "5", "place": "week"})
    assert done.status_code == 302
    assert fresh(key_result).current == 12


def test_actions_due_are_ticked_and_unticked(world: World, browse: Browse) -> None:
    objective = world.objective(world.ada)
    late = okr.add_action(world.ada, objective, title="Guide <page>", owner=world.ada, due_on=date(2026, 10, 12))
    okr.add_action(world.ada, objective, title="Much later", owner=world.ada, due_on=date(2026, 11, 12))
    okr.add_action(world.ada, objective, title="Ben's", owner=world.ben, due_on=date(2026, 10, 12))
    client = browse(world.ada)
    text = text_of(client.get(WEEK))
    assert "1 action due." in text
    assert "was due Mon 12 Oct" in text
    assert "Much later" not in text
    assert "Ben's" not in text
    answer = client.post(reverse("action_state", args=[late.pk]), {"state": "done", "place": "week"}, headers=HTMX)
    assert answer.status_code == 200
    assert "undo" in answer["HX-Trigger"]
    assert fresh(late).state == "done"
    client.post(reverse("action_state", args=[late.pk]) + "?state=todo", headers=HTMX)
    assert fresh(late).state == "todo"


def test_says_what_this_place_is_for_while_it_is_empty(world: World, browse: Browse) -> None:
    assert "Begin with an objective for 2026 Q4" in text_of(browse(world.nia).get(WEEK))
    world.objective(world.nia, published=False)
    assert "Your goals of 2026 Q4 are drafts" in text_of(browse(world.nia).get(WEEK))


def test_all_done_shows_the_teams_week(world: World, browse: Browse) -> None:
    key_result = world.key_result(world.objective(world.ada))
    world.objective(world.ben, published=False)
    client = browse(world.ada)
    assert "All done" not in text_of(client.get(WEEK))
    with time_machine.travel("2026-10-16T09:00+00:00", tick=False):
        send(client, key_result, value="40")
        head = text_of(client.get("/week/head/", headers=HTMX))
        assert "All done." in head
        assert "The team’s week" in head
        assert "Ben drafting" in " ".join(head.replace("B Ben", "Ben").split())
        assert "1 key result not due yet" in text_of(client.get(WEEK))


def test_what_others_did_around_me(world: World, browse: Browse) -> None:
    world.key_result(world.objective(world.ben, title="Imports never fail"))
    world.objective(world.hana, title="Far away")
    text = text_of(browse(world.ada).get(WEEK))
    assert "Ben published “Imports never fail”" in text
    assert "Far away" not in text


def test_asks_the_same_for_two_key_results_and_for_twelve(
    world: World, browse: Browse, asks: Callable[[Client, str], int]
) -> None:
    objective = world.objective(world.lin)
    for _count in range(2):
        world.key_result(objective)
    world.key_result(world.objective(world.web))
    client = browse(world.lin)
    few = asks(client, WEEK)
    for _count in range(10):
        world.key_result(objective)
        okr.add_action(world.lin, objective, title="Do it", owner=world.lin, due_on=today())
    assert asks(client, WEEK) == few
    world.key_result(world.objective(world.ada))
    assert asks(browse(world.ada), WEEK) <= TOP


FRIDAY = date(2026, 10, 16)


@pytest.mark.parametrize(
    ("on", "last_on", "due"),
    [
        (FRIDAY - timedelta(days=4), None, True),  # on Monday what is due on Friday
        (FRIDAY - timedelta(days=3), FRIDAY - timedelta(days=4), False),  # said on Monday already
        (FRIDAY - timedelta(days=1), FRIDAY - timedelta(days=4), True),  # but Thursday it can be made good
        (FRIDAY, FRIDAY - timedelta(days=7), True),
        (FRIDAY + timedelta(days=9), None, True),  # overdue
        (FRIDAY - timedelta(days=7), None, False),  # not this week
    ],
)
def test_what_belongs_to_this_week(on: date, last_on: date | None, due: bool) -> None:
    assert is_due(FRIDAY, last_on, on, "weekly") is due


def test_leavers_and_archived_units_are_nobodys_duty(world: World, browse: Browse) -> None:
    world.key_result(world.objective(world.web, title="the team's"), title="of the team")
    people.leave_company(SYSTEM, world.lin)
    assert on_the_list(browse(world.wei)) == {"of the team"}

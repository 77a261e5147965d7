"""The list of cycles, one cycle's page, and running it."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tandem.cycles import commands as cycles
from tandem.cycles.models import Cycle, PhaseDate
from tandem.okr import commands as okr
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction; the page that says so is drawn after it."""


@pytest.fixture
def page(world: World) -> str:
    return reverse("cycle", args=[world.quarter.pk])


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_cycles_and_the_backlog(world: World, browse: Browse, language: str) -> None:
    world.objective(world.ada)
    answer = browse(world.ada, language=language).get(reverse("cycles"))
    text = text_of(answer)
    assert answer.status_code == 200
    assert "2026 Q4" in text
    assert "Backlog 想法" in text
    assert reverse("cycle_new") not in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_the_company_in_numbers(world: World, browse: Browse, page: str, language: str) -> None:
    key_result = world.key_result(world.objective(world.ada, title="Most worrying"))
    okr.check_in(world.ada, key_result, value=5, confidence=3)
    world.objective(world.ben, published=False)
    answer = browse(world.grace, language=language).get(page)
    assert answer.status_code == 200
    text = text_of(answer)
    for words in ("Most worrying", "云业务 Cloud", "People Office", "Ada Byron"):
        assert words in text
    if language == "en":
        html = answer.content.decode()
        assert "<dt>Drafted</dt><dd>2 of 10</dd>" in html
        assert "<dt>Published</dt><dd>1 of 10</dd>" in html
        assert "<dt>Checked in</dt><dd>1 of 10</dd>" in html


@pytest.mark.parametrize(
    ("state", "there", "absent"),
    [
        ("nothing", "Hana", "Ada Byron"),
        ("drafted", "Ben", "Ada Byron"),
        ("published", "林小雨", "Ben"),
        ("updated", "Ada Byron", "林小雨"),
        ("stale", "王伟", "Ada Byron"),
        ("", "Hana", "Leo"),
        ("nonsense", "Hana", "Leo"),
    ],
)
def test_who_stands_where(
    world: World, browse: Browse, page: str, clock: time_machine.Traveller, state: str, there: str, absent: str
) -> None:
    world.key_result(world.objective(world.wei))  # due on Friday
    world.objective(world.ben, published=False)
    clock.shift(10 * 86400)
    okr.check_in(world.ada, world.key_result(world.objective(world.ada)), value=10)
    world.key_result(world.objective(world.lin))
    html = browse(world.otto).get(page, {"state": state}).content.decode()
    who = html[html.index('id="who"') :]
    assert there in who
    assert absent not in who


def test_every_person_is_in_one_state_and_the_states_agree_with_the_words(world: World) -> None:
    from tandem.okr.queries import STATES, OwnerSet, people_who, sets_of
    from tandem.people.queries import people as everybody

    world.objective(world.ben, published=False)
    world.key_result(world.objective(world.ada))
    by_state = {state: set(people_who(SYSTEM, everybody(SYSTEM), world.quarter.pk, state)) for state in STATES}
    assert sum(map(len, by_state.values())) == everybody(SYSTEM).count()
    sets = sets_of(SYSTEM, world.quarter.pk, people=[one.pk for one in everybody(SYSTEM)])
    for state, found in by_state.items():
        assert {sets.of_person.get(one.pk, OwnerSet()).state for one in found} <= {state}


@refuses
def test_a_champion_moves_the_cycle_on_and_back(world: World, browse: Browse, page: str) -> None:
    client = browse(world.chen)
    move = reverse("cycle_phase", args=[world.quarter.pk])
    assert "Go on to: Agreeing" in text_of(client.get(page))
    version = fresh(world.quarter).version
    answer = client.post(move, {"phase": "agree", "version": version}, follow=True)
    assert "2026 Q4: Agreeing." in text_of(answer)
    assert PhaseDate.objects.get(cycle=world.quarter, phase="agree").began_on == date(2026, 10, 14)
    client.post(move, {"phase": "plan"})
    assert fresh(world.quarter).phase == "plan"
    assert "Agreeing began" not in text_of(client.get(page))
    assert "offered values" in text_of(client.post(move, {"phase": "nonsense"}, follow=True))
    assert fresh(world.quarter).phase == "plan"


@refuses
def test_two_champions_do_not_move_it_twice(world: World, browse: Browse) -> None:
    client = browse(world.chen)
    move = reverse("cycle_phase", args=[world.quarter.pk])
    version = fresh(world.quarter).version
    client.post(move, {"phase": "agree", "version": version})
    assert client.post(move, {"phase": "run", "version": version}).status_code == 409
    assert fresh(world.quarter).phase == "agree"


def test_closing_says_that_it_becomes_read_only(world: World, browse: Browse, page: str) -> None:
    cycles.enter_phase(SYSTEM, fresh(world.quarter), phase="review")
    client = browse(world.chen)
    assert "becomes read-only" in text_of(client.get(reverse("cycle_closing", args=[world.quarter.pk])))
    client.post(reverse("cycle_phase", args=[world.quarter.pk]), {"phase": "closed"})
    text = text_of(client.get(page))
    assert "closed and can only be read" in text
    assert "Go on to" not in text


@refuses
@pytest.mark.parametrize("name", ["cycle_edit", "cycle_phase"])
def test_members_do_not_run_cycles(world: World, browse: Browse, name: str) -> None:
    client = browse(world.ada)
    assert client.post(reverse(name, args=[world.quarter.pk]), {"phase": "agree"}).status_code == 403
    assert client.get(reverse("cycle_new")).status_code == 403
    assert fresh(world.quarter).phase == "plan"


def test_a_new_cycle_is_proposed_after_the_last(world: World, browse: Browse) -> None:
    client = browse(world.chen)
    html = client.get(reverse("cycle_new")).content.decode()
    assert 'value="2027 Q1"' in html
    assert 'value="2027-01-01"' in html
    assert 'value="2027-03-31"' in html
    sent = {"name": "2027 Q1", "kind": "quarter", "start": "2027-01-01", "end": "2027-03-31"}
    answer = client.post(reverse("cycle_new"), {**sent, "rhythm": "weekly", "weekday": "4"})
    made = Cycle.objects.get(name="2027 Q1")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("cycle", args=[made.pk])


@refuses
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start": "2027-04-01"}, "f-end"),
        ({"start": "tomorrow"}, "start"),
        ({"name": ""}, "name"),
        ({"kind": "backlog"}, "start"),
        ({"kind": "aeon"}, "kind"),
        ({"weekday": "9"}, "weekday"),
    ],
)
def test_a_refused_cycle_keeps_what_was_typed(world: World, browse: Browse, wrong: dict[str, str], field: str) -> None:
    sent = {"name": "Spring 春", "kind": "quarter", "start": "2027-01-01", "end": "2027-03-31"}
    answer = browse(world.chen).post(reverse("cycle_new"), {**sent, "rhythm": "weekly", "weekday": "4", **wrong})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in html
    if "name" not in wrong:
        assert "Spring 春" in html
    assert not Cycle.objects.filter(name="Spring 春").exists()


def test_dates_and_planned_phases_are_edited(world: World, browse: Browse) -> None:
    client = browse(world.chen)
    edit = reverse("cycle_edit", args=[world.quarter.pk])
    assert client.get(edit).status_code == 200
    sent = {
        "version": fresh(world.quarter).version, "name": "Q4", "start": "2026-10-01", "end": "2026-12-31",
        "rhythm": "biweekly", "weekday": "2", "phase_review": "2026-12-20",
    }  # fmt: skip
    assert client.post(edit, sent).status_code == 302
    cycle = fresh(world.quarter)
    assert (cycle.name, cycle.rhythm, cycle.weekday) == ("Q4", "biweekly", 2)
    assert PhaseDate.objects.get(cycle=cycle, phase="review").planned_on == date(2026, 12, 20)


@refuses
def test_a_stale_edit_shows_what_stands_and_then_saves(world: World, browse: Browse) -> None:
    client = browse(world.chen)
    edit = reverse("cycle_edit", args=[world.quarter.pk])
    old = fresh(world.quarter).version
    cycles.edit_cycle(SYSTEM, world.quarter, name="Somebody was quicker")
    sent = {"name": "Mine", "start": "2026-10-01", "end": "2026-12-31", "rhythm": "weekly", "weekday": "4"}
    answer = client.post(edit, {**sent, "version": old})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody was quicker" in html
    assert 'value="Mine"' in html
    newest = fresh(world.quarter).version
    assert f'name="version" value="{newest}"' in html
    assert client.post(edit, {**sent, "version": newest}).status_code == 302


def test_the_backlog_has_no_phases(world: World, browse: Browse) -> None:
    client = browse(world.chen)
    text = text_of(client.get(reverse("cycle", args=[world.backlog.pk])))
    assert "Drafts for later" in text
    assert "Go on to" not in text
    html = client.get(reverse("cycle_edit", args=[world.backlog.pk])).content.decode()
    assert 'name="start"' not in html


def test_an_empty_company_is_calm(db: None, signed_in: tuple[Client, object]) -> None:
    client, _ada = signed_in
    assert "An OKR champion opens the first one" in text_of(client.get(reverse("cycles")))
    assert client.get(reverse("cycle", args=[1])).status_code == 404


def test_the_number_of_queries_stands_still(world: World, browse: Browse, page: str, asks: Callable[..., int]) -> None:
    client = browse(world.omar)
    world.key_result(world.objective(world.ada))
    few = asks(client, page)
    for number in range(12):
        unit = people.create_unit(SYSTEM, world.acme, name=f"U{number}")
        member = people.add_person(SYSTEM, unit, name=f"P{number}")
        objective = okr.create_objective(SYSTEM, member, cycle=world.quarter, title="One more")
        key_result = okr.add_key_result(SYSTEM, objective, title="R", kind="percent")
        okr.publish_objective(SYSTEM, objective)
        okr.check_in(SYSTEM, key_result, value=1, confidence=3)
    assert asks(client, page) <= few <= TOP
    assert asks(client, reverse("cycles")) <= TOP


def test_the_next_ones_are_prepared_from_the_list(world: World, browse: Browse) -> None:
    client = browse(world.chen)
    assert "Prepared" in text_of(client.post(reverse("cycles_prepare"), follow=True))
    assert "Nothing is due yet." in text_of(client.post(reverse("cycles_prepare"), follow=True))
    assert browse(world.ada).post(reverse("cycles_prepare")).status_code == 403
    assert "Prepare now what is due" not in text_of(browse(world.ada).get(reverse("cycles")))

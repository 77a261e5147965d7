"""The goals editor: written by the owner, read by all, refused with everything typed still there."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tandem.okr import commands as okr
from tandem.okr.models import KeyAction, KeyResult, Objective
from tandem.people.models import Person
from tests.world import World, fresh

HTMX = {"HX-Request": "true"}


refusing = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction, which must not be the test's own."""


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sheet(world: World, owner: Any = None, cycle: Any = None) -> str:
    owner = owner or world.ada
    kind = "person" if isinstance(owner, Person) else "unit"
    return f"/goals/{kind}/{owner.pk}/{(cycle or world.quarter).pk}/"


def test_goals_lead_to_the_own_set_of_the_current_cycle(world: World) -> None:
    answer = browser(world.ada).get("/goals/")
    assert answer.headers["Location"] == sheet(world)


def test_without_a_cycle_the_page_says_so(db: None, person: Any) -> None:
    answer = browser(person("Ada")).get("/goals/")
    assert answer.status_code == 200
    assert "no cycle has been opened" in answer.content.decode()


def test_the_owner_writes_and_everybody_else_reads_the_same_page(world: World) -> None:
    objective = world.objective()
    world.key_result(objective, title="Activation 30% → 45%")
    world.objective(published=False, title="Become the one who knows the customers")
    own = browser(world.ada).get(sheet(world)).content.decode()
    assert "Publish 1 draft" in own
    assert "data-autosave" in own
    for reader in (world.ben, world.lin, world.grace):
        read = browser(reader).get(sheet(world)).content.decode()
        assert "Activation 30% → 45%" in read
        assert "<textarea" not in read
        assert "editor.js" not in read


def test_an_empty_set_tells_what_goals_are_for(world: World) -> None:
    own = browser(world.ada).get(sheet(world)).content.decode()
    assert "An objective says in words" in own
    assert "autofocus" in own
    assert "has no goals" in browser(world.ben).get(sheet(world)).content.decode()


def test_the_acting_lead_writes_a_units_goals(world: World) -> None:
    assert "new-objective" in browser(world.wei).get(sheet(world, world.data)).content.decode()
    assert "new-objective" not in browser(world.otto).get(sheet(world, world.data)).content.decode()


def test_a_closed_cycle_is_only_read(world: World) -> None:
    world.objective()
    type(world.quarter).objects.filter(pk=world.quarter.pk).update(phase="closed")
    assert "<textarea" not in browser(world.ada).get(sheet(world)).content.decode()


def test_lines_are_typed_one_after_the_other(world: World) -> None:
    ada = browser(world.ada)
    made = ada.post(f"{sheet(world)}add/", {"title": "Customers love it", "key": "abcdefghij12"}, headers=HTMX)
    objective = Objective.objects.get(key="abcdefghij12")
    assert f'id="goal-{objective.pk}"' in made.content.decode()
    assert "drafts" in made.headers["HX-Trigger"]
    line = ada.post(
        f"/goals/objectives/{objective.pk}/key-results/", {"title": "激活率从 30% 提升到 45%"}, headers=HTMX
    )
    key_result = objective.key_results.get()
    assert (key_result.kind, key_result.start, key_result.target, key_result.unit_label) == ("metric", 30, 45, "%")
    assert "30% → 45%" in line.content.decode()
    ada.post(f"/goals/objectives/{objective.pk}/actions/", {"title": "Guide page"}, headers=HTMX)
    assert objective.actions.get().owner == world.ada


def test_a_line_sent_twice_is_made_once(world: World) -> None:
    ada, objective = browser(world.ada), world.objective()
    for _time in range(2):
        ada.post(f"{sheet(world)}add/", {"title": "Once", "key": "abcdefghij12"}, headers=HTMX)
        ada.post(f"/goals/objectives/{objective.pk}/key-results/", {"title": "x", "key": "klmnopqrst12"}, headers=HTMX)
        ada.post(f"/goals/objectives/{objective.pk}/actions/", {"title": "y", "key": "uvwxyz123412"}, headers=HTMX)
    assert Objective.objects.filter(title="Once").count() == 1
    assert KeyResult.objects.count() == KeyAction.objects.count() == 1


def test_another_things_key_makes_a_new_thing(world: World) -> None:
    objective = world.objective()
    ada = browser(world.ada)
    answer = ada.post(
        f"/goals/objectives/{objective.pk}/key-results/", {"title": "New", "key": objective.key}, headers=HTMX
    )
    assert answer.status_code == 200
    assert objective.key_results.get().title == "New"


def test_somebody_elses_line_is_not_answered_by_its_key(world: World) -> None:
    theirs = world.key_result(world.objective(world.ben), title="A word of Ben's", key="bensownkey12")
    mine = world.objective()
    answer = browser(world.ada).post(
        f"/goals/objectives/{mine.pk}/key-results/", {"title": "Mine", "key": theirs.key}, headers=HTMX
    )
    assert answer.status_code == 200
    assert mine.key_results.get().title == "Mine"


def test_numbers_follow_the_sentence_until_they_are_set_by_hand(world: World) -> None:
    ada = browser(world.ada)
    key_result = world.key_result(world.objective(), title="Activation", kind="percent")
    at = f"/goals/key-results/{key_result.pk}/"
    answer = ada.post(at, {"title": "Activation 30 → 45%", "version": 1}, headers=HTMX)
    assert answer.headers["X-Version"] == "2"
    assert "30% → 45%" in answer.content.decode()
    by_hand = {"kind": "metric", "start": "30", "target": "50", "unit": "%", "version": 2}
    assert ada.post(f"{at}numbers/", by_hand, headers=HTMX).status_code == 200
    ada.post(at, {"title": "Activation 10 → 20%", "version": 3}, headers=HTMX)
    assert (fresh(key_result).start, fresh(key_result).target) == (30, 50)


@refusing
def test_a_stale_save_shows_both_versions_and_loses_no_word(world: World) -> None:
    objective = world.objective(title="Customers love the first week")
    okr.add_co_owner(world.ada, objective, person=world.ben)
    ada, ben = browser(world.ada), browser(world.ben)
    at = f"/goals/objectives/{objective.pk}/"
    assert ada.post(at, {"title": "Customers love the first month", "version": 2}, headers=HTMX).status_code == 200
    answer = ben.post(at, {"title": "All customers love the first week", "version": 2}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Byron" in text
    assert "month" in text
    assert "All customers love the first week</textarea>" in text
    assert fresh(objective).title == "Customers love the first month"
    page = ben.post(at, {"title": "All customers love the first week", "version": 2})
    assert page.status_code == 409
    assert "<h1>" in page.content.decode()


@refusing
def test_a_stale_save_of_the_same_words_is_no_conflict(world: World) -> None:
    objective = world.objective(title="Same words")
    okr.edit_objective(world.ada, objective, ambition="committed")
    answer = browser(world.ada).post(
        f"/goals/objectives/{objective.pk}/", {"title": "Same words", "version": 1}, headers=HTMX
    )
    assert (answer.status_code, answer.headers["X-Version"]) == (200, "3")


@refusing
def test_numbers_changed_by_two_stand_side_by_side(world: World) -> None:
    key_result = world.key_result(world.objective())
    okr.edit_key_result(world.ada, key_result, target=80)
    typed = {"kind": "metric", "start": "0", "target": "90", "version": 1}
    answer = browser(world.ada).post(f"/goals/key-results/{key_result.pk}/numbers/", typed, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "0 → 80" in text
    assert 'value="90"' in text
    assert 'name="version" value="2"' in text


FAULTS = [
    ({"kind": "metric", "start": "5", "target": "5"}, "target", 'value="5"'),
    ({"kind": "metric", "start": "5", "target": "many"}, "target", 'value="many"'),
    ({"kind": "maintain", "low": "9", "high": "3"}, "low", 'value="9"'),
    ({"kind": "milestones", "steps": ""}, "steps", "milestones"),
    ({"kind": "milestones", "steps": "×3"}, "steps", "×3</textarea>"),
    ({"kind": "metric", "start": "1", "target": "2", "given": "soon"}, "given", 'value="soon"'),
    ({"kind": "nonsense"}, "kind", "kind"),
]


@refusing
def test_a_fault_in_the_numbers_stands_beside_its_field(world: World) -> None:
    key_result = world.key_result(world.objective())
    ada, at = browser(world.ada), f"/goals/key-results/{key_result.pk}/numbers/"
    for typed, field, kept in FAULTS:
        answer = ada.post(at, typed, headers=HTMX)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="n{key_result.pk}-{field}-error"' in text
        assert kept in text
        assert ada.post(at, typed).status_code == 422


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"kind": "percent", "given": "40"}, {"kind": "percent", "start": None, "target": None, "current": 40}),
        ({"kind": "maintain", "low": "99.9", "unit": "%"}, {"kind": "maintain", "start": None, "low": "99.9"}),
        ({"kind": "binary", "done": "1"}, {"kind": "binary", "current": 1, "progress": 1}),
        ({"kind": "rubric", "level-0.3": "A draft", "level": "0.3"}, {"kind": "rubric", "current": "0.3"}),
        ({"kind": "baseline", "unit": "days"}, {"kind": "baseline", "unit_label": "days"}),
    ],
)
def test_numbers_of_every_kind_are_set_by_hand(world: World, typed: dict[str, str], stored: dict[str, Any]) -> None:
    key_result = world.key_result(world.objective())
    answer = browser(world.ada).post(f"/goals/key-results/{key_result.pk}/numbers/", typed, headers=HTMX)
    assert answer.status_code == 200
    now = fresh(key_result)
    for name, value in stored.items():
        found = getattr(now, name)
        assert found == (type(found)(value) if isinstance(value, str) else value)


def test_numbers_have_a_page_of_their_own_that_saves(world: World) -> None:
    """Without the line they stand under there is nothing to swap: the form is sent as a form."""
    key_result = world.key_result(world.objective())
    ada, at = browser(world.ada), f"/goals/key-results/{key_result.pk}/numbers/"
    assert f'hx-target="#kr-{key_result.pk}"' in ada.get(at, headers=HTMX).content.decode()
    assert "hx-target" not in ada.get(at).content.decode().partition("measure-panel")[2].partition("</form>")[0]
    assert ada.post(at, {"kind": "percent", "given": "40"}).status_code == 302
    assert fresh(key_result).current == 40


def test_milestones_are_lines_with_weights(world: World) -> None:
    key_result = world.key_result(world.objective())
    ada, at = browser(world.ada), f"/goals/key-results/{key_result.pk}/numbers/"
    ada.post(at, {"kind": "milestones", "steps": "Guide page ×2\n\n  视频  "}, headers=HTMX)
    assert fresh(key_result).steps == [{"title": "Guide page", "weight": 2.0}, {"title": "视频", "weight": 1.0}]
    assert "Guide page ×2\n视频</textarea>" in ada.get(at, headers=HTMX).content.decode()


@refusing
def test_order_by_steps(world: World) -> None:
    ada = browser(world.ada)
    first, second = world.objective(title="First"), world.objective(title="Second")
    keys = [world.key_result(first, title=f"Result {place}").pk for place in range(3)]
    assert ada.post(f"/goals/objectives/{second.pk}/place/", {"step": "-5"}, headers=HTMX).status_code == 204
    assert ada.post(f"/goals/key-results/{keys[0]}/place/", {"step": "1"}).status_code == 302
    assert [one.title for one in Objective.objects.order_by("position")] == ["Second", "First"]
    assert list(first.key_results.order_by("position").values_list("pk", flat=True)) == [keys[1], keys[0], keys[2]]
    assert ada.post(f"/goals/key-results/{keys[0]}/place/", {"step": "up"}, headers=HTMX).status_code == 422


@refusing
def test_state_changes_and_their_undo(world: World) -> None:
    ada, objective = browser(world.ada), world.objective(published=False)
    at = f"/goals/objectives/{objective.pk}"
    assert ada.post(f"{at}/publish/", headers=HTMX).status_code == 200
    assert fresh(objective).state == "active"
    assert ada.post(f"{at}/unpublish/", headers=HTMX).status_code == 200
    refused = ada.post(f"{at}/drop/", {"reason": " "}, headers=HTMX)
    assert (refused.status_code, fresh(objective).state) == (422, "draft")
    dropped = ada.post(f"{at}/drop/", {"reason": "No <time>"}, headers=HTMX).content.decode()
    assert "Dropped: No &lt;time&gt;" in dropped
    ada.post(f"{at}/reactivate/", headers=HTMX)
    gone = ada.post(f"{at}/archive/", headers=HTMX)
    assert gone.headers["HX-Reswap"] == "delete"
    assert f"{at}/restore/" in gone.headers["HX-Trigger"]
    assert "1 archived objective" in ada.get(sheet(world)).content.decode()
    ada.post(f"{at}/restore/", headers=HTMX)
    assert fresh(objective).archived_on is None


def test_all_drafts_are_published_with_one_button(world: World) -> None:
    for _number in range(3):
        world.objective(published=False)
    ada = browser(world.ada)
    assert "Publish 3 drafts" in ada.get(f"{sheet(world)}action/").content.decode()
    page = ada.post(f"{sheet(world)}publish/", follow=True).content.decode()
    assert "3 objectives are published." in page
    assert not Objective.objects.filter(state="draft").exists()


@refusing
def test_a_draft_moves_out_of_the_backlog_and_back(world: World) -> None:
    ada, objective = browser(world.ada), world.objective(published=False, cycle=world.backlog)
    at = f"/goals/objectives/{objective.pk}/move/"
    assert world.quarter.name in ada.get(sheet(world, cycle=world.backlog)).content.decode()
    moved = ada.post(at, {"cycle": world.quarter.pk}, headers=HTMX)
    assert fresh(objective).goal_set.cycle == world.quarter
    assert f"{at}{world.backlog.pk}/" in moved.headers["HX-Trigger"]
    ada.post(f"{at}{world.backlog.pk}/", headers=HTMX)
    assert fresh(objective).goal_set.cycle == world.backlog
    assert ada.post(at, {"cycle": "999999"}, headers=HTMX).status_code == 404


WRITES = [
    "goals/objectives/{o}/", "goals/objectives/{o}/chips/", "goals/objectives/{o}/publish/",
    "goals/objectives/{o}/unpublish/", "goals/objectives/{o}/archive/", "goals/objectives/{o}/restore/",
    "goals/objectives/{o}/drop/", "goals/objectives/{o}/place/", "goals/objectives/{o}/align/{other}/",
    "goals/objectives/{o}/unalign/{other}/", "goals/objectives/{o}/key-results/", "goals/objectives/{o}/actions/",
    "goals/objectives/{o}/reactivate/", "goals/objectives/{o}/move/{cycle}/",
    "goals/key-results/{kr}/", "goals/key-results/{kr}/numbers/", "goals/key-results/{kr}/archive/",
    "goals/key-results/{kr}/restore/", "goals/key-results/{kr}/place/", "goals/actions/{a}/",
    "goals/actions/{a}/archive/", "goals/actions/{a}/restore/", "goals/actions/{a}/place/",
    "goals/person/{ada}/{cycle}/add/", "goals/person/{ada}/{cycle}/publish/",
]  # fmt: skip


@refusing
def test_a_peer_writes_nothing_and_forged_keys_are_missing(world: World) -> None:
    objective = world.objective(published=False)
    key_result = world.key_result(objective)
    action = okr.add_action(world.ada, objective, title="Act")
    other = world.objective(world.web)
    known = {
        "o": objective.pk, "kr": key_result.pk, "a": action.pk, "other": other.pk,
        "ada": world.ada.pk, "cycle": world.quarter.pk,
    }  # fmt: skip
    sent = {"title": "Taken over", "reason": "over", "step": "1", "ambition": "committed", "kind": "binary"}
    ben = browser(world.ben)
    for path in WRITES:
        assert (path, ben.post(f"/{path.format(**known)}", sent, headers=HTMX).status_code) == (path, 403)
        forged = path.format(**dict.fromkeys(known, 10**20))
        assert (path, ben.post(f"/{forged}", sent, headers=HTMX).status_code) == (path, 404)
    now = fresh(objective)
    assert (now.title, now.state, now.ambition, now.version) == (objective.title, "draft", "aspirational", 1)


@pytest.mark.parametrize("size", [2, 12])
def test_a_page_costs_the_same_whatever_it_holds(world: World, size: int) -> None:
    for number in range(size):
        objective = world.objective(title=f"Objective {number}")
        world.key_result(objective)
        okr.add_action(world.ada, objective, title="Act")
    costs = {}
    for who in ("ada", "ben"):
        client = browser(getattr(world, who))
        client.get(sheet(world))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(sheet(world)).status_code == 200
        costs[who] = len(asked)
    assert costs == {"ada": 11, "ben": 12}  # of goals that are not his own: may he read their handshake?


def test_words_are_shown_as_words(world: World) -> None:
    objective = world.objective(title="<script>alert(1)</script>", description="<b>x</b> **bold**")
    world.key_result(objective, title='"><img src=x>')
    for who in (world.ada, world.ben):
        text = browser(who).get(sheet(world)).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>x</b>" not in text
    assert "<strong>bold</strong>" in text


def test_it_works_without_scripts(world: World) -> None:
    ada = browser(world.ada)
    page = ada.post(f"{sheet(world)}add/", {"title": "Plain", "key": "abcdefghij12"}, follow=True)
    assert "Plain</textarea>" in page.content.decode()
    objective = Objective.objects.get(title="Plain")
    ada.post(f"/goals/objectives/{objective.pk}/key-results/", {"title": "Launch it"})
    assert objective.key_results.get().kind == "binary"
    answer = ada.post(f"/goals/objectives/{objective.pk}/", {"title": "Plainer", "version": "1"}, follow=True)
    assert "Plainer</textarea>" in answer.content.decode()
    for path in (f"objectives/{objective.pk}/align", f"objectives/{objective.pk}/drop"):
        assert "<h1>" in ada.get(f"/goals/{path}/").content.decode()

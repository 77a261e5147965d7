"""Finding goals: words of both languages, what comes first, and nothing that is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandem.okr import commands as okr
from tandem.people.actors import SYSTEM
from tandem.people.commands import move_person
from tandem.search.commands import rebuild
from tandem.search.models import Entry, Word
from tandem.search.queries import faults_of_index, find, search
from tests.world import World, fresh

pytestmark = pytest.mark.django_db

FOUND = [
    "customers",
    "New customers",
    "cust",
    "love custo",
    "WEEK",
    "custmers",
    "cusotmers",
    "costumers",
    "weej love",
    "首周",
    "体验",
    "首周体验",
    "客户 首周",
    "NPS 首周",
    "Zufriedenheit",
    "ｎｐｓ",
]


def titles(world: World, text: str, kind: str = "objective") -> list[str]:
    return [one.title for one in find(world.ada, text, kind)]


def test_words_of_both_languages(world: World) -> None:
    both = world.objective(title="New customers love the first week 让客户首周体验", description="NPS, Zufriedenheit")
    world.objective(title="Ship the editor 发布编辑器")
    assert {text: titles(world, text) for text in FOUND} == {text: [both.title] for text in FOUND}


def test_key_results_are_found_with_their_objective(world: World) -> None:
    objective = world.objective()
    key_result = world.key_result(objective, title="激活率从 30% 提升到 45%")
    (hit,) = find(world.ben, "激活率", "key_result")
    assert (hit.id, hit.under, hit.owner, hit.unit, hit.cycle) == (
        key_result.pk, objective.pk, "Ada Byron", "Web", "2026 Q4",
    )  # fmt: skip


def test_what_comes_first(world: World) -> None:
    """The title itself, then its beginning, a word, the beginning of a word, a slip; near before far."""
    far = world.objective(world.office, title="Onboarding and growth")
    near = world.objective(world.web, title="Weekly growth")
    begun = world.objective(world.office, title="Growth of teams")
    exact = world.objective(world.office, title="Growth")
    part = world.objective(world.web, title="Our growthhacking")
    assert titles(world, "growth") == [one.title for one in (exact, begun, near, far, part)]


def test_a_secret_is_found_by_its_readers_alone(world: World) -> None:
    objective = world.objective(title="Phoenix")
    world.key_result(objective, title="Phoenix flies")
    okr.set_visibility(world.ada, fresh(objective), visibility="people")
    for kind in ("objective", "key_result"):
        assert find(world.ada, "phoenix", kind)
        assert find(world.ben, "phoenix", kind) == find(world.ben, "phenix", kind) == []


def test_hidden_goals_do_not_crowd_out_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tandem.search.queries.finding.FEW", 5)
    shown = world.objective(title="Raise the phoenix")
    for place in range(8):
        hidden = world.objective(world.office, title=f"Phoenix {place}")
        okr.set_visibility(world.hana, fresh(hidden), visibility="people")
    assert [one.title for one in find(world.ben, "phoenix", "objective", limit=3)] == [shown.title]


def test_what_is_put_away_is_not_found(world: World) -> None:
    objective = world.objective(title="Phoenix")
    world.key_result(objective, title="Phoenix flies")
    okr.archive_objective(world.ada, fresh(objective))
    assert not search(world.ada, "phoenix")
    okr.restore_objective(world.ada, fresh(objective))
    found = search(world.ada, "phoenix").hits
    assert [len(found[kind]) for kind in ("objective", "key_result")] == [1, 1]


def test_goals_follow_who_moves(world: World) -> None:
    world.objective(title="Phoenix")
    move_person(SYSTEM, fresh(world.ada), unit=world.data)
    assert list(faults_of_index(SYSTEM)) == []


def test_the_index_is_built_anew(world: World) -> None:
    world.key_result(world.objective(title="Phoenix"), title="Phoenix flies")
    stranger = Entry.objects.first()
    assert stranger is not None
    Entry.objects.all().delete()
    Word.objects.all().delete()
    Entry.objects.filter(title="x").delete()
    assert len(list(faults_of_index(SYSTEM))) == 4
    rebuild()
    assert list(faults_of_index(SYSTEM)) == []
    assert titles(world, "phenix") == ["Phoenix"]


def test_a_question_costs_the_same_whatever_is_found(world: World) -> None:
    counts = []
    for number in (0, 30):
        for place in range(number):
            world.key_result(world.objective(title=f"Growth {place}"), title=f"Growth of {place}")
        search(world.ada, "growth")
        with CaptureQueriesContext(connection) as queries:
            search(fresh(world.ada), "web")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_comments_are_found_by_who_reads_the_goal(world: World) -> None:
    objective = world.objective()
    comment = okr.add_comment(world.ben, objective, text="Phoenix 凤凰 again?")
    (hit,) = find(world.lin, "凤凰", "comment")
    assert (hit.id, hit.under, hit.owner, hit.title) == (comment.pk, objective.pk, "Ben", "Phoenix 凤凰 again?")
    okr.set_visibility(world.ada, fresh(objective), visibility="people")
    assert find(world.otto, "凤凰", "comment") == []
    okr.withdraw_comment(world.ben, fresh(comment))
    assert find(world.ada, "凤凰", "comment") == []
    assert list(faults_of_index(SYSTEM)) == []


def test_a_clone_is_found(world: World) -> None:
    cycle = world.backlog
    world.key_result(world.objective(title="Phoenix"), title="Phoenix flies")
    objective = okr.clone_objective(world.ada, fresh(world.objective(title="Zebra")), cycle=cycle)
    assert objective.pk in [one.id for one in find(world.ada, "zebra", "objective")]
    assert list(faults_of_index(SYSTEM)) == []

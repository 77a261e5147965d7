"""Talk about goals: threads, words that keep their thread, reactions, following."""

from typing import Any

import pytest

from tandem.okr import commands as okr
from tandem.okr.models import Comment, Follow, Objective
from tandem.okr.queries import REPLIES, is_following, one_thread, replies_before, threads_under
from tests.proof import records, refused
from tests.world import World, fresh

TITLE = "New customers love the first week"


def say(world: World, objective: Objective, **fields: Any) -> Comment:
    return okr.add_comment(world.ben, objective, **{"text": "Which customers?", **fields})


def test_a_talk_from_question_to_settled(world: World) -> None:
    objective = world.objective()
    with records("comment.written", "comment.replied", "comment.resolved", "comment.replied"):
        root = say(world, objective)
        okr.reply(world.ada, root, text="Those of *September*.")
        okr.resolve_thread(world.ben, fresh(root))
        okr.reply(world.lin, fresh(root), text="And October.")
    [thread] = threads_under(world.wei, objective)
    assert [one.comment.author_name for one in (thread.first, *thread.replies)] == ["Ben", "Ada Byron", "林小雨"]
    assert "<em>September</em>" in thread.replies[0].comment.html
    assert not thread.is_resolved, "an answer opens it again"


def test_a_long_thread_shows_its_newest_answers(world: World) -> None:
    objective = world.objective()
    root, short = say(world, objective), say(world, objective)
    said = [okr.reply(world.ada, root, text=f"{number}") for number in range(REPLIES + 5)]
    okr.reply(world.ada, short, text="Once")
    brief, long = threads_under(world.wei, objective)
    assert ([one.comment.text for one in brief.replies], brief.earlier, brief.count) == (["Once"], 0, 2)
    assert ([one.comment.id for one in long.replies], long.earlier) == ([one.pk for one in said[5:]], 5)
    assert long.count == REPLIES + 6
    since = one_thread(world.wei, root.pk, since=said[2].pk)
    assert ([one.comment.id for one in since.replies], since.earlier) == ([one.pk for one in said[2:]], 2)
    before = replies_before(world.wei, root, before=said[5].pk, limit=3)
    assert [one.comment.text for one in before] == ["4", "3", "2"]


def test_words_keep_their_thread_when_the_title_is_edited(world: World) -> None:
    objective = world.objective()
    root = say(world, objective, words={"field": "title", "quote": "first week"})
    okr.edit_objective(world.ada, objective, title="All new customers love the very first week")
    kept = fresh(root)
    assert (kept.quote, kept.position) == ("first week", 32)
    okr.edit_objective(world.ada, fresh(objective), title="Customers stay")
    gone = threads_under(world.ada, objective)[0].first.comment
    assert gone.words_are_gone
    assert gone.quote == "first week"


def test_words_of_a_description_are_those_one_reads(world: World) -> None:
    objective = world.objective(description="We lose **a third** of them.\n\n- in May")
    root = say(world, objective, words={"field": "description", "quote": "lose a third of"})
    okr.edit_objective(world.ada, objective, description="Today we lose **a third** of them.")
    assert fresh(root).position == len("Today we ")


def test_words_of_a_key_result_and_of_a_note(world: World) -> None:
    key_result = world.key_result(world.objective(), title="激活率提升到 45%", start=30, target=45)
    note = okr.check_in(world.ada, key_result, value=33, note="引导页上线，效果不错")
    first = say(world, key_result.objective, key_result=key_result, words={"field": "title", "quote": "45%"})
    second = say(world, key_result.objective, check_in=note, words={"field": "note", "quote": "引导页"})
    okr.edit_key_result(world.ada, key_result, title="首周激活率提升到 45%")
    new = okr.correct_check_in(world.ada, note, note="新的引导页上线，效果不错")
    assert fresh(first).position == 9
    moved = fresh(second)
    assert (moved.check_in_id, moved.position) == (new.pk, 2)


def test_whoever_is_named_is_a_link(world: World) -> None:
    objective = world.objective()
    root = say(world, objective, text="@林小雨 and @Ada Byron, look; @Nobody too, and not x@Ben")
    assert {one["name"] for one in root.mentions} == {"林小雨", "Ada Byron", "Ben"}
    html = threads_under(world.ada, objective)[0].first.comment.html
    assert f'<a href="/people/{world.lin.pk}/" rel="noopener noreferrer nofollow">@林小雨</a>' in html
    assert "@Nobody" in html


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"words": {"field": "title", "quote": "never said"}}, "quote"),
        ({"words": {"field": "title", "quote": ""}}, "quote"),
        ({"words": {"field": "note", "quote": "New"}}, "field"),
        ({"text": " ".join(f"@P{number}" for number in range(21))}, "text"),
    ],
)
def test_what_cannot_be_said(world: World, fields: dict[str, Any], field: str) -> None:
    objective = world.objective()
    if "@P0" in fields.get("text", ""):
        from tandem.people.actors import SYSTEM
        from tandem.people.commands import add_person

        people = [add_person(SYSTEM, None, name=f"P{number}") for number in range(21)]
        fields = {**fields, "mentions": people}
    with refused(422, field=field):
        say(world, objective, **fields)


def test_what_lies_elsewhere_is_refused(world: World) -> None:
    here, there = world.objective(), world.objective(world.ben)
    key_result = world.key_result(there)
    draft = okr.check_in(world.ben, key_result, value=1, draft=True)
    with refused(422, field="key_result"):
        say(world, here, key_result=key_result)
    with refused(422, field="check_in"):
        say(world, there, check_in=draft)
    with refused(422, code="thread"):
        okr.reply(world.ada, okr.reply(world.ada, say(world, here), text="x"), text="y")
    with refused(422, code="archived"):
        say(world, okr.archive_objective(world.ada, here))


def test_ones_own_words_are_reworded_and_withdrawn(world: World) -> None:
    objective = world.objective()
    root = say(world, objective)
    okr.reply(world.ada, root, text="All.")
    okr.edit_comment(world.ben, root, text="Which new customers?", version=1)
    with refused(409):
        okr.edit_comment(world.ben, root, text="Other", version=1)
    with refused(403):
        okr.edit_comment(world.ada, root, text="Mine now")
    okr.withdraw_comment(world.ben, fresh(root))
    with refused(422, code="withdrawn"):
        okr.edit_comment(world.ben, fresh(root), text="Other")
    [thread] = threads_under(world.ada, objective)
    assert (thread.first.comment.text, len(thread.replies)) == ("", 1), "its place stays"
    okr.restore_comment(world.ben, fresh(root))
    assert threads_under(world.ada, objective)[0].first.comment.text == "Which new customers?"


def test_reactions_are_counted_once_a_person(world: World) -> None:
    objective = world.objective()
    root = say(world, objective)
    for who in (world.ada, world.lin, world.lin):
        okr.react(who, root, kind="agree")
    okr.take_back_reaction(world.ada, root, kind="agree")
    with refused(422, field="kind"):
        okr.react(world.ada, root, kind="applause")
    of_lin = threads_under(world.lin, objective)[0].first.reactions
    of_ada = threads_under(world.ada, objective)[0].first.reactions
    assert of_lin == [("agree", 1, True)]
    assert of_ada == [("agree", 1, False)]


def test_who_hears_of_an_objective(world: World) -> None:
    objective = world.objective()
    okr.add_co_owner(world.ada, objective, person=world.otto)
    say(world, objective)
    for who, hears in ((world.ada, True), (world.otto, True), (world.ben, True), (world.lin, False)):
        assert is_following(who, objective) is hears, who
    okr.follow_objective(world.lin, objective)
    okr.mute_objective(world.ada, objective)
    okr.mute_objective(world.ben, objective)
    say(world, objective, text="Again, and still muted")
    assert not is_following(world.ben, objective)
    assert not is_following(world.ada, objective)
    assert fresh(objective).followers == Follow.objects.filter(objective=objective, is_muted=False).count() == 2

"""Suggestions: words from the other side, taken with one click by the owner, or left."""

import pytest
from django.db import transaction

from tandem.activity.models import Event
from tandem.core.errors import Conflict
from tandem.okr import commands as okr
from tandem.okr.queries import get_suggestion
from tests.proof import refused
from tests.world import World, fresh


def test_taken_words_are_the_owners_own_change(world: World) -> None:
    mine = world.objective()
    key_result = world.key_result(mine)
    one = okr.suggest_wording(world.lin, mine, text="New customers stay")
    other = okr.suggest_wording(world.lin, mine, text="激活率", key_result=key_result)
    okr.take_suggestion(world.ada, one)
    okr.take_suggestion(world.ada, other)
    assert (fresh(mine).title, fresh(key_result).title) == ("New customers stay", "激活率")
    edited = Event.objects.get(verb="objective.edited", about=f"objective:{mine.pk}")
    assert edited.actor == world.ada
    assert fresh(one).state == "taken"


def test_words_for_another_title_are_compared_first(world: World) -> None:
    mine = world.objective()
    one = okr.suggest_wording(world.lin, mine, text="New customers stay")
    okr.edit_objective(world.ada, mine, title="Customers stay")
    with transaction.atomic(), pytest.raises(Conflict) as told_so, transaction.atomic():
        okr.take_suggestion(world.ada, fresh(one))
    assert told_so.value.current["title"] == "Customers stay"
    assert okr.leave_suggestion(world.ada, fresh(one)).state == "left"
    with refused(422):
        okr.take_suggestion(world.ada, fresh(one))


@pytest.mark.parametrize("text", ["", " ", "New customers love the first week", "x" * 501])
def test_what_is_no_suggestion(world: World, text: str) -> None:
    with refused(422, field="text"):
        okr.suggest_wording(world.lin, world.objective(), text=text)


def test_the_leader_cannot_take_it_for_the_owner(world: World) -> None:
    one = okr.suggest_wording(world.lin, world.objective(), text="New customers stay")
    with refused(403):
        okr.take_suggestion(world.lin, one)
    assert okr.withdraw_suggestion(world.lin, one).state == "withdrawn"


def test_of_a_hidden_goal_there_is_no_suggestion(world: World) -> None:
    mine = world.objective(visibility="line")
    one = okr.suggest_wording(world.lin, mine, text="Quiet")
    with refused(404):
        get_suggestion(world.ben, one.pk)
    assert get_suggestion(world.wei, one.pk) == one

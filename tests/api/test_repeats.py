"""A write sent twice with one `Idempotency-Key` is done once and answered twice."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tandem.activity.models import KeptAnswer
from tandem.activity.repeats import forget_kept_answers
from tandem.core.clock import now
from tandem.okr.models import CheckIn, Objective
from tests.api.conftest import Door
from tests.world import World


def create(door: Door, world: World, key: str = "k-1", title: str = "Once") -> Any:
    return door.ask("POST", "/objectives", {"cycle": world.quarter.pk, "title": title}, Idempotency_Key=key)


def test_the_same_answer_again_and_nothing_done_twice(world: World, ada: Door) -> None:
    first, second = create(ada, world), create(ada, world)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert Objective.objects.filter(title="Once").count() == 1


def test_another_request_with_the_same_key_is_refused(world: World, ada: Door) -> None:
    create(ada, world)
    other = create(ada, world, title="Twice")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_used")
    assert other.json()["error"]["field"] == "Idempotency-Key"
    assert not Objective.objects.filter(title="Twice").exists()


def test_each_person_has_their_own_keys(world: World, ada: Door) -> None:
    create(ada, world)
    assert "Idempotency-Replayed" not in create(Door(world.ben), world).headers
    assert Objective.objects.filter(title="Once").count() == 2


def test_a_refused_request_may_be_mended_and_sent_again(world: World, ada: Door) -> None:
    assert create(ada, world, title="").status_code == 422
    assert not KeptAnswer.objects.exists()
    assert create(ada, world, title="Once").status_code == 201


def test_an_answer_without_a_body_is_kept_too(world: World, ada: Door) -> None:
    key_result = world.key_result(world.objective())
    body = {"value": 7}
    address = f"/key-results/{key_result.pk}/check-ins"
    answers = [ada.ask("POST", address, body, Idempotency_Key="c") for _twice in range(2)]
    assert answers[0].content == answers[1].content
    assert CheckIn.objects.count() == 1


def test_the_key_ends_after_a_day(world: World, ada: Door) -> None:
    create(ada, world)
    with time_machine.travel(now() + timedelta(hours=25)):
        assert "Idempotency-Replayed" not in create(ada, world, title="Tomorrow").headers
        assert "Idempotency-Replayed" in create(ada, world, title="Tomorrow").headers
    with time_machine.travel(now() + timedelta(hours=51)):
        forget_kept_answers()
        assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 201, "clé", "a\tb"])
def test_keys_that_are_none(world: World, ada: Door, key: str) -> None:
    answer = create(ada, world, key)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "Idempotency-Key")


def test_reads_and_tokens_keep_nothing(world: World, ada: Door) -> None:
    assert ada.ask("GET", "/me", Idempotency_Key="r").status_code == 200
    assert ada.ask("POST", "/me/tokens", {"name": "x"}, Idempotency_Key="t").status_code == 201
    assert not KeptAnswer.objects.exists()


def test_whoever_is_not_signed_in_takes_no_key(world: World) -> None:
    assert create(Door(), world).status_code == 401
    assert create(Door(world.ada, enforce_csrf_checks=True), world).status_code == 403
    assert not KeptAnswer.objects.exists()

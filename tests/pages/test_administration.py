"""The administration's index, the roles, and the health page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tandem.activity.models import WorkerSeen
from tandem.activity.outbox import deliver
from tandem.activity.worker import Worker
from tandem.core.clock import now
from tests.api.conftest import Door
from tests.pages.conftest import LANGUAGES, TOP, text_of
from tests.world import World

Browse = Callable[..., Client]
refuses = pytest.mark.django_db(transaction=True)
"""A refused command ends its transaction; the page that says so is drawn after it."""
LEADS_TO = {
    "omar": {"organization", "roles", "company", "audit", "health", "cycles"},
    "hana": {"organization", "audit"},
    "chen": {"cycles"},
}


@pytest.mark.parametrize(("who", "places"), LEADS_TO.items())
def test_each_finds_what_they_may_open(world: World, browse: Browse, who: str, places: set[str]) -> None:
    client = browse(getattr(world, who))
    content = client.get(reverse("administration")).content.decode().partition("<main")[2]
    shown = {name for name in LEADS_TO["omar"] if f'href="{reverse(name)}"' in content}
    assert shown == places
    for name in places:
        assert client.get(reverse(name)).status_code == 200


def test_others_find_nothing_to_administer(world: World, browse: Browse) -> None:
    client = browse(world.grace)
    assert reverse("administration") not in client.get(reverse("my_week")).content.decode()
    for name in ("administration", "roles", "audit", "health"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles_are_on_one_page(world: World, browse: Browse, language: str, asks: Callable[[Client, str], int]) -> None:
    client = browse(world.omar, language=language)
    text = text_of(client.get(reverse("roles")))
    for name in ("Omar", "Hana", "陈晨"):
        assert name in text
    assert "Ada Byron" not in text
    assert asks(client, reverse("roles")) <= TOP


def failed_task(**fields: Any) -> "DBTaskResult[Any, Any]":
    tasks: Any = DBTaskResult.objects
    said = {"args_kwargs": {"args": ["secret words"], "kwargs": {}}, "run_after": now(), "status": "FAILED"}
    trouble = "Traceback\nSMTPRecipientsRefused: no such box"
    task: DBTaskResult[Any, Any] = tasks.create(task_path=deliver.module_path, traceback=trouble, **(said | fields))
    return task


def test_health_says_whether_anybody_works(world: World, browse: Browse, settings: Settings) -> None:
    settings.PERIODIC_JOBS = {}
    omar = browse(world.omar)
    assert "No worker was seen" in text_of(omar.get(reverse("health")))
    Worker().run_once()
    assert WorkerSeen.objects.count() == 1
    text = text_of(omar.get(reverse("health")))
    assert "No worker was seen" not in text
    assert "1 worker:" in text
    WorkerSeen.objects.update(seen_at=now() - timedelta(minutes=10))
    assert "No worker was seen" in text_of(omar.get(reverse("health")))


@refuses
def test_what_failed_is_tried_again_or_forgotten(world: World, browse: Browse) -> None:
    again, gone = failed_task(), failed_task()
    omar = browse(world.omar)
    text = text_of(omar.get(reverse("health")))
    assert "no such box" in text
    assert "secret words" not in text
    omar.post(reverse("health_retry", args=[again.pk]))
    omar.post(reverse("health_forget", args=[gone.pk]))
    assert DBTaskResult.objects.get(pk=again.pk).status == "READY"
    assert not DBTaskResult.objects.filter(pk=gone.pk).exists()
    assert omar.post(reverse("health_retry", args=[again.pk])).status_code == 404
    assert browse(world.hana).post(reverse("health_forget", args=[again.pk])).status_code == 403


def test_the_same_through_the_api(world: World) -> None:
    task = failed_task()
    omar = Door(world.omar)
    said = omar.get("/health")
    assert said["queue"]["failed"] == said["mail"]["failed"] == 1
    assert said["failed"][0]["id"] == str(task.pk)
    assert said["database"]["waiting_migrations"] == 0
    assert omar.ask("POST", f"/health/tasks/{task.pk}/retry").status_code == 204
    assert omar.ask("POST", f"/health/tasks/{task.pk}/forget").status_code == 404
    assert omar.ask("POST", "/health/test-mail").status_code == 204
    verbs = [one["verb"] for one in omar.get("/audit?group=running")["items"]]
    assert verbs == ["mail.tested", "task.retried"]
    assert omar.get("/audit?limit=1")["next"]
    omar.get("/audit?group=x", 422)
    for path in ("/health", "/audit"):
        Door(world.ada).get(path, 403)

"""Probes and numbers."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tandem.config import health


def test_healthz_needs_no_database_and_no_host_name(client: Client) -> None:
    answered = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answered.status_code, answered.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_asks_the_database(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    assert client.get("/readyz").content == b"ok\n"
    with django_assert_max_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_readyz_waits_for_migrations(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrations_wait", lambda: True)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_metrics_count_answers(client: Client) -> None:
    client.get("/accounts/login/")
    text = client.get("/metrics").content.decode()
    assert 'tandem_answers_total{door="sign-in",status="2xx"}' in text
    assert "tandem_answer_seconds_bucket" in text


def test_metrics_are_for_this_machine_or_for_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.7").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    settings.METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer é"}).status_code == 403
    right = client.get("/metrics", headers={"Authorization": "Bearer s3cret"}, REMOTE_ADDR="10.0.0.7")
    assert right.status_code == 200

"""The outbox and periodic jobs."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tandem.activity import jobs, outbox
from tandem.activity.models import Job
from tandem.config import settings as product
from tandem.config.jobs import PERIODIC_JOBS
from tandem.core.clock import now

Work = Callable[[], None]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters_are_kept(settings: Settings) -> None:
    settings.EMAIL_BACKEND = product.EMAIL_BACKEND  # Django's test runner puts another in its place
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PERIODIC_JOBS = {}


def test_a_mail_is_sent_as_it_was_written(work: Work) -> None:
    written = EmailMultiAlternatives(
        "你好", "Text", "Tandem <t@example.com>", ["a@example.com"], cc=["c@example.com"], headers={"X-About": "1"}
    )
    written.attach_alternative("<p>Text</p>", "text/html")
    written.send()
    assert mail.outbox == []
    work()
    sent = mail.outbox[0]
    assert (sent.subject, sent.body, sent.to, sent.cc) == ("你好", "Text", ["a@example.com"], ["c@example.com"])
    assert sent.extra_headers == {"X-About": "1"}
    assert "<p>Text</p>" in str(sent.message())


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_transaction_that_failed_is_not_sent(work: Work) -> None:
    with transaction.atomic():
        send_mail("no", "no", None, ["a@example.com"])
        transaction.set_rollback(True)
    work()
    assert mail.outbox == []


def test_a_mail_that_cannot_leave_is_tried_again_later(monkeypatch: pytest.MonkeyPatch, work: Work) -> None:
    def away(_mail: dict[str, Any]) -> EmailMultiAlternatives:
        raise SMTPServerDisconnected("away")

    unpacked: Callable[[dict[str, Any]], EmailMultiAlternatives] = outbox._unpacked
    monkeypatch.setattr(outbox, "_unpacked", away)
    send_mail("Hello", "text", None, ["a@example.com"])
    work()
    assert DBTaskResult.objects.filter(status="READY", run_after__gt=now()).count() == 1
    monkeypatch.setattr(outbox, "_unpacked", unpacked)
    work()
    assert mail.outbox == []
    with time_machine.travel(now() + timedelta(minutes=2)):
        work()
    assert [one.subject for one in mail.outbox] == ["Hello"]


def test_a_job_runs_once_when_it_is_due(settings: Settings, work: Work) -> None:
    settings.PERIODIC_JOBS = {"clear-sessions": PERIODIC_JOBS["clear-sessions"]}
    start = now()
    assert jobs.enqueue_due_jobs() == ["clear-sessions"]
    assert jobs.enqueue_due_jobs() == []
    work()
    assert DBTaskResult.objects.successful().count() == 1
    with time_machine.travel(start + timedelta(hours=13)):
        assert jobs.enqueue_due_jobs() == ["clear-sessions"]
    assert Job.objects.count() == 1


@pytest.mark.parametrize("name", PERIODIC_JOBS)
def test_every_job_can_run(name: str, settings: Settings) -> None:
    settings.PERIODIC_JOBS = PERIODIC_JOBS
    jobs.run_job.call(name)


def test_a_task_whose_worker_was_killed_is_given_back(work: Work, settings: Settings) -> None:
    settings.PERIODIC_JOBS = {"clear-finished-tasks": PERIODIC_JOBS["clear-finished-tasks"]}
    jobs.enqueue_due_jobs()
    DBTaskResult.objects.update(status="RUNNING", started_at=now() - timedelta(hours=1))
    work()
    assert not DBTaskResult.objects.successful().exists()
    jobs.give_back_lost_tasks()
    work()
    assert DBTaskResult.objects.successful().count() == 1


def test_a_mail_under_way_when_its_worker_was_killed_is_not_sent_again(work: Work) -> None:
    send_mail("Hello", "text", None, ["a@example.com"])
    DBTaskResult.objects.update(status="RUNNING", started_at=now() - timedelta(hours=1))
    jobs.give_back_lost_tasks()
    work()
    assert mail.outbox == []
    assert "may have been sent" in DBTaskResult.objects.failed().get().traceback


def test_finished_tasks_are_forgotten_after_a_day(work: Work) -> None:
    send_mail("Hello", "text", None, ["a@example.com"])
    work()
    jobs.clear_finished_tasks()
    assert DBTaskResult.objects.count() == 1
    with time_machine.travel(now() + timedelta(days=2)):
        jobs.clear_finished_tasks()
    assert DBTaskResult.objects.count() == 0

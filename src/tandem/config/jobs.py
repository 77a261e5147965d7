"""What Tandem does by itself, and how often."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command


@dataclass(frozen=True)
class Periodic:
    every: timedelta
    function: str  # dotted name of a function without arguments


PERIODIC_JOBS = {
    "give-back-lost-tasks": Periodic(timedelta(minutes=10), "tandem.activity.jobs.give_back_lost_tasks"),
    "clear-finished-tasks": Periodic(timedelta(hours=6), "tandem.activity.jobs.clear_finished_tasks"),
    "forget-kept-answers": Periodic(timedelta(hours=1), "tandem.activity.repeats.forget_kept_answers"),
    "clear-sessions": Periodic(timedelta(hours=12), "tandem.config.jobs.clear_sessions"),
    "follow-readings": Periodic(timedelta(minutes=1), "tandem.config.jobs.follow_readings"),
    "forget-people-files": Periodic(timedelta(hours=6), "tandem.integrations.people_file.commands.forget_old_files"),
    "forget-kpi-files": Periodic(timedelta(hours=6), "tandem.kpi.commands.files.forget_old_files"),
    "prepare-next-cycles": Periodic(timedelta(hours=6), "tandem.config.jobs.prepare_next_cycles"),
    "forget-audit": Periodic(timedelta(hours=24), "tandem.config.jobs.forget_audit"),
    "send-digests": Periodic(timedelta(minutes=10), "tandem.activity.letters.send_due_digests"),
    "remind-of-handshakes": Periodic(timedelta(hours=6), "tandem.config.jobs.remind_of_handshakes"),
    "remind-of-rounds": Periodic(timedelta(hours=6), "tandem.config.jobs.remind_of_rounds"),
    "remind-of-check-ins": Periodic(timedelta(hours=1), "tandem.config.jobs.remind_of_check_ins"),
}


def clear_sessions() -> None:
    """Delete the sessions that have run out, and the devices that they were."""
    from tandem.people.devices import forget_ended_devices

    call_command("clearsessions")
    forget_ended_devices()


def prepare_next_cycles() -> None:
    from tandem.cycles.commands import prepare_next_cycles as prepare
    from tandem.people.actors import SYSTEM

    prepare(SYSTEM, None)


def forget_audit() -> None:
    """Remove what only the audit log tells, once it is older than the company wants to keep it."""
    from tandem.activity.commands import forget_audit as forget
    from tandem.core.clock import now
    from tandem.people.actors import SYSTEM
    from tandem.people.queries import organization

    days = organization().audit_days
    if days is not None:
        forget(SYSTEM, None, before=now() - timedelta(days=days))


def follow_readings() -> None:
    from tandem.okr.commands import follow_all

    follow_all()


def remind_of_handshakes() -> None:
    from tandem.okr.commands import remind_of_handshakes as remind
    from tandem.people.actors import SYSTEM

    last: int | None = 0
    while last is not None:
        last = remind(SYSTEM, None, after=last)


def remind_of_check_ins() -> None:
    from tandem.okr.commands import remind_of_check_ins as remind
    from tandem.people.actors import SYSTEM

    last: int | None = 0
    while last is not None:
        last = remind(SYSTEM, None, after=last)


def remind_of_rounds() -> None:
    """Suppliers of what is late, and everybody by the dates of the rounds that are open."""
    from tandem.kpi.commands import remind_of_round, remind_suppliers
    from tandem.kpi.queries import rounds
    from tandem.people.actors import SYSTEM

    remind_suppliers(SYSTEM, None)
    for one in rounds(SYSTEM).filter(closed_at=None):
        remind_of_round(SYSTEM, one)

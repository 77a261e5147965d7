"""What the storm needs inside Tandem: people with tokens and goals, mails in the outbox; and what became of it all.

python -m bench.storm_company make|mails|lost|told
"""

import json
import sys
import uuid
from datetime import UTC, datetime, timedelta

WRITERS = 12


def make() -> dict[str, object]:
    from tandem.cycles import commands as cycles
    from tandem.okr import commands as okr
    from tandem.people import commands as people
    from tandem.people.actors import SYSTEM
    from tandem.people.tokens import make_token

    today = datetime.now(UTC).date()
    unit = people.create_unit(SYSTEM, None, name="Storm", kind="company")
    cycle = cycles.create_cycle(
        SYSTEM, None, name="Now", start=today - timedelta(days=30), end=today + timedelta(days=60)
    )
    writers = []
    for number in range(WRITERS):
        person = people.add_person(SYSTEM, unit, name=f"Writer {number}", email=f"w{number}@example.com")
        objective = okr.create_objective(person, person, cycle=cycle, title=f"Objective {number}")
        okr.publish_objective(person, objective)
        key_result = okr.add_key_result(person, objective, title="Number", kind="metric", start=0, target=100_000)
        _token, text = make_token(SYSTEM, person, name="storm", scope="admin")
        writers.append({"token": text, "key_result": key_result.pk, "objective": objective.pk})
    champion = people.add_person(SYSTEM, unit, name="Champion", email="champion@example.com")
    champion = people.set_roles(SYSTEM, champion, champion=True)
    _token, text = make_token(SYSTEM, champion, name="storm", scope="admin")
    return {"writers": writers, "champion": text}


def mails(count: int) -> None:
    """Put numbered mails into the outbox, as a command would: in a transaction."""
    from django.core.mail import send_mail
    from django.db import transaction

    with transaction.atomic():
        for number in range(count):
            subject = f"storm {uuid.uuid4().hex} {number}"
            send_mail(subject, "Words.", None, ["somebody@example.com"])


def lost() -> None:
    """What the periodic job does with tasks whose worker died, without the half hour that it waits."""
    from tandem.activity import jobs

    jobs.LONGEST_TASK = timedelta(0)
    jobs.give_back_lost_tasks()


def told() -> dict[str, object]:
    """Every note that is there (with how often), the cycles that are closed, the mails that wait."""
    from collections import Counter

    from django_tasks_db.models import DBTaskResult

    from tandem.cycles.models import Cycle
    from tandem.okr.models import CheckIn, Comment

    notes = Counter(CheckIn.objects.values_list("note", flat=True))
    closed = list(Cycle.objects.filter(phase="closed").values_list("name", flat=True))
    mails = DBTaskResult.objects.filter(task_path__endswith="outbox.deliver")
    states = dict(Counter(mails.values_list("status", flat=True)))
    comments = Counter(Comment.objects.values_list("text", flat=True))
    return {"notes": notes, "comments": comments, "closed": closed, "mails": states}


if __name__ == "__main__":
    import django

    django.setup()
    from tandem.config.database_upgrade import upgrade_database

    upgrade_database()
    what, *rest = sys.argv[1:]
    done = {"make": make, "mails": lambda: mails(int(rest[0])), "lost": lost, "told": told}[what]()
    print(json.dumps(done))

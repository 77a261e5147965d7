"""A run of digests inside the measured company: some people have three pieces of news waiting each. JSON on stdout."""

import json
import os
import sys
import time

PEOPLE, NEWS = 200, 3


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandem.config.settings")
    import django

    django.setup()
    from tandem.activity.letters import send_due_digests
    from tandem.activity.models import Notification
    from tandem.core.clock import now

    told()
    waiting = Notification.objects.filter(kind="comment")
    waiting.update(digest_at=now(), mail_due=False)
    readers = waiting.values("person").distinct().count()
    begun = time.process_time()
    send_due_digests()
    json.dump({"letters": readers, "ms": 1000 * (time.process_time() - begun) / max(1, readers)}, sys.stdout)


def told() -> None:
    """Somebody comments on goals all over the company; their owners are told."""
    from tandem.okr import commands as okr
    from tandem.okr.models import Objective
    from tandem.people.models import Person

    people = list(Person.objects.order_by("pk"))
    writer, owners = people[0], people[1 :: max(1, len(people) // PEOPLE)][:PEOPLE]
    for objective in Objective.objects.filter(goal_set__owner_person__in=owners, position=0):
        for number in range(NEWS):
            okr.add_comment(writer, objective, text=f"How do we notice it first? ({number})")


if __name__ == "__main__":
    main()

"""Inside the measured company: sessions, the keys that clients ask for, and the bare read. JSON on stdout."""

import json
import os
import sys
import time
from typing import Any

SIGNED_IN = 64
ASKED = 200
ROUNDS = 2000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandem.config.settings")
    import django

    django.setup()
    json.dump({**keys(), "bare_ms": bare()}, sys.stdout)


def keys() -> dict[str, Any]:
    from django.test import Client

    from tandem.cycles.models import Cycle
    from tandem.okr.models import KeyResult, Objective
    from tandem.people.models import Person, Unit

    people = list(Person.objects.order_by("pk"))
    signed_in = people[:: max(1, len(people) // SIGNED_IN)][:SIGNED_IN]
    cookies = []
    for person in signed_in:
        client = Client()
        client.force_login(person)
        cookies.append("; ".join(f"{name}={one.value}" for name, one in client.cookies.items()))
    owners = [person.pk for person in signed_in]
    rows = KeyResult.objects.filter(objective__goal_set__owner_person__in=owners, kind="metric")
    own: dict[int, list[int]] = {}
    for owner, key in rows.values_list("objective__goal_set__owner_person", "pk"):
        own.setdefault(owner, []).append(key)
    shared = Objective.objects.filter(goal_set__owner_person=owners[0]).order_by("pk").first()
    assert shared is not None
    return {
        "cycle": Cycle.objects.get().pk,
        "cookies": cookies,
        "people": owners,
        "own_key_results": [own[owner] for owner in owners],
        "asked": [person.pk for person in people[:: max(1, len(people) // ASKED)][:ASKED]],
        "units": list(Unit.objects.filter(children=None).values_list("pk", flat=True)[:ASKED]),
        "shared": shared.pk,
        "shared_key_results": list(rows.filter(objective=shared).values_list("pk", flat=True)),
    }


def bare() -> float:
    """CPU ms that the six queries of one person's goals cost by themselves, without Django around them."""
    from django.db import connection

    from tandem.core.rows import answers
    from tandem.okr.models import GoalSet
    from tandem.okr.queries import goals, goals_of_person
    from tandem.people.actors import SYSTEM

    some = list(GoalSet.objects.filter(owner_person__isnull=False).values_list("pk", "owner_person", "cycle")[:ASKED])
    goals_of_person(SYSTEM, some[0][1], some[0][2])
    vendor = connection.vendor
    first = goals._set_of_person._compiled[vendor]
    rest = [one._compiled[vendor] for one in goals._OF_SET]
    begin = time.process_time()
    for place in range(ROUNDS):
        key, owner, cycle = some[place % len(some)]
        answers(first, {"owner": owner, "cycle": cycle})
        for one in rest:
            answers(one, {"goals": key})
    return (time.process_time() - begin) * 1000 / ROUNDS


if __name__ == "__main__":
    main()

"""Lock 4: what counts for pay runs blind. Every way to look at goals that code could take is tried."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef
from django.db.models.expressions import RawSQL

from tandem.activity import audit
from tandem.activity.models import Event
from tandem.core import wall
from tandem.core.one_row import one_row
from tandem.core.rows import Rows
from tandem.growth import commands as growth
from tandem.growth.models import Story
from tandem.okr import commands as okr
from tandem.okr.models import KeyResult, Objective
from tandem.okr.queries import get_objective
from tandem.people.models import Person
from tests.world import World, fresh

Make = Callable[..., Callable[..., Any]]
pytestmark = pytest.mark.django_db(transaction=True)


def sql(text: str) -> Callable[[World, Objective], object]:
    def ask(_world: World, _objective: Objective) -> object:
        with connection.cursor() as cursor:
            cursor.execute(text)
            return cursor.fetchall()

    return ask


_compiled = Rows(tuple, lambda key: Objective.objects.filter(pk=key).values_list("pk", "progress"))
WAYS: dict[str, Callable[[World, Objective], object]] = {
    "the ORM": lambda _w, o: list(Objective.objects.filter(pk=o.pk)),
    "apps.get_model": lambda _w, _o: apps.get_model("okr", "Objective").objects.count(),
    "apps.get_model by one name": lambda _w, _o: apps.get_model("okr.keyresult").objects.aggregate(Max("progress")),
    "a model's manager": lambda _w, o: type(o)._base_manager.get(pk=o.pk),
    "a row that is read anew": lambda _w, o: fresh(o),
    "a row in hand": lambda _w, o: o.goal_set.cycle and o.key_results.count(),
    "a query of okr": lambda w, o: get_objective(w.ada, o.pk),
    "a command of okr": lambda w, o: okr.edit_objective(w.ada, o, title="Bought"),
    "a compiled query": lambda _w, o: _compiled(key=o.pk),
    "one row by its key": lambda _w, o: one_row(KeyResult, o.pk),
    "values": lambda _w, _o: list(Objective.objects.values_list("progress", flat=True)),
    "an iterator": lambda _w, _o: list(Objective.objects.iterator(chunk_size=1)),
    "exists": lambda _w, _o: Objective.objects.exists(),
    "a subquery": lambda _w, _o: list(Person.objects.filter(Exists(Objective.objects.filter(pk=OuterRef("pk"))))),
    "an IN": lambda _w, _o: list(Person.objects.filter(pk__in=Objective.objects.values("goal_set__owner_person"))),
    "raw": lambda _w, _o: list(Person.objects.raw("SELECT id, progress AS name FROM okr_objective")),
    "an expression": lambda _w, _o: list(
        Person.objects.annotate(x=RawSQL("(SELECT avg(progress) FROM okr_objective)", []))
    ),
    "a write": lambda _w, o: Objective.objects.filter(pk=o.pk).update(title="Bought"),
    "a bulk write": lambda _w, _o: Objective.objects.bulk_update(Objective.objects.all(), ["title"]),
    "a lock": lambda _w, o: okr.publish_objective(_w.ada, o),
    "a dossier": lambda _w, _o: list(Story.objects.all()),
    "SQL": sql("SELECT progress FROM okr_objective"),
    "SQL in other letters": sql("select PROGRESS from OKR_Objective"),
    "SQL in quotes": sql('SELECT "progress" FROM "okr_objective"'),
    "SQL with the schema": sql('SELECT progress FROM main."okr_objective"'),
    "SQL with a comment": sql("SELECT progress FROM/**/okr_objective"),
    "SQL of many tables": sql("SELECT o.progress FROM people_person p, okr_objective o"),
    "SQL with a name for it": sql("WITH x AS (SELECT * FROM okr_keyresult) SELECT * FROM x"),
    "SQL of a table made of it": sql("CREATE TABLE paid AS SELECT * FROM okr_objective"),
    "SQL of a view": sql("CREATE VIEW paid AS SELECT * FROM okr_objective"),
    "SQL with disguised names": sql('SELECT * FROM U&"\\006fkr_objective"'),
    "SQL made of text": sql("DO $$ BEGIN EXECUTE 'SELECT * FROM okr' || '_objective'; END $$"),
    "SQL through XML": sql("SELECT query_to_xml('SELECT * FROM okr' || '_objective', true, true, '')"),
    "what events say of check-ins": lambda _w, _o: list(Event.objects.filter(verb="check_in.made")),
    "what events say, in SQL": sql("SELECT data FROM people_person, activity_event"),
    "answers kept for clients": sql("SELECT body FROM activity_keptanswer"),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_a_command_to_goals_and_the_try_is_audited(world: World, pay_command: Make, way: str) -> None:
    objective = world.objective()
    growth.tell_story(world.ada, world.ada, title="x")
    before = Event.objects.count()

    def pay_by_goals(actor: Person, person: Person) -> None:
        Person.objects.filter(pk=person.pk).update(job_level="bought")
        WAYS[way](world, objective)

    peek = pay_command(pay_by_goals)
    with pytest.raises(wall.WalledOff):
        peek(world.hana, world.ada)
    assert fresh(world.ada).job_level == "", "nothing it wrote is left"
    assert fresh(objective).title != "Bought"
    told = Event.objects.filter(verb="wall.refused").get()
    assert (told.actor, told.data["what"]) == (world.hana, "kpi.pay_by_goals")
    assert Event.objects.count() == before + 1
    [item] = audit.told(world.omar, audit.audit(world.omar, audit.Asked(group="running")).filter(pk=told.pk))
    assert "kpi.pay_by_goals" in item.sentence


def test_a_refusal_that_is_swallowed_is_refused_all_the_same(world: World, pay_command: Make) -> None:
    world.objective()

    def swallow(actor: Person, person: Person) -> str:
        Person.objects.filter(pk=person.pk).update(job_level="bought")
        try:
            return str(Objective.objects.count())
        except Exception:  # noqa: BLE001 - that is the trick
            return "guessed"

    with pytest.raises(wall.WalledOff):
        pay_command(swallow)(world.hana, world.ada)
    assert fresh(world.ada).job_level == ""
    assert Event.objects.filter(verb="wall.refused").count() == 1


def test_the_audit_waits_for_the_end_of_whatever_transaction_is_around(world: World, pay_command: Make) -> None:
    def inside(actor: Person, person: Person) -> int:
        return Objective.objects.count()

    peek = pay_command(inside)
    with pytest.raises(wall.WalledOff), transaction.atomic():
        peek(world.hana, world.ada)
    wall.settle()
    assert Event.objects.filter(verb="wall.refused").count() == 1
    wall.settle()
    assert Event.objects.filter(verb="wall.refused").count() == 1


@pytest.mark.parametrize("module", ["tandem.kpi.commands.peek", "tandem.rewards.commands.peek"])
def test_both_sides_of_pay_run_blind_and_okr_does_not(world: World, pay_command: Make, module: str) -> None:
    def count(actor: Person, person: Person) -> int:
        return Objective.objects.count()

    with pytest.raises(wall.WalledOff):
        pay_command(count, module)(world.hana, world.ada)
    assert pay_command(count, "tandem.okr.commands.peek")(world.ada, world.ada) == 0
    assert not wall.is_blind()
    assert not connection.execute_wrappers, "nothing is left behind"


def test_a_command_that_counts_for_pay_can_do_its_own_work(world: World, pay_command: Make) -> None:
    def honest(actor: Person, person: Person) -> str:
        from tandem.activity.commands import record

        Person.objects.filter(pk=person.pk).update(job_level="P5")
        record(actor, "person.job_level", person, name=person.name)
        return Person.objects.get(pk=person.pk).job_level

    assert pay_command(honest)(world.hana, world.ada) == "P5"
    assert not Event.objects.filter(verb="wall.refused").exists()


def test_goals_cannot_be_reached_backwards(world: World) -> None:
    """Lock 3 at run time: a person, a unit and a cycle know nothing of the goals that point at them."""
    for row in (world.ada, world.web, world.quarter):
        names = {one.name for one in row._meta.get_fields()}
        assert not {name for name in names if "goal" in name or "objective" in name or "story" in name}
    for path in ("goalset", "goal_set", "goals", "story", "recognition", "review"):
        with pytest.raises(FieldError):
            Person.objects.filter(**{f"{path}__pk": 1})


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("SELECT 1", ""),
        ('SELECT "kpi_indicator"."id" FROM "kpi_indicator" WHERE "kpi_indicator"."formula" = %s', ""),
        ("SELECT okr_objectives FROM x", ""),
        ("SELECT my_okr_objective FROM x", ""),
        ("SELECT 1 FROM okr_objective", "okr_objective"),
        ('INSERT INTO "okr_checkin" ("value") VALUES (1)', "okr_checkin"),
        ('DELETE FROM "growth_story"', "growth_story"),
        ("SELECT 1 FROM guide_answers", "guide_answers"),
        ('INSERT INTO "activity_event" ("verb") VALUES (%s) RETURNING "activity_event"."id"', ""),
        ("SELECT undo FROM x WHERE do = 1", ""),
    ],
)
def test_which_statements_name_goals(statement: str, named: str) -> None:
    assert wall.named_in(statement, True) == named

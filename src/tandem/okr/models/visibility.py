"""Who may read an objective: the one rule, as a condition of the database."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from tandem.core.clock import today
from tandem.core.rows import Compiled, compiled
from tandem.people.access import IsActingLead, IsInBranch, IsInLineAbove, LeadsAbove

if TYPE_CHECKING:
    from tandem.core.commands import Actor


class Visibility(models.TextChoices):
    """One word each, from the widest to the narrowest: who reads the later ones reads the earlier ones too."""

    COMPANY = "company", pgettext_lazy("visibility", "open")
    BRANCH = "branch", pgettext_lazy("visibility", "internal")
    LINE = "line", pgettext_lazy("visibility", "confidential")
    PEOPLE = "people", pgettext_lazy("visibility", "secret")


class Reader(models.Model):
    """Somebody who is named to read an objective, whatever its visibility."""

    objective = models.ForeignKey("okr.Objective", models.CASCADE, related_name="readers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["objective", "person"], name="reader_once")]


def readable(actor: "Actor", path: str = "") -> Q:
    """May the actor read the objective at `path` (`objective`, `key_result__objective`; "" is the row itself)?

    For an open one that is a single comparison; the longer question is asked of the others alone, row by row, by
    their keys.
    """
    if actor.is_system:
        return Q()
    if not actor.is_active:
        return _is_open(path)
    return readable_by(actor.pk, today(), path)


def readable_by(person: int, day: date, path: str = "") -> Q:
    """The same inside `core.rows.Rows`, which knows people and days only as values to come."""
    return _is_open(path) | Q(_Reads(F(f"{path}_id" if path else "pk"), person, day))


def _is_open(path: str) -> Q:
    return Q(**{f"{path}__visibility" if path else "visibility": Visibility.COMPANY})


def restricted(person: int, day: date) -> models.QuerySet[Any]:
    """The objectives not open to all that this person (a key) reads on this day.

    The owner, co-owners, who writes for the unit, who has an action in it, and named readers always do;
    `line` adds the managers above the owner and the leads above the unit, `branch` adds those and the unit's people
    with all units below. A role alone (administrator, champion, people team) opens nothing.
    """
    this = OuterRef("pk")
    table = apps.get_model  # those below import this module
    always = (
        Q(goal_set__owner_person=person)
        | Q(Exists(table("okr.CoOwner").objects.filter(objective=this, person=person)))
        | Q(Exists(Reader.objects.filter(objective=this, person=person)))
        | Q(Exists(table("okr.KeyAction").objects.filter(objective=this, owner=person, archived_on=None)))
        | Q(IsActingLead(F("goal_set__owner_unit_id"), person, day))
    )
    answers_for_it = Coalesce("goal_set__owner_person_id", "goal_set__owner_unit__lead_id")
    line = Q(LeadsAbove(F("goal_set__unit_id"), person)) | Q(IsInLineAbove(answers_for_it, person))
    all_but_open: models.QuerySet[Any] = table("okr.Objective").objects.exclude(visibility=Visibility.COMPANY)
    return all_but_open.filter(
        always
        | Q(visibility__in=(Visibility.LINE, Visibility.BRANCH)) & line
        | Q(visibility=Visibility.BRANCH) & Q(IsInBranch(F("goal_set__unit_id"), person))
    )


def _asked_for(person: int, day: date) -> models.QuerySet[Any, Any]:
    asked = RawSQL("SELECT id FROM asked", [])
    rows = restricted(person, day).filter(pk__in=asked).order_by().values_list("pk")
    # Names of its own for its tables: SQLite reads what `asked` is where it is used, and would take a name of the
    # query around it for one in here.
    rows.query.change_aliases({alias: f"kept_{place}" for place, alias in enumerate(rows.query.alias_map)})
    return rows


_ready: dict[str, Compiled] = {}


class _Reads(Func):
    """Is the objective with this key among `restricted`? Written out once: building it takes longer than asking."""

    output_field = models.BooleanField()

    def __init__(self, objective: F, person: int, day: date) -> None:
        super().__init__(objective)
        self.who = {"person": person, "day": day}

    def as_sql(self, compiler: Any, connection: Any, *_way: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor not in _ready:
            _compiler, _ready[connection.vendor] = compiled(_asked_for)
        ready = _ready[connection.vendor]
        key, params = compiler.compile(self.get_source_expressions()[0])
        who = ready.bound(self.who, connection.vendor)
        return f"EXISTS (WITH asked(id) AS (SELECT {key}) {ready.sql})", (*params, *who)

"""Key results that follow an indicator: what the readings come to is carried into what is stored of goals.

Goals look at indicators, never the other way: a reading is written without knowing who follows it. So a job looks for
what fell behind, once a minute, and every write of such a key result looks as well.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tandem.core.bulk import chunks
from tandem.core.commands import command
from tandem.core.errors import Invalid
from tandem.core.numbers import plain, rounded
from tandem.kpi.queries import Followed, courses_of, known_indicator, may_read_unit
from tandem.okr import access, rules
from tandem.okr.commands.history import FOLLOWS, recount
from tandem.okr.commands.numbers import refresh
from tandem.okr.commands.objectives import tell
from tandem.okr.models import GoalSet, KeyResult
from tandem.people.actors import SYSTEM, Actor
from tandem.people.queries import units_by_key

READ = ("given", "read_on")


def refuse_unseen(actor: Actor, key_result: KeyResult) -> None:
    """Following publishes the values: only what one may see is followed, and a person's readings only by themselves.

    Raises Invalid naming `indicator` or `carrier`.
    """
    if key_result.kind != rules.KPI:
        return
    assert key_result.indicator_id is not None
    indicator = known_indicator(actor, key_result.indicator_id)
    if indicator is None:
        raise Invalid(_("There is no such indicator: %(code)s.") % {"code": key_result.indicator_id}, field="indicator")
    goals = key_result.objective.goal_set
    unit = goals.owner_unit
    if key_result.followed_unit_id is not None:
        unit = units_by_key([key_result.followed_unit_id]).get(key_result.followed_unit_id)
        if unit is None:
            raise Invalid(_("There is no unit %(id)s.") % {"id": key_result.followed_unit_id}, field="carrier")
    if unit is None:
        _refuse_others_readings(actor, goals)
    elif not may_read_unit(actor, indicator, unit):
        raise Invalid(_("The readings of %(name)s are not yours to publish.") % {"name": unit.name}, field="carrier")


def _refuse_others_readings(actor: Actor, goals: GoalSet) -> None:
    if not (actor.is_system or actor.pk == goals.owner_person_id):
        said = _("Whoever carries an indicator publishes its readings: only %(name)s can let their goal follow them.")
        raise Invalid(said % {"name": goals.owner_name}, field="carrier")


def followed(key_result: KeyResult) -> Followed | None:
    """What it follows; None for one that follows nothing, and where no days count (the backlog)."""
    goals = key_result.objective.goal_set
    start, end = goals.cycle.start, goals.cycle.end
    if key_result.indicator_id is None or start is None or end is None:
        return None
    unit = key_result.followed_unit_id
    person = goals.owner_person_id if unit is None else None
    if unit is None and goals.owner_unit is not None:
        unit = goals.owner_unit.key
    return Followed(key_result.indicator_id, person, unit, start, end)


def take_readings(rows: Sequence[KeyResult]) -> list[KeyResult]:
    """Put what the readings come to into these rows (their objectives at hand); those that changed. Saves nothing."""
    following = [(row, followed(row)) for row in rows if row.kind == rules.KPI]
    courses = courses_of(SYSTEM, [wanted for _row, wanted in following if wanted is not None])
    changed = []
    for row, wanted in following:
        course = courses.get(wanted, []) if wanted is not None else []
        on, value = course[-1] if course else (None, None)
        value = None if value is None else rounded(value, 6)
        if (row.given, row.read_on) != (value, on):
            row.given, row.read_on = value, on
            changed.append(row)
    return changed


def _following() -> QuerySet[KeyResult]:
    """All that still follow: their cycle is open."""
    rows = KeyResult.objects.filter(kind=rules.KPI, archived_on=None).exclude(
        objective__goal_set__cycle__phase="closed"
    )
    return rows.select_related(*KeyResult.read_with).order_by("objective__goal_set_id", "pk")


def fell_behind() -> list[KeyResult]:
    """The key results that say something else than the readings they follow."""
    return [row for some in chunks(_following().iterator(chunk_size=500), 500) for row in take_readings(some)]


@command(may=access.may_import)
def follow_readings(actor: Actor, goals: GoalSet) -> int:
    """Carry the newest readings into a goal set; how many key results moved."""
    rows = list(_following().filter(objective__goal_set=goals))
    changed = take_readings(rows)
    for row in changed:
        row.objective.goal_set = goals
        was = row.current
        recount(row)
        row.save(update_fields=[*READ, *FOLLOWS])
        tell(
            actor,
            "key_result.followed",
            row.objective,
            key_result=row.title,
            id=row.pk,
            was=None if was is None else plain(was),
            value=None if row.given is None else plain(row.given),
        )
    if changed:
        refresh(goals, only_progress=True)
    return len(changed)


def follow_all() -> int:
    """Everything that fell behind; how many key results moved."""
    sets = {one.objective.goal_set_id: one.objective.goal_set for one in fell_behind()}
    return sum(follow_readings(SYSTEM, goals) for goals in sets.values())

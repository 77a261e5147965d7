"""Goals as a workbook in the reader's language: overview, goals, check-ins, actions, people and units."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from tandem.core import formats
from tandem.core.clock import now
from tandem.integrations.xlsx.sheets import DAY, NUMBER, SHARE, WORDS, Column, Sheet
from tandem.integrations.xlsx.words import action_state, ambition, category, kind, status
from tandem.okr.queries.lists import Filters
from tandem.okr.queries.rows import KeyResultRow, ObjectiveRow
from tandem.okr.queries.sheets import Chunk, goals_in_chunks
from tandem.people.actors import Actor
from tandem.people.queries import people, units

Tell = Callable[[int], object]


@dataclass
class Told:
    """What a workbook became: how many objectives are in it, and whether there were more."""

    objectives: int = 0
    cut: bool = False


@dataclass(frozen=True)
class Sheets:
    overview: Sheet
    objectives: Sheet
    key_results: Sheet
    check_ins: Sheet
    actions: Sheet
    people: Sheet
    units: Sheet

    def data(self) -> tuple[Sheet, ...]:
        return (self.objectives, self.key_results, self.check_ins, self.actions, self.people, self.units)


def write_workbook(
    actor: Actor, which: Filters, target: BinaryIO, *, title: str, most: int | None = None, tell: Tell | None = None
) -> Told:
    """The goals that the actor may see, as they stand now. Beyond `most` objectives it says that there are more."""
    book = Workbook(write_only=True)
    sheets = _sheets(book)
    told = Told()
    for chunk in goals_in_chunks(actor, which, most=None if most is None else most + 1):
        kept = chunk if most is None else _within(chunk, most - told.objectives)
        told.cut = told.cut or kept is not chunk
        told.objectives += len(kept.objectives)
        _write(sheets, kept)
        if tell is not None:
            tell(len(kept.objectives))
    _write_people(actor, which, sheets)
    _write_overview(sheets, title, told)
    for one in sheets.data():
        one.finish()
    book.save(target)
    return told


def _within(chunk: Chunk, room: int) -> Chunk:
    if len(chunk.objectives) <= room:
        return chunk
    goals = chunk.objectives[: max(room, 0)]
    ids = {one.id for one in goals}
    key_results = [one for one in chunk.key_results if one.objective_id in ids]
    kept = {one.id for one in key_results}
    return Chunk(
        goals,
        key_results,
        [one for one in chunk.check_ins if one.key_result_id in kept],
        [one for one in chunk.actions if one.objective_id in ids],
    )


def _sheets(book: Workbook) -> Sheets:
    cycle, owner = Column(_("Cycle"), 12), Column(_("Owner"), 20)
    objective, title = Column(_("Objective"), 46, WORDS), Column(_("Key result"), 46, WORDS)
    standing = (Column(_("Status"), 12), Column(_("Progress"), 10, SHARE), Column(_("Confidence"), 11, NUMBER))
    note = Column(_("Note"), 60, WORDS)
    overview = Sheet(book, _("Overview"), [Column(_("What"), 34), Column(_("Number"), 40, NUMBER)], filtered=False)
    objectives = [cycle, owner, objective, *standing, Column(_("Ambition"), 14), Column(_("Category"), 14),
                  Column(_("Weight"), 9, NUMBER), Column(_("Published"), 12, DAY), Column(_("Next check-in"), 12, DAY),
                  Column(_("Description"), 60, WORDS)]  # fmt: skip
    key_results = [cycle, owner, objective, title, *standing, Column(_("Kind"), 20), Column(_("Unit of measure"), 10),
                   Column(_("Start"), 12, NUMBER), Column(_("Target"), 12, NUMBER), Column(_("Current"), 12, NUMBER),
                   Column(_("Weight"), 9, NUMBER), Column(_("Last check-in"), 12, DAY)]  # fmt: skip
    check_ins = [cycle, owner, title, Column(_("Date"), 12, DAY), Column(_("Value"), 12, NUMBER), standing[2],
                 standing[0], note, Column(_("Author"), 20)]  # fmt: skip
    actions = [cycle, owner, objective, Column(_("Key action"), 46, WORDS), Column(_("Who does it"), 20),
               Column(_("Due"), 12, DAY), Column(_("State"), 12)]  # fmt: skip
    return Sheets(
        overview,
        Sheet(book, _("Objectives"), objectives),
        Sheet(book, _("Key results"), key_results),
        Sheet(book, _("Check-ins"), check_ins),
        Sheet(book, _("Actions"), actions),
        Sheet(book, _("People"), [Column(_("Person"), 24), Column(_("Unit"), 30), Column(_("E-mail"), 34)]),
        Sheet(book, _("Units"), [Column(_("Unit"), 34), Column(_("Above"), 34), Column(_("Lead"), 24)]),
    )


def _write(sheets: Sheets, chunk: Chunk) -> None:
    goals = {one.id: one for one in chunk.objectives}
    results = {one.id: one for one in chunk.key_results}
    for goal in chunk.objectives:
        _write_objective(sheets.objectives, goal)
    for one in chunk.key_results:
        _write_key_result(sheets.key_results, goals[one.objective_id], one)
    for update in chunk.check_ins:
        result = results[update.key_result_id]
        goal = goals[result.objective_id]
        sheets.check_ins.append(
            goal.cycle_name, goal.owner_name, result.title, update.on, update.value, update.confidence,
            status(update.status) if update.status else None, update.note, update.author,
        )  # fmt: skip
    for action in chunk.actions:
        goal = goals[action.objective_id]
        sheets.actions.append(
            goal.cycle_name, goal.owner_name, goal.title, action.title, action.owner, action.due_on,
            action_state(action.state),
        )  # fmt: skip


def _write_objective(sheet: Sheet, one: ObjectiveRow) -> None:
    sheet.append(
        one.cycle_name, one.owner_name, one.title, status(one.status), one.progress, one.confidence,
        ambition(one.ambition), category(one.category), one.weight, one.published_on, one.next_due_on, one.description,
    )  # fmt: skip


def _write_key_result(sheet: Sheet, goal: ObjectiveRow, one: KeyResultRow) -> None:
    sheet.append(
        goal.cycle_name, goal.owner_name, goal.title, one.title, status(one.status), one.progress, one.confidence,
        kind(one.kind), one.unit, one.start, one.target, one.current, one.weight, one.last_on,
    )  # fmt: skip


def _write_people(actor: Actor, which: Filters, sheets: Sheets) -> None:
    """Who is in the branch (or the company), and its units."""
    members, branch = people(actor), units(actor).select_related("parent")
    if which.branch is not None:
        members = members.filter(unit__path__contains=f"/{which.branch}/")
        branch = branch.filter(path__contains=f"/{which.branch}/")
    for name, unit, email in members.values_list("name", "unit__name", "email").iterator(chunk_size=2000):
        sheets.people.append(name, unit, email)
    for name, above, lead in branch.order_by("path").values_list("name", "parent__name", "lead__name"):
        sheets.units.append(name, above, lead)


def _write_overview(sheets: Sheets, title: str, told: Told) -> None:
    lines: Iterable[tuple[str, object]] = [
        (_("Goals of"), title),
        (_("As of"), formats.moment(now())),
        (_("Objectives"), sheets.objectives.rows),
        (_("Key results"), sheets.key_results.rows),
        (_("Check-ins"), sheets.check_ins.rows),
        (_("Actions"), sheets.actions.rows),
        (_("People"), sheets.people.rows),
        (_("Units"), sheets.units.rows),
    ]
    for what, value in lines:
        sheets.overview.append(what, value)
    if told.cut or any(one.left_out for one in sheets.data()):
        sheets.overview.append(_("Not everything is here: there was more than one workbook takes."), None)

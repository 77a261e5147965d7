"""Every command, tried by everybody: the matrix behind tests/permissions.txt and docs/permissions.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction

from tandem.activity import commands as activity
from tandem.activity.models import Notification
from tandem.core.bulk import Comparison
from tandem.core.errors import NotAllowed
from tandem.cycles import commands as cycles
from tandem.cycles.commands import CyclesImport
from tandem.cycles.models import Cycle
from tandem.integrations.people_file import commands as people_file
from tandem.okr import commands as okr
from tandem.okr.commands.kept import version_of
from tandem.okr.models import (
    Agreement,
    CheckIn,
    Comment,
    GoalSet,
    KeyAction,
    KeyResult,
    Objective,
    Proposal,
    Suggestion,
)
from tandem.okr.versions import hash_of
from tandem.people import commands as people
from tandem.people import devices, tokens
from tandem.people.actors import SYSTEM, Actor
from tandem.people.commands.bulk import OrganizationImport, import_organization
from tandem.people.models import Person, Unit
from tandem.people.queries import organization
from tests import permissions_beside
from tests.permissions_page import ROLES
from tests.world import World


@dataclass
class Scene:
    """Goals of Ada (Otto owns with her, Ben has an action), of Web (Lin leads it) and of Data (nobody does)."""

    world: World
    mine: Objective
    parent: Objective
    key_result: KeyResult
    check_in: CheckIn
    draft: CheckIn
    action: KeyAction
    webs: Objective
    datas: Objective
    leos: Objective


def scene(world: World) -> Scene:
    mine = world.objective()
    okr.add_co_owner(SYSTEM, mine, person=world.otto)
    key_result = world.key_result(mine)
    others = {}
    for name, unit in (("web", world.web), ("data", world.data)):
        others[name] = okr.create_objective(SYSTEM, unit, cycle=world.quarter, title=name)
    people.return_to_company(SYSTEM, world.leo)
    leos = okr.create_objective(SYSTEM, Person.objects.get(pk=world.leo.pk), cycle=world.quarter, title="Leo's")
    world.leo = people.leave_company(SYSTEM, world.leo)
    okr.align(SYSTEM, mine, parent=others["web"])
    check_in = okr.check_in(SYSTEM, key_result, value=1)
    draft = okr.check_in(SYSTEM, key_result, value=2, draft=True)
    action = okr.add_action(SYSTEM, mine, title="Page", owner=world.ben)
    return Scene(world, mine, others["data"], key_result, check_in, draft, action, others["web"], others["data"], leos)


Try = Callable[[Scene, Actor], Any]


def on(objective: Callable[[Scene], Objective], act: Callable[..., Any], **fields: Any) -> Try:
    return lambda s, actor: act(actor, objective(s), **fields)


def mine(s: Scene) -> Objective:
    return s.mine


def _new(s: Scene) -> Objective:
    """A draft of Ada's, with Otto."""
    draft = okr.create_objective(SYSTEM, s.world.ada, cycle=s.world.quarter, title="Draft")
    return okr.add_co_owner(SYSTEM, draft, person=s.world.otto)


def _proposed(s: Scene) -> Proposal:
    return okr.propose_to_unit(SYSTEM, _new(s))


def _dropped(s: Scene) -> Objective:
    return okr.drop_objective(SYSTEM, s.mine, reason="no")


def _left(s: Scene) -> Person:
    """Ada, gone."""
    return people.leave_company(SYSTEM, s.world.ada)


def _archived(s: Scene) -> Unit:
    return people.archive_unit(SYSTEM, s.world.data)


def _unchecked(s: Scene) -> Objective:
    return okr.publish_objective(SYSTEM, _new(s))


def _said(s: Scene) -> Comment:
    """What the colleague began to talk about."""
    return okr.add_comment(s.world.ben, s.mine, text="Why?")


def _offered(s: Scene) -> Agreement:
    """Ada's goals, offered to Lin."""
    okr.edit_objective(SYSTEM, s.mine, title="As offered")
    return okr.offer(s.world.ada, GoalSet.objects.select_related(*GoalSet.read_with).get(pk=s.mine.goal_set_id))


def _shake(actor: Actor, one: Agreement) -> Agreement:
    return okr.shake(actor, one, seen=hash_of(version_of(one.goal_set)))


def _suggested(s: Scene) -> Suggestion:
    """What her manager would say instead."""
    return okr.suggest_wording(s.world.lin, s.mine, text="New customers stay")


def _told(s: Scene) -> Notification:
    """What the person was told."""
    _said(s)
    told = Notification.objects.filter(person=s.world.ada).first()
    assert told is not None
    return told


def _device(s: Scene) -> UserSession:
    return UserSession.objects.create(user=s.world.ada, ip="127.0.0.1", session_key="device", user_agent="Firefox")


def _in_review(s: Scene) -> Scene:
    cycles.enter_phase(SYSTEM, s.world.quarter, phase="review")
    return s


def _closed(s: Scene) -> Cycle:
    return cycles.enter_phase(SYSTEM, s.world.quarter, phase="closed")


def _sent(s: Scene) -> people_file.PeopleFile:
    return people_file.send_file(s.world.hana, None, name="people.csv", content=b"Name,E-mail\nx,x@example.com\n")


def _imported_cycles() -> CyclesImport:
    return CyclesImport(Comparison(), set(), {})


TRIES: dict[str, dict[str, Try]] = {
    "okr.create_objective": {
        "for oneself": lambda s, a: okr.create_objective(a, s.world.ada, cycle=s.world.quarter, title="x"),
        "for a unit with a lead": lambda s, a: okr.create_objective(a, s.world.web, cycle=s.world.quarter, title="x"),
        "for a unit without": lambda s, a: okr.create_objective(a, s.world.data, cycle=s.world.quarter, title="x"),
    },
    "okr.edit_objective": {
        "": on(mine, okr.edit_objective, title="x"),
        "of a unit with a lead": on(lambda s: s.webs, okr.edit_objective, title="x"),
        "of a unit without": on(lambda s: s.datas, okr.edit_objective, title="x"),
        "of somebody who has left": on(lambda s: s.leos, okr.edit_objective, title="x"),
    },
    "okr.publish_objective": {"": on(_new, okr.publish_objective)},
    "okr.unpublish_objective": {"": on(_unchecked, okr.unpublish_objective)},
    "okr.drop_objective": {"": on(mine, okr.drop_objective, reason="x")},
    "okr.reactivate_objective": {"": on(_dropped, okr.reactivate_objective)},
    "okr.archive_objective": {"": on(mine, okr.archive_objective)},
    "okr.restore_objective": {"": on(lambda s: okr.archive_objective(SYSTEM, s.mine), okr.restore_objective)},
    "okr.reorder_objectives": {
        "": lambda s, a: okr.reorder_objectives(a, s.mine.goal_set, order=[]),
        "of a unit with a lead": lambda s, a: okr.reorder_objectives(a, s.webs.goal_set, order=[]),
        "of a unit without": lambda s, a: okr.reorder_objectives(a, s.datas.goal_set, order=[]),
    },
    "okr.add_co_owner": {"": lambda s, a: okr.add_co_owner(a, s.mine, person=s.world.nia)},
    "okr.remove_co_owner": {"": lambda s, a: okr.remove_co_owner(a, s.mine, person=s.world.otto)},
    "okr.set_visibility": {
        "": on(mine, okr.set_visibility, visibility="line"),
        "of a unit with a lead": on(lambda s: s.webs, okr.set_visibility, visibility="line"),
        "of a unit without": on(lambda s: s.datas, okr.set_visibility, visibility="line"),
    },
    "okr.add_reader": {"": lambda s, a: okr.add_reader(a, s.mine, person=s.world.nia)},
    "okr.remove_reader": {"": lambda s, a: okr.remove_reader(a, s.mine, person=s.world.nia)},
    "okr.move_objective": {"": lambda s, a: okr.move_objective(a, _new(s), cycle=s.world.backlog)},
    "okr.align": {"": lambda s, a: okr.align(a, s.mine, parent=s.parent)},
    "okr.unalign": {"": lambda s, a: okr.unalign(a, s.mine, parent=s.webs)},
    "okr.delegate": {
        "of a unit with a lead": lambda s, a: okr.delegate(a, s.webs, to=s.world.ben),
        "of a unit without": lambda s, a: okr.delegate(a, s.datas, to=s.world.otto),
    },
    "okr.take_back_delegation": {
        "of a unit with a lead": lambda s, a: okr.take_back_delegation(a, okr.delegate(SYSTEM, s.webs, to=s.world.ben)),
    },
    "okr.propose_to_unit": {"": lambda s, a: okr.propose_to_unit(a, _new(s))},
    "okr.withdraw_proposal": {"": lambda s, a: okr.withdraw_proposal(a, _proposed(s))},
    "okr.adopt_proposal": {"to a unit with a lead": lambda s, a: okr.adopt_proposal(a, _proposed(s))},
    "okr.decline_proposal": {"to a unit with a lead": lambda s, a: okr.decline_proposal(a, _proposed(s), reason="x")},
    "okr.reopen_proposal": {
        "to a unit with a lead": lambda s, a: okr.reopen_proposal(a, okr.decline_proposal(SYSTEM, _proposed(s), "x"))
    },
    "okr.hand_over": {
        "": lambda s, a: okr.hand_over(a, s.world.ada, to=s.world.nia, objectives=[s.mine.pk]),
        "of somebody who has left": lambda s, a: okr.hand_over(a, _left(s), to=s.world.nia, objectives=[s.mine.pk]),
        "of a unit with a lead": lambda s, a: okr.hand_over(a, s.world.web, to=s.world.nia, objectives=[s.webs.pk]),
        "of an archived unit": lambda s, a: okr.hand_over(a, _archived(s), to=s.world.web, objectives=[s.datas.pk]),
    },
    "okr.lay_down": {
        "": lambda s, a: okr.lay_down(a, s.world.ada, objectives=[s.mine.pk], reason="x"),
        "of somebody who has left": lambda s, a: okr.lay_down(a, _left(s), objectives=[s.mine.pk], reason="x"),
    },
    "okr.undo_hand_over": {
        "of somebody who has left, done by the system": lambda s, a: okr.undo_hand_over(
            a, okr.hand_over(SYSTEM, _left(s), to=s.world.nia, objectives=[s.mine.pk])
        ),
    },
    "okr.import_goals": {"": lambda _s, a: okr.import_goals(a, None, prepared=okr.GoalsImport())},
    "okr.add_key_result": {"": on(mine, okr.add_key_result, title="x")},
    "okr.edit_key_result": {"": lambda s, a: okr.edit_key_result(a, s.key_result, target=50)},
    "okr.reweigh_key_results": {"": on(mine, okr.reweigh_key_results, shares={})},
    "okr.reorder_key_results": {"": on(mine, okr.reorder_key_results, order=[])},
    "okr.archive_key_result": {"": lambda s, a: okr.archive_key_result(a, s.key_result)},
    "okr.restore_key_result": {
        "": lambda s, a: okr.restore_key_result(a, okr.archive_key_result(SYSTEM, s.key_result))
    },
    "okr.check_in": {"": lambda s, a: okr.check_in(a, s.key_result, value=3)},
    "okr.publish_check_in": {"": lambda s, a: okr.publish_check_in(a, s.draft)},
    "okr.correct_check_in": {"": lambda s, a: okr.correct_check_in(a, s.check_in, value=3)},
    "okr.withdraw_check_in": {"": lambda s, a: okr.withdraw_check_in(a, s.check_in)},
    "okr.restore_check_in": {"": lambda s, a: okr.restore_check_in(a, okr.withdraw_check_in(SYSTEM, s.check_in))},
    "okr.score_key_result": {"": lambda s, a: okr.score_key_result(a, _in_review(s).key_result, score=0)},
    "okr.take_proposals": {
        "": lambda s, a: okr.take_proposals(a, _in_review(s).mine.goal_set),
        "of a unit with a lead": lambda s, a: okr.take_proposals(a, _in_review(s).webs.goal_set),
    },
    "okr.reflect_on_objective": {"": on(mine, okr.reflect_on_objective, reflection="x")},
    "okr.reflect_on_goals": {
        "": lambda s, a: okr.reflect_on_goals(a, s.mine.goal_set, reflection="x"),
        "of a unit with a lead": lambda s, a: okr.reflect_on_goals(a, s.webs.goal_set, reflection="x"),
    },
    "okr.clone_objective": {
        "": lambda s, a: okr.clone_objective(a, s.mine, cycle=s.world.backlog),
        "of a unit with a lead": lambda s, a: okr.clone_objective(a, s.webs, cycle=s.world.backlog),
    },
    "okr.clone_goals": {
        "": lambda s, a: okr.clone_goals(a, s.mine.goal_set, cycle=s.world.backlog),
        "of a unit with a lead": lambda s, a: okr.clone_goals(a, s.webs.goal_set, cycle=s.world.backlog),
        "of a unit without": lambda s, a: okr.clone_goals(a, s.datas.goal_set, cycle=s.world.backlog),
    },
    "okr.add_action": {"": on(mine, okr.add_action, title="x")},
    "okr.edit_action": {
        "": lambda s, a: okr.edit_action(a, okr.edit_action(SYSTEM, s.action, owner=None), state="done"),
        "given to the colleague": lambda s, a: okr.edit_action(a, s.action, state="done"),
    },
    "okr.reorder_actions": {"": on(mine, okr.reorder_actions, order=[])},
    "okr.archive_action": {"given to the colleague": lambda s, a: okr.archive_action(a, s.action)},
    "okr.restore_action": {
        "given to the colleague": lambda s, a: okr.restore_action(a, okr.archive_action(SYSTEM, s.action))
    },
    "okr.add_comment": {"": on(mine, okr.add_comment, text="x")},
    "okr.reply": {"": lambda s, a: okr.reply(a, _said(s), text="x")},
    "okr.edit_comment": {"of the colleague": lambda s, a: okr.edit_comment(a, _said(s), text="y")},
    "okr.withdraw_comment": {"of the colleague": lambda s, a: okr.withdraw_comment(a, _said(s))},
    "okr.restore_comment": {
        "of the colleague": lambda s, a: okr.restore_comment(a, okr.withdraw_comment(s.world.ben, _said(s)))
    },
    "okr.resolve_thread": {"of the colleague": lambda s, a: okr.resolve_thread(a, _said(s))},
    "okr.reopen_thread": {
        "of the colleague": lambda s, a: okr.reopen_thread(a, okr.resolve_thread(s.world.ben, _said(s)))
    },
    "okr.react": {"": lambda s, a: okr.react(a, _said(s), kind="agree")},
    "okr.take_back_reaction": {"": lambda s, a: okr.take_back_reaction(a, _said(s), kind="agree")},
    "okr.follow_objective": {"": on(mine, okr.follow_objective)},
    "okr.mute_objective": {"": on(mine, okr.mute_objective)},
    "okr.import_agreements": {"": lambda _s, a: okr.import_agreements(a, None, prepared=okr.GoalsImport())},
    "okr.offer": {
        "": lambda s, a: okr.offer(a, s.mine.goal_set),
        "of a unit with a lead": lambda s, a: okr.offer(a, s.webs.goal_set),
        "of a unit without": lambda s, a: okr.offer(a, s.datas.goal_set),
    },
    "okr.shake": {"": lambda s, a: _shake(a, _offered(s))},
    "okr.decline": {"": lambda s, a: okr.decline(a, _offered(s), reason="x")},
    "okr.withdraw_offer": {"": lambda s, a: okr.withdraw_offer(a, _offered(s))},
    "okr.expect_of_role": {"": lambda s, a: okr.expect_of_role(a, _offered(s), text="x")},
    "okr.forecast_output": {"": lambda s, a: okr.forecast_output(a, _offered(s), text="x")},
    "okr.ask_for_hand": {"given by neither": lambda s, a: okr.ask_for_hand(a, _offered(s))},
    "okr.remind_of_handshakes": {"": lambda _s, a: okr.remind_of_handshakes(a, None)},
    "okr.name_sides": {"": lambda s, a: okr.name_sides(a, s.mine.goal_set, other_side=s.world.wei)},
    "okr.suggest_wording": {"": on(mine, okr.suggest_wording, text="x")},
    "okr.take_suggestion": {"": lambda s, a: okr.take_suggestion(a, _suggested(s))},
    "okr.leave_suggestion": {"": lambda s, a: okr.leave_suggestion(a, _suggested(s))},
    "okr.withdraw_suggestion": {"": lambda s, a: okr.withdraw_suggestion(a, _suggested(s))},
    "cycles.create_cycle": {
        "": lambda _s, a: cycles.create_cycle(a, None, name="x", start=date(2027, 1, 1), end=date(2027, 3, 31))
    },
    "cycles.edit_cycle": {"": lambda s, a: cycles.edit_cycle(a, s.world.quarter, name="x")},
    "cycles.plan_phase": {"": lambda s, a: cycles.plan_phase(a, s.world.quarter, phase="run", planned_on=None)},
    "cycles.enter_phase": {"": lambda s, a: cycles.enter_phase(a, s.world.quarter, phase="run")},
    "cycles.reopen_cycle": {"": lambda s, a: cycles.reopen_cycle(a, _closed(s), reason="x")},
    "cycles.prepare_next_cycles": {"": lambda _s, a: cycles.prepare_next_cycles(a, None)},
    "cycles.import_cycles": {"": lambda _s, a: cycles.import_cycles(a, None, prepared=_imported_cycles())},
    "people.edit_profile": {"": lambda s, a: people.edit_profile(a, s.world.ada, theme="dark")},
    "people.devices.end_device": {"": lambda s, a: devices.end_device(a, s.world.ada, device_id=_device(s).pk)},
    "people.devices.end_other_devices": {"": lambda s, a: devices.end_other_devices(a, s.world.ada, session_key=None)},
    "people.tokens.make_token": {"": lambda s, a: tokens.make_token(a, s.world.ada, name="x")},
    "people.tokens.revoke_token": {
        "": lambda s, a: tokens.revoke_token(a, tokens.make_token(SYSTEM, s.world.ada, name="x")[0])
    },
    "people.devices.note_sign_in": {
        "": lambda s, a: devices.note_sign_in(a, s.world.ada, address="127.0.0.1", user_agent="Firefox")
    },
    "people.devices.note_failed_sign_in": {"": lambda _s, a: devices.note_failed_sign_in(a, None, address="127.0.0.1")},
    "people.add_person": {"": lambda s, a: people.add_person(a, s.world.web, name="x")},
    "people.edit_person": {
        "": lambda s, a: people.edit_person(a, s.world.ada, name="x"),
        "who is an administrator": lambda s, a: people.edit_person(a, s.world.omar, email="x@example.com"),
    },
    "people.move_person": {"": lambda s, a: people.move_person(a, s.world.ada, unit=s.world.data)},
    "people.join_unit": {"": lambda s, a: people.join_unit(a, s.world.ada, unit=s.world.data)},
    "people.leave_unit": {"": lambda s, a: people.leave_unit(a, s.world.ada, unit=s.world.data)},
    "people.leave_company": {
        "": lambda s, a: people.leave_company(a, s.world.nia),
        "who is an administrator": lambda s, a: people.leave_company(
            a, people.set_roles(SYSTEM, s.world.nia, administrator=True)
        ),
    },
    "people.return_to_company": {"": lambda s, a: people.return_to_company(a, s.world.leo)},
    "people.set_password": {"": lambda s, a: people.set_password(a, s.world.ada, password="a-long-way-to-ride")},
    "people.set_roles": {"": lambda s, a: people.set_roles(a, s.world.ada, champion=True)},
    "people.create_unit": {"": lambda s, a: people.create_unit(a, s.world.web, name="x")},
    "people.edit_unit": {"": lambda s, a: people.edit_unit(a, s.world.web, name="x")},
    "people.move_unit": {"": lambda s, a: people.move_unit(a, s.world.web, parent=s.world.office)},
    "people.undo_merge": {
        "": lambda s, a: people.undo_merge(a, people.merge_unit(SYSTEM, s.world.data, into=s.world.web)),
    },
    "people.give_back_lead": {"": lambda s, a: people.give_back_lead(a, s.world.web, lead=s.world.ben)},
    "people.merge_unit": {"": lambda s, a: people.merge_unit(a, s.world.web, into=s.world.office)},
    "people.reorder_unit": {"": lambda s, a: people.reorder_unit(a, s.world.web, step=1)},
    "people.name_lead": {"": lambda s, a: people.name_lead(a, s.world.web, lead=s.world.ben)},
    "people.archive_unit": {"": lambda s, a: people.archive_unit(a, s.world.data)},
    "people.restore_unit": {"": lambda s, a: people.restore_unit(a, people.archive_unit(SYSTEM, s.world.data))},
    "people.edit_organization": {"": lambda _s, a: people.edit_organization(a, organization(), name="x")},
    "people.note_backup": {"": lambda _s, a: people.note_backup(a, None, rows=1, size=1)},
    "integrations.people_file.send_file": {
        "": lambda _s, a: people_file.send_file(a, None, name="people.csv", content=b"Name,E-mail\nx,x@example.com\n"),
    },
    "integrations.people_file.import_file": {
        "sent by the people team": lambda s, a: people_file.import_file(a, _sent(s)),
    },
    "people.import_organization": {"": lambda _s, a: import_organization(a, None, prepared=OrganizationImport())},
    "okr.remind_of_scores": {"": lambda s, a: okr.remind_of_scores(a, _in_review(s).world.quarter)},
    "okr.remind_of_check_ins": {"": lambda _s, a: okr.remind_of_check_ins(a, None)},
    "activity.mark_read": {"": lambda s, a: activity.mark_read(a, _told(s))},
    "activity.mark_all_read": {"": lambda s, a: activity.mark_all_read(a, s.world.ada)},
    "activity.choose_notifications": {"": lambda s, a: activity.choose_notifications(a, s.world.ada, rhythm="weekly")},
} | permissions_beside.TRIES


def rows(s: Scene) -> Iterator[tuple[str, list[str]]]:
    """Each command (and what it is about), with who may; every try is taken back."""
    for name, tries in TRIES.items():
        for about, attempt in tries.items():
            yield f"{name} {about}".strip(), [who for who in ROLES if allowed(s, who, attempt)]


def allowed(s: Scene, who: str, attempt: Try) -> bool:
    """Does it go through? Whatever else refuses it is no answer about permission, and fails the test."""
    actor: Actor = SYSTEM if who == "system" else getattr(s.world, who)
    with transaction.atomic():
        try:
            with transaction.atomic():
                attempt(s, actor)
            return True
        except NotAllowed:
            return False
        finally:
            transaction.set_rollback(True)

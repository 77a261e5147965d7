"""Whatever door somebody tries, nothing tells them of a goal they may not read."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tandem.core.clock import now
from tandem.guide import commands as guide
from tandem.okr import commands as okr
from tandem.okr import versions
from tandem.okr.access import may_see
from tandem.okr.commands.kept import contents, version_of
from tandem.okr.models import Agreement, GoalSet, Objective, Promotion, Suggestion
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.privacy import doors
from tests.world import WEDNESDAY, World, build

VISIBILITIES = ("company", "branch", "line", "people")
OWNERS = ("ada", "ben", "lin", "web", "cloud", "acme", "office")
ACTORS = ("ada", "ben", "lin", "wei", "grace", "hana", "chen", "omar", "otto", "nia")
NAMED = ("otto", "nia", "hana", "ben")


@dataclass
class Goal:
    """A goal whose every text holds its mark, and the keys of what lies under it."""

    objective: Objective
    mark: str
    keys: dict[str, int]


def goal(world: World, place: int, plan: dict[str, Any], above: list[Goal]) -> Goal:
    mark = f"zq{place}x"
    owner = getattr(world, plan["owner"])
    objective = okr.create_objective(SYSTEM, owner, cycle=world.quarter, title=f"Reach {mark}", description=mark)
    objective = okr.publish_objective(SYSTEM, objective) if plan["published"] else objective
    result = okr.add_key_result(SYSTEM, objective, title=f"Measure {mark}", kind="metric", start=0, target=9)
    said = okr.check_in(SYSTEM, result, value=1, confidence=2, note=f"note {mark}") if plan["published"] else None
    action = okr.add_action(SYSTEM, objective, title=f"Do {mark}", owner=getattr(world, plan["doer"] or "", None))
    okr.archive_key_result(SYSTEM, okr.add_key_result(SYSTEM, objective, title=f"Old {mark}", kind="percent"))
    author = world.writer_of(owner)
    comment = okr.add_comment(author, objective, text=f"Talk {mark} @Ben @Nia", mentions=[world.ben, world.nia])
    for who in plan["readers"]:
        okr.add_reader(SYSTEM, objective, person=getattr(world, who))
    asked = okr.delegate(SYSTEM, objective, to=world.ada) if plan["owner"] in ("web", "cloud", "acme") else None
    proposed = okr.propose_to_unit(SYSTEM, objective) if plan["owner"] in ("ada", "ben", "web") else None
    if above and plan["aligned"]:
        okr.align(SYSTEM, objective, parent=above[-1].objective)
    yes = dict.fromkeys(("path_known", "result_enough", "must_not_fail", "same_for_all"), True)
    answers = guide.keep_answers_about(author, objective, **yes)
    objective = okr.set_visibility(SYSTEM, objective, visibility=plan["visibility"])
    suggestion = Suggestion.objects.create(objective=objective, was=objective.title, text=f"Say {mark}", author=author)
    keys = {"objective": objective.pk, "key_result": result.pk, "action": action.pk, "comment": comment.pk}
    promotion = Promotion.objects.create(objective=objective, words=f"Because {mark}", content="")
    keys |= {"suggestion": suggestion.pk, "answers": answers.pk, "promotion": promotion.pk}
    more = {"check_in": said, "delegation": asked, "proposal": proposed}
    return Goal(objective, mark, keys | {kind: one.pk for kind, one in more.items() if one})


def agreed() -> dict[str, list[int]]:
    """Handshakes on every set, whose kept versions hold all its goals, hidden ones too."""
    for goals in GoalSet.objects.select_related(*GoalSet.read_with):
        whole = {**versions.read(version_of(goals)), "objectives": []}
        whole["objectives"] = [one for _set, one in contents(Objective.objects.filter(goal_set=goals))]
        text = versions.canonical(whole)
        for state in ("voided", "signed"):
            Agreement.objects.create(goal_set=goals, state=state, kept=text, hash=versions.hash_of(text),
                                     owner_signed_at=now(), other_signed_at=now())  # fmt: skip
        GoalSet.objects.filter(pk=goals.pk).update(agreement="signed")
    return {
        "agreement": list(Agreement.objects.values_list("pk", flat=True)),
        "goal_set": list(GoalSet.objects.values_list("pk", flat=True)),
    }


PLAN = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(OWNERS),
        "visibility": st.sampled_from(VISIBILITIES),
        "published": st.sampled_from((True, True, False)),
        "doer": st.sampled_from((None, None, "ben", "otto")),
        "readers": st.sets(st.sampled_from(NAMED), max_size=1),
        "aligned": st.booleans(),
    }
)
WORDS = ("", "?search=Reach", "?q=Reach")
LOOKED_FOR = re.compile("search|find|/objectives|map")


def places(world: World) -> dict[str, list[int]]:
    return {
        "person": [world.ada.pk, world.ben.pk],
        "unit": [world.web.pk, world.acme.pk],
        "cycle": [world.quarter.pk],
    }


def hears(client: Client, readings: list[doors.Door], keys: dict[str, list[int]]) -> dict[str, str]:
    """What every address says to somebody who reads."""
    found = {}
    for door in readings:
        for path in door.filled(keys):
            for words in WORDS if LOOKED_FOR.search(path) and not door.is_guarded else ("",):
                _status, text = doors.knock(client, door, path + words)
                found[path + words] = text
    return found


def unlike(client: Client, door: doors.Door, hidden: Goal, keys: dict[str, list[int]]) -> str:
    """Where the address answers to a hidden goal otherwise than to one that is not there; "" where it does not."""
    own = {kind: [key] for kind, key in hidden.keys.items()}
    none = {kind: [doors.MISSING] for kind in doors.GUARDED}
    first = {kind: found[:1] for kind, found in keys.items() if kind not in doors.GUARDED}
    for path, other in zip(door.filled(first | own), door.filled(first | none), strict=False):
        with transaction.atomic():
            answers = [_plain(doors.knock(client, door, one), one) for one in (path, other)]
            transaction.set_rollback(True)
        if answers[0] != answers[1]:
            return (
                f"{door.method} {path}: {answers[0][0]} {answers[0][1][:200]} / {answers[1][0]} {answers[1][1][:200]}"
            )
    return ""


def _plain(answer: tuple[int, str], path: str) -> tuple[int, str]:
    """The answer without its own address, and without what every form has anew."""
    status, text = answer
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"csrf[^"]*": "\w+"|nonce-[\w=+/-]+', "", text)
    text = text.replace(path, "#").replace(quote(path, safe=""), "#")
    return status, text


@override_settings(RATE_PERSON=10**6, RATE_ADDRESS=10**6)
class TestEveryDoor(TestCase):
    @settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.lists(PLAN, min_size=3, max_size=6), st.sampled_from(ACTORS))
    def test_nobody_hears_of_what_they_may_not_read(self, plans: list[dict[str, Any]], who: str) -> None:
        with time_machine.travel(WEDNESDAY, tick=True):
            world = build()
            goals: list[Goal] = []
            for place, plan in enumerate(plans):
                goals.append(goal(world, place, plan, goals))
            actor = Person.objects.get(pk=getattr(world, who).pk)
            hidden = [one for one in goals if not may_see(actor, one.objective)]
            client = Client()
            client.force_login(actor)
            keys = places(world) | {"objective": [one.objective.pk for one in goals if one not in hidden]}
            keys |= agreed()
            for kind in doors.GUARDED - {"objective"}:
                keys[kind] = [one.keys[kind] for one in goals if one not in hidden and kind in one.keys]
            readings = [one for one in (*doors.pages(), *doors.calls()) if one.method == "GET"]
            for path, text in hears(client, readings, keys).items():
                told = [one.mark for one in hidden if one.mark in text]
                assert not told, f"{who} hears of {told} at {path}"
            everything = [one for one in (*doors.pages(), *doors.calls()) if one.is_guarded]
            for one in hidden[:1]:
                assert not list(filter(None, (unlike(client, door, one, keys) for door in everything)))


@pytest.mark.django_db
def test_the_doors_are_many_and_all_places_are_known() -> None:
    """New kinds of things in addresses are to be named in `doors.KINDS`, or here when no goal lies behind them."""
    every = [*doors.pages(), *doors.calls()]
    assert len([one for one in every if one.is_guarded]) > 80
    unknown = {place for one in every for place, kind in zip(one.places, one.kinds, strict=True) if not kind}
    assert sorted(unknown - HARMLESS) == []


HARMLESS = {
    *("notification_id", "token", "token_id", "device_id", "file_id", "hand_over_id", "key"),
    *("name", "step", "kind", "phase", "change", "what", "example_key", "team_key"),
    *("code", "day", "to", "scheme_id", "target_id"),
    # Behind the wall no goal can be asked: rounds, scorecards, claims, files of indicators, rules and ballots.
    *("pk", "act", "round_id", "card_id", "item_id", "claim_id", "kpi_file_id", "form", "rule_id", "ballot_id"),
    # Growth: somebody else's answers 404 whatever it is about; what is told of a hidden goal is tried in tests/growth.
    *("story_id", "given_id", "note_id", "share_id", "entry_id", "review_id", "quote_id", "source", "source_key"),
}
"""Places in addresses behind which no goal lies."""

"""Whatever is written can be asked for afterwards: every command of the matrix records what was done, or needs not."""

import sys
from typing import Any

import pytest
import time_machine

from tandem.activity.commands import operating, recording
from tandem.activity.models import Event
from tandem.core import commands as core
from tests import permissions
from tests.test_permissions import commands_in_the_sources
from tests.world import WEDNESDAY, build

NEEDS_NONE = {
    "activity.mark_read": "what one has read oneself",
    "activity.mark_all_read": "what one has read oneself",
    "okr.follow_objective": "what one wants to hear of oneself",
    "okr.mute_objective": "what one wants to hear of oneself",
    "okr.take_back_reaction": "that it was given is kept; taking it back says nothing about a goal",
    "integrations.people_file.send_file": "a dry run: nothing is written but the file itself; importing it is recorded",
    "kpi.send_library": "the same for indicators",
    "kpi.send_readings": "the same for values",
}
NOTHING_TO_DO = {
    "activity.forget_audit": "no entry of the scene is old enough",
    "cycles.import_cycles": "an empty file",
    "okr.import_goals": "an empty file",
    "okr.import_agreements": "an empty file",
    "okr.remind_of_handshakes": "no offer of the scene waits long enough",
    "okr.remind_of_check_ins": "nothing of the scene is due today",
    "kpi.remind_of_round": "the round of the scene has no dates",
    "kpi.remind_suppliers": "no value of the scene is late",
    "okr.remove_reader": "nobody is named in the scene",
    "okr.follow_readings": "no goal of the scene follows an indicator",
}
"""What the scene gives no cause to record; that they do is told by their own tests (`tests/commands`, `tests/plan`,
`tests/kpi`)."""


class Spy:
    """In the place of the variable that says who acts: notes which commands recorded something while they ran."""

    def __init__(self, real: Any) -> None:
        self.real, self.running, self.loud, self.seen = real, list[int](), set[str](), set[str]()
        self.written = 0

    def get(self) -> Any:
        return self.real.get()

    def set(self, actor: Any) -> Any:
        self.running.append(self.written)
        return self.real.set(actor)

    def reset(self, token: Any) -> None:
        before = self.running.pop()
        here = sys._getframe(1).f_locals
        if "done" in here:
            act = here["act"]
            name = f"{act.__module__.removeprefix('tandem.').split('.commands')[0]}.{act.__name__}"
            self.seen.add(name)
            if self.written > before:
                self.loud.add(name)
        self.real.reset(token)

    def note(self, write: Any) -> Any:
        def noted(what: Any) -> Any:
            self.written += 1
            return write(what)

        return noted


@pytest.mark.django_db
def test_every_command_records_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy(core._acting)
    monkeypatch.setattr(core, "_acting", spy)
    for place, name in ((recording, "insert_row"), (recording, "insert_rows"), (operating, "insert_row")):
        monkeypatch.setattr(place, name, spy.note(getattr(place, name)))
    monkeypatch.setattr(Event, "save", spy.note(Event.save))
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        for _row in permissions.rows(permissions.scene(build())):
            pass
    assert spy.seen == commands_in_the_sources()
    assert spy.seen - spy.loud == {*NEEDS_NONE, *NOTHING_TO_DO}

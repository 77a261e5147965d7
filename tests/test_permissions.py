"""The matrix: every command × the cast, tried for real. A command without a row fails."""

import ast
import difflib
import re
from pathlib import Path

import pytest
import time_machine

import tandem
from tests import permissions, permissions_page
from tests.world import WEDNESDAY, build


@pytest.mark.django_db
def test_the_matrix_is_what_the_table_says() -> None:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00"):
        found = permissions_page.as_table(dict(permissions.rows(permissions.scene(build()))))
    said = permissions_page.TABLE.read_text(encoding="utf-8")
    changes = difflib.unified_diff(
        said.splitlines(), found.splitlines(), "permissions.txt", "as it is", lineterm="", n=0
    )
    assert said == found, "\n".join(changes)


def test_every_command_has_a_row() -> None:
    assert permissions.TRIES.keys() == commands_in_the_sources()


def commands_in_the_sources() -> set[str]:
    """Every function under @command, wherever it stands, by the name it registers with."""
    root = Path(tandem.__file__).parent
    found = set()
    for path in root.glob("**/*.py"):
        module = ".".join(path.relative_to(root).with_suffix("").parts).split(".commands")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                ast.unparse(one).startswith("command(may=") for one in node.decorator_list
            ):
                found.add(f"{module}.{node.name}")
    return found


def test_the_page_for_readers_is_up_to_date() -> None:
    page = permissions_page.as_page(permissions_page.read_table())
    assert permissions_page.PAGE.read_text(encoding="utf-8") == page, "run python -m tests.permissions_page"


TALK = re.compile("comment|thread|reply|react|follow|mute")
"""What everybody may do who sees a goal: talk about it."""
WRITES_NO_GOAL = {
    "okr.remind_of_scores", "okr.shake", "okr.decline", "okr.expect_of_role", "okr.ask_for_hand given by neither",
    "okr.name_sides", "okr.suggest_wording", "okr.withdraw_suggestion",
    "okr.propose_promotion", "okr.sign_promotion", "okr.withdraw_promotion",
}  # fmt: skip
"""Who closes a cycle asks for scores, which remain the owner's to give; the other side of a handshake agrees or not,
and its suggestions are the owner's to take. A goal becomes a KPI by both signatures alone, the owner's among them."""


def test_nobody_but_the_owners_writes_a_persons_goals() -> None:
    """The third law, read from the table: no role and no place in the organisation opens somebody's goals."""
    table = permissions_page.read_table()
    of_ada = {
        name: may
        for name, may in table.items()
        if name.startswith("okr.")
        and "unit" not in name
        and "left" not in name
        and not TALK.search(name)
        and name not in WRITES_NO_GOAL
    }
    for name, may in of_ada.items():
        assert set(may) <= {"ada", "otto", "system"} | ({"ben"} if "colleague" in name else set()), name
    assert all("leo" not in may for may in table.values())

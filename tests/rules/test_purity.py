"""Rules decide from what they are given: they read no database, no clock and no settings."""

import ast
from pathlib import Path

import pytest

import tandem

PACKAGE = Path(tandem.__file__).parent
RULES = sorted([*PACKAGE.glob("*/rules.py"), *PACKAGE.glob("*/rules/*.py")])
ALLOWED = {"tandem.core.numbers", "tandem.core.cells", "tandem.coach"}
"""What a rule may take from the house: numbers (which refuse in the reader's language, by gettext),
how a table's cell is written, and the coach's words for the kinds of key results."""


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _own(path: Path, module: str) -> bool:
    """Another module of the same folder of rules."""
    return path.parent.name == "rules" and module.startswith(f"tandem.{path.parent.parent.name}.rules")


@pytest.mark.parametrize("path", RULES, ids=_name)
def test_rules_are_pure(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    assert not {name for name in imported if name.split(".")[0] == "django"}
    assert {name for name in imported if name.startswith("tandem") and not _own(path, name)} <= ALLOWED
    assert not {"random", "time", "os", "secrets"} & imported


@pytest.mark.parametrize("path", RULES, ids=_name)
def test_rules_do_not_look_at_the_clock(path: Path) -> None:
    calls = [node.func.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]  # fmt: skip
    assert not {"today", "now", "utcnow"} & set(calls)

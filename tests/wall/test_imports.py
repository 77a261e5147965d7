"""Lock 1: imports. Modules are planted in a copy of the sources, and the contracts must find each of them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tandem

PROJECT = Path(__file__).parents[2]
LAYERS = "Packages use only what lies below them"
KPI = "The pay wall: indicators see no goals, by no detour"
REWARDS = "The pay wall: rewards see no goals and no dossiers, by no detour"
SHOWN = "The pay wall: whoever shows goals or carries data out knows no rewards"

PLANTS = {
    "kpi/peek.py": ("from tandem.okr import queries", {KPI, LAYERS}),
    "kpi/peek_at_growth.py": ("from tandem.growth.queries import dossier", {KPI, LAYERS}),
    "kpi/late.py": ("def peek():\n    from tandem.okr.access import may_see\n    return may_see", {KPI, LAYERS}),
    "kpi/through.py": ("from tandem.people import detour", {KPI}),
    "people/detour.py": ("import tandem.okr.rules", {LAYERS}),
    "rewards/__init__.py": ("", set()),
    "rewards/peek.py": ("from tandem.okr.queries import get_objective", {LAYERS, REWARDS}),
    "rewards/peek_at_growth.py": ("from tandem.growth.queries import dossier", {LAYERS, REWARDS}),
    "rewards/through.py": ("from tandem.people import detour", {REWARDS}),
    "okr/peek.py": ("from tandem.rewards.queries import points_due", {LAYERS, SHOWN}),
    "growth/pays.py": ("from tandem.rewards import rules", {SHOWN}),
    "insights/pays.py": ("import tandem.rewards.queries", {SHOWN}),
    "integrations/pays.py": ("from tandem.rewards.commands import export_payroll", {SHOWN}),
    "pages/pays.py": ("def peek():\n    from tandem.rewards.queries import balance_of\n    return balance_of", {SHOWN}),
    "rewards/models_of_people.py": ("from tandem.people.models import Person", {"The tables of people are its own"}),
    "kpi/pays.py": ("import tandem.rewards", {LAYERS}),
    "rewards/models_of_kpi.py": ("from tandem.kpi.models import Indicator", {"The tables of kpi are its own"}),
}
"""By file: what it imports, and which contracts that breaks."""


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of the sources with all of them planted."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(Path(tandem.__file__).parent, folder / "tandem", ignore=shutil.ignore_patterns("static", "locale"))
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for name, (text, _broken) in PLANTS.items():
        (folder / "tandem" / name).parent.mkdir(exist_ok=True)
        (folder / "tandem" / name).write_text(text + "\n", encoding="utf-8")
    linter = Path(sys.executable).parent / "lint-imports"
    ran = subprocess.run(
        [linter, "--no-cache", "--config", "pyproject.toml"], cwd=folder, env={"PYTHONPATH": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_import_breaks_its_contracts(verdict: str, name: str) -> None:
    planted = "tandem." + name.removesuffix(".py").replace("/", ".")
    for contract in PLANTS[name][1]:
        assert f"{contract} BROKEN" in verdict
        assert planted in told_of(verdict, contract), f"{contract} does not name {planted}"


def told_of(verdict: str, contract: str) -> str:
    """The chains that the report shows under this contract."""
    parts = re.split(r"\n(.+)\n-+\n", verdict)
    told = dict(zip(parts[1::2], parts[2::2], strict=False))
    return told[contract]


@pytest.mark.slow
def test_a_detour_is_shown_step_by_step(verdict: str) -> None:
    chain = told_of(verdict, KPI)
    steps = [chain.index(step) for step in ("tandem.kpi.through ->", "tandem.people.detour ->", "tandem.okr.rules")]
    assert steps == sorted(steps)

"""The commands as people type them: answers, exit codes, one line for each fault."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tandem.integrations.plan import cli, comparing
from tandem.okr.models import KeyResult, Objective
from tests.plan.company import SMALL, small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_late_november")]


@pytest.fixture
def _late_november(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T10:00:00Z")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "company.json"
    path.write_text(json.dumps(SMALL))
    return path


def run(command: Any, *words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], input=given)


def test_plan_tells_and_writes_nothing(file: Path) -> None:
    told = run(cli.plan, file)
    assert told.exit_code == 0
    assert "+ objectives o1 New customers love the first week" in told.stdout
    assert "objectives: 2 created, 0 changed, 0 unchanged" in told.stdout
    assert not Objective.objects.exists()


def test_plan_shows_old_and_new_values(file: Path) -> None:
    run(cli.apply_file, file)
    plan = small(lambda plan: plan["objectives"][0].update(title="Other words"))
    told = run(cli.plan, "-", given=json.dumps(plan))
    assert "~ objectives o1\n    title: New customers love the first week → Other words\n" in told.stdout


def test_apply_twice(file: Path) -> None:
    assert "objectives: 2 created" in run(cli.apply_file, file).stdout
    told = run(cli.apply_file, file)
    assert "Nothing changed." in told.stdout
    assert told.stderr == ""


def test_faults_go_to_stderr_a_line_each() -> None:
    plan = small(lambda plan: (plan["units"][0].update(nmae="\ud800\n"), plan["units"][1].update(kind="guild")))
    told = run(cli.apply_file, "-", given=json.dumps(plan))
    assert told.exit_code == 1
    assert told.stdout == ""
    assert told.stderr.splitlines() == [
        "units[0].nmae: Tandem does not know this key.",
        "units[1].kind: There is no such kind of unit.",
    ]


def test_a_thousand_faults_are_enough() -> None:
    plan = {"tandem": 1, "cycles": [], "units": [{}] * 3000}
    lines = run(cli.apply_file, "-", given=json.dumps(plan)).stderr.splitlines()
    assert len(lines) == 1001
    assert lines[-1] == "… and 5000 more"


def test_asked_wrongly(tmp_path: Path) -> None:
    assert run(cli.apply_file).exit_code == 2
    assert run(cli.apply_file, tmp_path / "no.json").exit_code == 2
    assert run(cli.export, "--format", "csv").exit_code == 2


def test_export_to_a_file_and_back(file: Path, tmp_path: Path) -> None:
    run(cli.apply_file, file)
    for form in ("json", "yaml"):
        target = tmp_path / f"out.{form}"
        assert run(cli.export, "--format", form, "--output", target).exit_code == 0
        assert "Nothing changed." in run(cli.apply_file, target).stdout
        assert target.read_text() == run(cli.export, "--format", form).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["company.json", "out.json", "out.yaml"]


def test_check_answers_1_on_a_lie(file: Path) -> None:
    run(cli.apply_file, file)
    assert run(cli.check).exit_code == 0
    KeyResult.objects.filter(key="k1").update(progress="0.9")
    told = run(cli.check)
    assert told.exit_code == 1
    assert told.stdout.startswith("key result k1: progress is stored as 0.9")


@pytest.mark.django_db(transaction=True)
def test_an_interrupt_leaves_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_words: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(comparing.goals, "import_goals", stop)
    assert run(cli.apply_file, file).exit_code != 0
    monkeypatch.undo()
    assert "objectives: 2 created" in run(cli.apply_file, file).stdout

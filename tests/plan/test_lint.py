"""`tandem lint`: the coach's questions about a file, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tandem.integrations.plan.lint import lint
from tests.plan.company import small


def run(plan: Any, *options: str) -> Result:
    return CliRunner().invoke(lint, ["-", *options], input=plan if isinstance(plan, str) else json.dumps(plan))


def asking(**objective: Any) -> dict[str, Any]:
    plan: dict[str, Any] = small(lambda plan: plan.update(objectives=plan["objectives"][:1]))
    plan["objectives"][0].update(objective)
    return plan


GOOD = {
    "title": "New customers love the first week",
    "key_results": [
        {"id": "k1", "title": "First-week activation", "kind": "metric", "start": 30, "target": 45, "confidence": 5},
        {"id": "k2", "title": "Complaints stay below 3 a week", "kind": "maintain", "high": 3, "confidence": 5},
    ],
    "actions": [{"id": "a1", "title": "Guide page"}],
}


def test_findings_with_path_words_and_counts() -> None:
    told = run(asking(title="Raise renewal rate to 90%", key_results=[{"id": "k", "title": "上线新手引导"}]))
    assert told.exit_code == 0
    assert "objectives[0]: metric-only “90%”: Is this a number to be reached?" in told.stdout
    assert "objectives[0].key_results[0]: task-key-result “上线”: When “上线” is done" in told.stdout
    assert "1  metric-only           A number as an objective" in told.stdout


def test_nothing_to_ask() -> None:
    told = run(asking(**GOOD), "--strict")
    assert (told.exit_code, told.stdout) == (0, "Nothing to ask.\n")


def test_strict_answers_one_for_questions_only() -> None:
    assert run(asking(**{**GOOD, "title": "Raise renewal rate to 90%"}), "--strict").exit_code == 1
    assert run(asking(**{**GOOD, "title": "Customers leverage us"}), "--strict").exit_code == 0


def test_as_json_and_in_chinese() -> None:
    told = run(asking(**{**GOOD, "title": "Raise renewal rate to 90%"}), "--format", "json", "--language", "zh-hans")
    answer = json.loads(told.stdout)
    assert answer["counts"] == {"metric-only": 1}
    (found,) = answer["findings"]
    assert (found["path"], found["words"], found["severity"]) == ("objectives[0]", "90%", "question")
    assert found["question"].startswith("这只是要达到的一个数字吗")
    assert json.loads(run(asking(**GOOD), "--format", "json", "--summary").stdout) == {"counts": {}}


def test_what_is_over_is_not_asked_about() -> None:
    assert "Nothing to ask." in run(asking(title="Raise renewal rate to 90%", state="closed")).stdout
    assert "Nothing to ask." in run(asking(title="Raise renewal rate to 90%", archived="2026-10-02")).stdout


def test_copied_and_sliced_from_above() -> None:
    above = {**GOOD, "id": "o0", "title": "客户愿意推荐我们", "owner": "unit:acme", "cycle": "2026q4",
             "key_results": [{"id": "k0", "title": "新增客户 100 家"}, {"id": "k9", "title": "投诉不超过 3 起"}],
             "actions": []}  # fmt: skip
    plan = asking(**{**GOOD, "aligned_to": ["o0"]})
    plan["objectives"][0]["key_results"][0] = {"id": "k1", "title": "新增客户 30 家"}
    plan["objectives"].append(above)
    assert "sliced-number" in run(plan).stdout


@pytest.mark.parametrize(
    "text", ["", "{", "tandem: 1", '{"tandem": 1, "cycles": [], "units": [], "objectives": [{"id": 7}]}']
)
def test_a_bad_file_is_refused(text: str) -> None:
    told = run(text)
    assert told.exit_code == 1
    assert told.stderr


def test_a_file_of_many_goals_in_time(tmp_path: Path) -> None:
    plan = asking(**GOOD)
    one = plan["objectives"][0]
    plan["objectives"] = [
        {**one, "id": f"o{n}", "key_results": [{"id": f"k{n}", "title": f"Reach {n} customers"}], "actions": []}
        for n in range(200)
    ]
    assert "many-objectives" in run(plan, "--summary").stdout

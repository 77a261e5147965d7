"""docs/plan-file.md names exactly the keys that the models know."""

import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from tandem.integrations.plan import shape

PAGE = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text()
SECTIONS: dict[str, Any] = {
    "At the top": shape.PlanItem,
    "organization": shape.OrganizationItem,
    "cycles": shape.CycleItem,
    "units": shape.UnitItem,
    "people": shape.PersonItem,
    "objectives": shape.ObjectiveItem,
    "key_results": shape.KeyResultItem,
    "check_ins": shape.CheckInItem,
    "actions": shape.ActionItem,
    "agreements": shape.AgreementItem,
}


@pytest.mark.parametrize("name", SECTIONS)
def test_the_page_has_each_key(name: str) -> None:
    section = PAGE.split(f"\n### {name}\n")[1].split("\n##")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    named = {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}
    bold = {key for cell in cells for key in re.findall(r"\*\*`(\w+)`\*\*", cell)}
    model = SECTIONS[name]
    assert named == get_type_hints(model).keys()
    assert bold == model.__required_keys__


def test_the_example_can_be_applied() -> None:
    from tandem.core.bulk import Faults
    from tandem.integrations.plan.document import take_apart
    from tandem.integrations.plan.reading import parse

    example = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert example
    faults = Faults()
    assert take_apart(parse(example[1].encode(), "plan.yaml"), faults).key_results
    assert not faults.found

"""Two real companies: their counts, nothing changed the second time, the same bytes back, true numbers."""

import os
from pathlib import Path

import pytest

from tandem.integrations.plan import checking
from tandem.okr.models import Alignment, KeyResult, Objective
from tests.conftest import missing
from tests.plan.company import changed, exported, write
from tests.plan.emptying import empty

COUNTS = {
    "sourcegraph.json": {"cycles": 10, "units": 39, "objectives": 221, "key_results": 533},
    "sourced_2018q3.json": {"cycles": 1, "units": 1, "objectives": 50, "key_results": 152},
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def corpora() -> Path:
    folder = Path(os.environ.get("TANDEM_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
    if not folder.is_dir():
        missing(f"no real companies at {folder}; set TANDEM_CORPORA")
    return folder


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_company(name: str, corpora: Path) -> None:
    text = (corpora / name).read_bytes()
    counts = {kind: numbers[0] for kind, numbers in write(text).items()}
    assert {kind: counts[kind] for kind in COUNTS[name]} == COUNTS[name]
    assert changed(write(text)) == {}
    first, as_yaml = exported(), exported("yaml")
    assert changed(write(first)) == {}
    assert changed(write(as_yaml, "plan.yaml")) == {}
    assert list(checking.faults()) == []
    empty()
    write(first)
    assert exported() == first
    assert exported("yaml") == as_yaml
    assert list(checking.faults()) == []


def test_both_in_one_database(corpora: Path) -> None:
    for name in COUNTS:
        write((corpora / name).read_bytes())
    assert (Objective.objects.count(), KeyResult.objects.count()) == (271, 685)
    assert Alignment.objects.exists()
    assert list(checking.faults()) == []
    first = exported()
    assert changed(write(first)) == {}

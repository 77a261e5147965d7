"""What peers do, case by case: Tandem does the same, or what ARCHITECTURE says it does instead."""

import pytest

from tests.cases import closing, indicators, progress, rollup, sight, stories, time  # noqa: F401 - they register their kinds
from tests.cases.kinds import KINDS, later
from tests.cases.reading import CHOSEN, Row, Unreadable, rows_with


@pytest.mark.django_db
@pytest.mark.parametrize("row", rows_with("kind"))
def test_cases_of_peers(row: Row, request: pytest.FixtureRequest) -> None:
    kind = row["kind"]
    if (why := later(kind)) is not None:
        pytest.skip(why)
    test = KINDS.get(kind) or KINDS.get(kind.split("_")[0])
    if test is None:
        message = f"nobody has decided yet about cases of the kind “{kind}”"
        pytest.skip(message) if CHOSEN else pytest.fail(message)
    try:
        test(row, lambda: request.getfixturevalue("world"))
    except (Unreadable, KeyError) as form:
        if not CHOSEN:
            raise
        pytest.skip(f"a “{kind}” of a form that is not known: {form}")

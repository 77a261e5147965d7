"""Goals as a workbook: in the reader's language, readable, and only what one may see."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tandem.okr import commands as okr
from tandem.okr.models import Objective
from tandem.pages.views import workbook
from tests.pages.conftest import LANGUAGES
from tests.world import World

Browse = Callable[..., Client]


def book_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(one) for one in sheet.iter_rows(values_only=True)]


@pytest.fixture
def filled(world: World) -> World:
    objective = world.objective(title="=HYPERLINK(1)", description="Why")
    key_result = world.key_result(objective, title="+1 = 更多", unit="%")
    okr.check_in(world.ada, key_result, value=40, confidence=6, note="@here\ttabs")
    okr.add_action(world.ada, objective, title="Guide page", owner=world.ben)
    world.objective(world.cloud, title="Another unit's")
    world.objective(world.ada, cycle=world.backlog, published=False, title="Later")
    return world


@pytest.mark.parametrize(("language", "names"), [
    ("en", ["Overview", "Objectives", "Key results", "Check-ins", "Actions", "People", "Units"]),
    ("zh-hans", ["概览", "目标", "关键结果", "进展更新", "关键行动", "成员", "部门"]),
])  # fmt: skip
def test_a_cycles_workbook(filled: World, browse: Browse, language: str, names: list[str]) -> None:
    answer = browse(filled.ben, language=language).get(f"/cycles/{filled.quarter.pk}/workbook/")
    assert answer.headers["Content-Type"] == workbook.XLSX
    book = book_of(answer)
    assert book.sheetnames == names
    objectives = book.worksheets[1]
    assert objectives.freeze_panes == "A2"
    assert {row[2] for row in rows(objectives)[1:]} == {"=HYPERLINK(1)", "Another unit's"}
    cell = next(one for one in objectives["C"] if one.value == "=HYPERLINK(1)")
    assert cell.data_type == "s"  # a text, not a formula
    progress = next(row for row in objectives.iter_rows(min_row=2) if row[2].value == "=HYPERLINK(1)")[4]
    assert (progress.value, progress.number_format) == (0.4, "0%")
    (check_in,) = rows(book.worksheets[3])[1:]
    assert check_in[4] == 40
    assert "@here" in check_in[7]
    assert rows(book.worksheets[4])[1][3:5] == ("Guide page", "Ben")
    assert next(row for row in rows(objectives) if row[2] == "Another unit's")[4] is None  # no data is empty, not 0


def test_a_units_workbook_holds_its_branch(filled: World, browse: Browse) -> None:
    book = book_of(browse(filled.ben).get(f"/units/{filled.web.pk}/workbook/?cycle={filled.quarter.pk}"))
    assert [row[2] for row in rows(book["Objectives"])[1:]] == ["=HYPERLINK(1)"]
    assert {row[0] for row in rows(book["People"])[1:]} == {"Ada Byron", "Ben", "林小雨"}
    assert [row[0] for row in rows(book["Units"])[1:]] == ["Web"]


def test_beyond_the_bound_it_says_so(filled: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_OBJECTIVES", 1)
    book = book_of(browse(filled.ben).get(f"/cycles/{filled.quarter.pk}/workbook/"))
    assert len(rows(book["Objectives"])) == 2
    assert "Not everything" in rows(book["Overview"])[-1][0]


def test_the_pages_offer_it(filled: World, browse: Browse) -> None:
    client = browse(filled.ben)
    assert f"/cycles/{filled.quarter.pk}/workbook/" in client.get(f"/cycles/{filled.quarter.pk}/").content.decode()
    assert f"/units/{filled.web.pk}/workbook/" in client.get(f"/units/{filled.web.pk}/").content.decode()
    assert client.get("/cycles/999/workbook/").status_code == 404
    assert Client().get(f"/cycles/{filled.quarter.pk}/workbook/").status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_costs_few_queries(filled: World, browse: Browse, asks: Callable[..., int], language: str) -> None:
    client = browse(filled.ben, language=language)
    few = asks(client, f"/cycles/{filled.quarter.pk}/workbook/")
    for _more in range(5):
        filled.key_result(filled.objective())
    assert asks(client, f"/cycles/{filled.quarter.pk}/workbook/") == few <= 14


def test_what_one_may_not_read_is_not_in_it(filled: World, browse: Browse) -> None:
    secret = filled.objective(title="MARKER secret")
    filled.key_result(secret, title="MARKER result")
    Objective.objects.filter(pk=secret.pk).update(visibility="people")
    path = f"/cycles/{filled.quarter.pk}/workbook/"
    texts = {
        who: str([rows(one) for one in book_of(browse(getattr(filled, who)).get(path)).worksheets])
        for who in ("ada", "ben", "omar")
    }
    assert ["MARKER" in texts[who] for who in texts] == [True, False, False]

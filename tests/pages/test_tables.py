"""Tables on screen as CSV: the same rows, the same words, nothing a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tandem.pages.tables import safe, tables_in, written
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tests.pages.conftest import LANGUAGES
from tests.world import World

Browse = Callable[..., Client]


def rows_of(answer: object) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def files_on(client: Client, path: str) -> list[str]:
    return [
        unescape(one) for one in re.findall(r'class="table-file"><a href="([^"]+)"', client.get(path).content.decode())
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_members_of_a_unit(world: World, browse: Browse, language: str) -> None:
    world.objective()
    client = browse(world.ada, language=language)
    address = next(one for one in files_on(client, f"/units/{world.web.pk}/") if "csv=" in one)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeff".encode())
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    head, *rows = rows_of(answer)
    assert {row[0] for row in rows} == {"Ada Byron", "Ben", "林小雨"}
    assert all(len(row) == len(head) for row in rows)
    assert head[0] == {"en": "Person", "zh-hans": "成员"}[language]


def test_all_pages_of_a_list(world: World, browse: Browse) -> None:
    for number in range(60):
        people.add_person(SYSTEM, world.web, name=f"Member {number:02}")
    client = browse(world.ada)
    (address, *_rest) = files_on(client, f"/units/{world.web.pk}/")
    names = [row[0] for row in rows_of(client.get(address))[1:]]
    assert len(names) == len(set(names)) == 63


def test_every_table_has_its_file(world: World, browse: Browse) -> None:
    world.key_result(world.objective())
    client = browse(world.omar)
    found = 0
    for path in (f"/units/{world.cloud.pk}/", f"/cycles/{world.quarter.pk}/", "/cycles/", "/ui/"):
        page = client.get(path).content.decode()
        for address in files_on(client, path):
            assert rows_of(client.get(address))[0]
            found += 1
        assert page.count("<table") >= len(files_on(client, path))
    assert found >= 3


def test_no_such_table(world: World, browse: Browse) -> None:
    assert browse(world.ada).get(f"/units/{world.web.pk}/?csv=Salaries").status_code == 404
    assert Client().get(f"/units/{world.web.pk}/?csv=Members").status_code == 302


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+49 30", "+49 30"), ("-5%", "-5%"), ("-cmd|'x'", "'-cmd|'x'"),
     ("–", ""), (" two\n words ", "two words"), ("-2+3", "'-2+3")],
)  # fmt: skip
def test_nothing_a_spreadsheet_would_run(cell: str, kept: str) -> None:
    assert safe(cell) == kept


def test_what_is_read_off_a_table() -> None:
    html = """<table><caption>Who &amp; when</caption><thead><tr><th>A</th><th>B</th><th>C</th><th>D</th></tr></thead>
    <tbody><tr><th><span aria-hidden="true">AB</span><a href="/x">Ada</a></th><td data-value="2026-10-14">Wed</td>
    <td><span role="img" aria-label="Progress 40%"><i>x</i></span><br>more</td><td><a class="button" href="#">Go</a>
    <button>Do</button></td></tr></tbody></table><nav><a rel="next" href="/list/?p=2#list">Next</a></nav>
    <table><caption>Other</caption><tr><td>1</td></tr></table>"""
    table = tables_in(html)["Who & when"]
    assert table.next == "/list/?p=2#list"
    assert written([table.rows]).splitlines() == ["A,B,C", "Ada,2026-10-14,Progress 40% more"]

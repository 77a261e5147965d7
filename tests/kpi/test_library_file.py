"""The library by file: real definitions with a mapping, own ones in both languages, and back again unchanged."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from tandem.config import kpi_commands
from tandem.kpi import commands as kpi
from tandem.kpi.forms.library_export import FORMATS, library_as
from tandem.kpi.models import Indicator, IndicatorVersion, KpiFile
from tandem.kpi.queries import find_indicators
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.conftest import missing
from tests.kpi.conftest import send
from tests.pages.conftest import text_of
from tests.proof import refused
from tests.world import World

MAPPING = (Path(__file__).parents[2] / "docs" / "kpi-mapping.yaml").read_text(encoding="utf-8")
OWN = """columns: {code: key, name: title, definition: means, unit: unit, target: goal, tags: [area, owner]}
language: lang
values: {unit: {pct: "%"}}
"""
ROWS: list[dict[str, Any]] = [
    {"key": "Late-Parcels", "title": "Late parcels", "means": "Parcels after the promised day", "unit": "pct",
     "goal": "at or below 2%", "lang": "en", "area": "depot", "colour": "red"},
    {"key": "yuedu-huikuan", "title": "月度回款额", "means": "当月到账金额", "unit": "万元", "goal": ">=80",
     "lang": "zh", "area": "销售", "owner": "华东"},
    {"key": "spills", "title": "Spills", "goal": "0", "lang": "en"},
]  # fmt: skip


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()


def sent(world: World, content: bytes, mapping: str = "") -> KpiFile:
    return kpi.send_library(world.hana, None, name="library.jsonl", content=content, mapping=mapping)


def faults(file: KpiFile) -> list[tuple[object, str]]:
    return [(one["row"], one["column"]) for one in file.report["faults"]]


@pytest.fixture
def real() -> bytes:
    folder = Path(os.environ.get("TANDEM_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
    if not (folder / "kpi_real.jsonl").is_file():
        missing(f"no real definitions at {folder}; set TANDEM_CORPORA")
    return (folder / "kpi_real.jsonl").read_bytes()


def test_all_real_definitions_come_in(world: World, real: bytes) -> None:
    file = sent(world, real, MAPPING)
    many = len(real.splitlines())
    assert (faults(file), file.report["counts"]["created"]) == ([], many)
    assert {one["field"] for one in file.report["guesses"]} >= {"direction", "unit", "over_time", "method"}
    assert not Indicator.objects.exists(), "a dry run writes nothing"
    kpi.import_file(world.hana, file)
    rows = Indicator.objects.all()
    assert (rows.count(), IndicatorVersion.objects.count()) == (many, many)
    assert rows.exclude(name_en="").count() + rows.exclude(name_zh="").count() == many
    again = sent(world, real, MAPPING)
    assert again.report["counts"] == {"created": 0, "changed": 0, "unchanged": many}
    assert again.report["guessed"] == []
    for form in FORMATS:
        back = sent(world, library_as(form, find_indicators(world.hana)))
        assert (faults(back), back.report["counts"]["unchanged"]) == ([], many), form


def test_own_rows_in_both_languages_say_what_was_guessed(world: World) -> None:
    file = sent(world, lines(ROWS), OWN)
    assert (faults(file), file.state, file.report["unused"]) == ([], "checked", ["colour"])
    guessed = {(one["code"], one["field"]): (one["value"], one["why"]) for one in file.report["guessed"]}
    assert guessed["late-parcels", "direction"] == ("lower", "target")
    assert guessed["late-parcels", "over_time"] == ("mean", "unit")
    assert guessed["late-parcels", "method"] == ("mirror", "direction")
    assert guessed["yuedu-huikuan", "direction"] == ("higher", "target")
    assert guessed["yuedu-huikuan", "over_time"] == ("sum", "unit")
    assert guessed["yuedu-huikuan", "dimension"] == ("finance", "name")
    assert guessed["spills", "method"] == ("deduction", "target")
    assert ("late-parcels", "unit") not in guessed
    kpi.import_file(world.hana, file)
    late, money = Indicator.objects.get(code="late-parcels"), Indicator.objects.get(code="yuedu-huikuan")
    assert (late.name_en, late.name_zh, late.unit, late.tags) == ("Late parcels", "", "%", ["depot"])
    assert (money.name_zh, money.definition_zh, money.tags) == ("月度回款额", "当月到账金额", ["销售", "华东"])
    with refused(422):
        kpi.import_file(world.hana, file)


def test_a_changed_export_is_a_new_version(world: World, indicator: Callable[..., Indicator]) -> None:
    indicator("coverage", supplier=world.otto, used_by=world.web, tags=["ci, nightly"], parameters={"most": "1.1"},
              definition_en="=1+1\n\nAll lines")  # fmt: skip
    for form in FORMATS:
        same = sent(world, library_as(form, find_indicators(world.hana)))
        assert same.report["counts"] == {"created": 0, "changed": 0, "unchanged": 1}, (form, same.report)
    row = json.loads(library_as("jsonl", find_indicators(world.hana)))
    file = sent(world, lines([{**row, "unit": "%", "supplier": "ben@example.com", "direction": "sideways"}]))
    assert faults(file) == [(1, "direction")]
    file = sent(world, lines([{**row, "unit": "%", "supplier": "ben@example.com"}]))
    (changed,) = file.report["rows"]
    assert sorted(name for name, *_values in changed["fields"]) == ["supplier", "unit"]
    kpi.import_file(world.hana, file)
    kept = Indicator.objects.get()
    assert (kept.unit, kept.number, kept.supplier, kept.tags) == ("%", 2, world.ben, ["ci, nightly"])


def test_one_bad_row_keeps_all_out_and_each_is_named(world: World) -> None:
    rows = [
        {"code": "fine", "name_en": "Fine"},
        {"code": "no name"},
        {"code": "fine", "name_en": "Twice"},
        {"name_en": "No code"},
        {"code": "odd", "name_en": "Odd", "direction": "sideways", "precision": "9", "cap": "1e30"},
        {"code": "who", "name_en": "Who", "supplier": "nobody@example.com", "used_by": "Nowhere"},
        {"code": "a", "name_en": "A", "expression": "b + 1"},
        {"code": "b", "name_en": "B", "expression": "a + 1"},
        {"code": "c", "name_en": "C", "expression": "nothing * 2"},
        {"code": "d", "name_en": "D", "expression": "1 +"},
        {"code": "p", "name_en": "P", "parameters": "{", "sunset_on": "tomorrow"},
    ]
    file = sent(world, lines(rows))
    assert set(faults(file)) >= {
        (2, "code"), (3, "code"), (4, "code"), (5, "direction"), (6, "supplier"), (6, "used_by"), (7, "expression"),
        (8, "expression"), (9, "expression"), (10, "expression"), (11, "parameters"), (11, "sunset_on"),
    }  # fmt: skip
    assert any("a → b → a" in one["message"] for one in file.report["faults"])
    with refused(422):
        kpi.import_file(world.hana, file)
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    ("content", "mapping", "field"),
    [
        (b"", "", "file"),
        (b"not a table", "", ""),
        (b"{broken\n", "", "file"),
        (b'{"code": "a"}\n[1]\n', "", "file"),
        (b"PK\x03\x04 no workbook", "", "file"),
        (b'{"code": "a"}', "columns: {name: x}", "mapping"),
        (b'{"code": "a"}', "columns: {code: x, colour: y}", "mapping"),
        (b'{"code": "a"}', "- a\n- b", "mapping"),
        (b'{"code": "a"}', "columns: {code: x}\nvalues: 7", "mapping"),
        (b'{"code": "a"}', "{[", "mapping"),
        (b'{"code": "a"}', "columns: {code: x}\nguess: maybe", "mapping"),
    ],
)
def test_what_is_no_library_is_refused_in_words(world: World, content: bytes, mapping: str, field: str) -> None:
    if not content:
        with refused(422, field=field):
            sent(world, content, mapping)
        return
    file = sent(world, content, mapping)
    assert file.state == "faulty"
    assert file.report["faults"][0]["message"]
    assert field in ("", file.report["faults"][0]["column"])


def test_merged_cells_formulas_and_a_wrong_sheet_are_named(world: World) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Notes"], ["of nobody"]):
        sheet.append(row)
    assert "code" in sent(world, _saved(book)).report["faults"][0]["message"]
    good = book.create_sheet("Library")
    for cells in (["code", "name_en"], ["a", "A"], ["b", '=CONCAT("B")']):
        good.append(cells)
    assert faults(sent(world, _saved(book))) == [(3, "name_en")]
    good.merge_cells("A2:A3")
    assert "A2:A3" in sent(world, _saved(book)).report["faults"][0]["message"]


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_tell_before_they_write(world: World, browse: Callable[..., Client], language: str) -> None:
    hana = browse(world.hana, language=language)
    assert hana.get("/kpi/indicators/file/").status_code == 200
    empty = send(hana, "/kpi/indicators/file/", {})
    assert empty.status_code == 422
    parcel = {"file": _upload("l.jsonl", lines(ROWS)), "mapping": _upload("m.yaml", OWN.encode())}
    path = send(hana, "/kpi/indicators/file/", parcel).headers["Location"]
    said = text_of(hana.get(path))
    assert "月度回款额" in said
    assert ("值越低越好" if language == "zh-hans" else "lower is better") in said or "mirror" not in said
    assert browse(world.omar).get(path).status_code == 404
    assert send(hana, path).status_code == 302
    assert Indicator.objects.count() == len(ROWS)
    for form in FORMATS:
        assert hana.get(f"/kpi/indicators/export.{form}").status_code == 200
    assert hana.get("/kpi/indicators/export.exe").status_code == 404
    assert browse(world.ada, language=language).get("/kpi/indicators/file/").status_code == 403


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_programs_send_files_too(world: World, door: Callable[[Person], Door]) -> None:
    hana = door(world.hana)
    made = hana.client.post("/api/v1/indicator-files", {"file": _upload("l.jsonl", lines(ROWS)), "mapping": OWN})
    assert made.status_code == 201, made.content
    assert made.json()["counts"] == {"created": 3, "changed": 0, "unchanged": 0}
    done = hana.post(f"/indicator-files/{made.json()['id']}/import", {})
    assert done["state"] == "applied"
    exported = hana.get("/indicators-export?form=jsonl")
    assert len(exported["content"].splitlines()) == len(ROWS)
    refusal = door(world.ada).client.post("/api/v1/indicator-files", {"file": _upload("l.jsonl", lines(ROWS))})
    assert refusal.status_code == 403


def test_the_command_line_does_the_same(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kpi_commands, "upgrade_database", lambda: None)
    (tmp_path / "rows.jsonl").write_bytes(lines(ROWS))
    (tmp_path / "map.yaml").write_text(OWN, encoding="utf-8")
    asked = ["import", str(tmp_path / "rows.jsonl"), "--mapping", str(tmp_path / "map.yaml")]
    run = CliRunner().invoke
    tried = run(kpi_commands.indicators, [*asked, "--dry-run"])
    assert tried.exit_code == 0, tried.output
    assert "3 created" in tried.output
    assert not Indicator.objects.exists()
    assert run(kpi_commands.indicators, asked).exit_code == 0
    assert Indicator.objects.count() == len(ROWS)
    out = tmp_path / "out.csv"
    assert run(kpi_commands.indicators, ["export", "--output", str(out)]).exit_code == 0
    again = run(kpi_commands.indicators, ["import", str(out)])
    assert "3 unchanged" in again.output
    out.write_text("code,name_en\nx y,Odd\n", encoding="utf-8")
    wrong = run(kpi_commands.indicators, ["import", str(out)])
    assert (wrong.exit_code, Indicator.objects.count()) == (1, len(ROWS))

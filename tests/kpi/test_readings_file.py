"""Values by file: looked at as those by form are, row by row, all of them or none, in bulk."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from tandem.activity.models import Event
from tandem.config import kpi_commands
from tandem.core.bulk import Faults
from tandem.cycles import commands as cycles
from tandem.kpi import commands as kpi
from tandem.kpi.commands.readings_file import Row, prepare_readings
from tandem.kpi.models import Correction, Indicator, KpiFile, Reading
from tandem.people.actors import SYSTEM
from tandem.people.models import Person
from tests.api.conftest import Door
from tests.kpi.conftest import send
from tests.pages.conftest import text_of
from tests.proof import refused
from tests.world import WEDNESDAY, World

HEAD = ["indicator", "person", "unit", "date", "value", "note", "since"]
ADA, BEN = "ada@example.com", "ben@example.com"


@pytest.fixture
def coverage(world: World, indicator: Callable[..., Indicator]) -> Indicator:
    """Otto supplies it; Ada, Ben and Web carry it."""
    made = indicator("coverage", unit="%", supplier=world.otto, over_time="mean")
    items = [{"indicator": "coverage", "target": 80, "weight": 100}]
    kpi.issue_to_team(world.lin, world.web, cycle=world.quarter, items=items)
    kpi.issue_to_unit(world.wei, world.web, cycle=world.quarter, items=items)
    return made


def table(*rows: list[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


def book(*rows: list[object], head: list[str] | None = None) -> Workbook:
    made = Workbook()
    for row in (head or HEAD, *rows):
        made.worksheets[0].append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(who: Person, content: bytes) -> KpiFile:
    return kpi.send_readings(who, None, name="values", content=content)


def faults(file: KpiFile) -> list[tuple[object, str]]:
    return [(one["row"], one["column"]) for one in file.report["faults"]]


def test_values_come_in_are_corrected_and_stay(world: World, coverage: Indicator) -> None:
    first = table(
        ["coverage", ADA, "", "2026-10-05", "71.5", "", ""],
        ["coverage", "", "Web", "2026年10月5日", "70", "run 12", "2026-10-01"],
    )
    file = sent(world.otto, first)
    assert (faults(file), file.report["counts"]["created"]) == ([], 2)
    assert not Reading.objects.exists(), "a dry run writes nothing"
    kpi.import_file(world.otto, file)
    webs = Reading.objects.get(carrier_unit=world.web)
    assert (webs.value, webs.since, webs.source, webs.author) == (70, date(2026, 10, 1), "file", world.otto)
    assert sent(world.otto, first).report["counts"] == {"created": 0, "changed": 0, "unchanged": 2}
    made = book(["coverage", ADA, None, date(2026, 10, 5), 72.3, None, None])
    again = sent(world.otto, saved(made))
    assert again.report["rows"][0]["fields"] == [["value", "71.5", "72.3"]]
    kpi.import_file(world.otto, again)
    assert Correction.objects.get().value == Decimal("71.5")
    told = Event.objects.filter(verb="reading.imported").order_by("pk")
    assert [one.data["many"] for one in told] == [2, 1]


def test_every_bad_cell_is_named_and_nothing_is_kept(world: World, coverage: Indicator) -> None:
    rows: list[list[object]] = [
        ["coverage", ADA, "", "2026-10-15", "1", "", ""],
        ["coverage", ADA, "", "2026-10-05", "1e30", "", ""],
        ["coverage", ADA, "", "2026-10-06", "good", "", ""],
        ["coverage", ADA, "", "2026-10-07", "", "", ""],
        ["coverage", BEN, "", "2026-10-05", "1", "", ""],
        ["coverage", BEN, "", "2026-10-05", "2", "", ""],
        ["coverage", "", "", "2026-10-05", "1", "", ""],
        ["coverage", ADA, "Web", "2026-10-05", "1", "", ""],
        ["coverage", "who@example.com", "", "2026-10-05", "1", "", ""],
        ["unknown", ADA, "", "2026-10-05", "1", "", ""],
        ["coverage", ADA, "", "5 October", "1", "", ""],
        ["coverage", ADA, "", "2026-09-30", "1", "", ""],
        ["coverage", "wei@example.com", "", "2026-10-05", "1", "", ""],
        ["coverage", ADA, "", "2026-10-08", "1", "", "2026-10-09"],
        ["coverage", ADA, "", "2026-10-09", "1", "x" * 201, ""],
    ]
    file = sent(world.otto, table(*rows))
    assert faults(file) == [
        (2, "date"), (3, "value"), (4, "value"), (5, "value"), (7, "date"), (8, "person"), (9, "unit"), (10, "person"),
        (11, "indicator"), (12, "date"), (13, "person"), (14, "person"), (15, "since"), (16, "note"),
    ]  # fmt: skip
    with refused(422):
        kpi.import_file(world.otto, file)
    assert not Reading.objects.exists()


def test_only_suppliers_hand_in_and_nobody_their_own(world: World, coverage: Indicator) -> None:
    kpi.edit_indicator(SYSTEM, coverage, supplier=world.ada)
    file = sent(world.ada, table(["coverage", ADA, "", "2026-10-05", "1", "", ""]))
    assert faults(file) == [(2, "person")]
    for stranger in (world.otto, world.lin, world.omar):
        with refused(403):
            sent(stranger, table())
    kpi.add_indicator(SYSTEM, None, code="other", name_en="Other", supplier=world.otto)
    assert faults(sent(world.otto, table(["coverage", BEN, "", "2026-10-05", "1", "", ""]))) == [(2, "indicator")]


def test_a_closed_cycle_and_a_calculated_indicator_take_nothing(world: World, coverage: Indicator) -> None:
    kpi.add_indicator(SYSTEM, None, code="half", name_en="Half", expression="coverage / 2", supplier=world.otto)
    row: list[object] = ["half", ADA, "", "2026-10-05", "1", "", ""]
    assert faults(sent(world.otto, table(row))) == [(2, "indicator")]
    cycles.enter_phase(SYSTEM, world.quarter, phase="closed")
    assert faults(sent(world.otto, table(["coverage", ADA, "", "2026-10-05", "1", "", ""]))) == [(2, "date")]


def test_merged_cells_formulas_text_and_a_wrong_sheet(world: World, coverage: Indicator) -> None:
    wrong = book(["nothing"], head=["Notes"])
    assert sent(world.otto, saved(wrong)).state == "faulty"
    cells = book(
        ["coverage", ADA, None, date(2026, 10, 5), "=1+1", None, None],
        ["coverage", BEN, None, date(2026, 10, 5), 10**30, None, None],
        ["coverage", BEN, None, date(2026, 10, 6), "viel", None, None],
        ["coverage", BEN, None, date(2026, 10, 7), 0.1 + 0.2, None, None],
    )
    assert faults(sent(world.otto, saved(cells))) == [(2, "value"), (3, "value"), (4, "value")]
    cells.worksheets[0].merge_cells("B2:B3")
    assert "B2:B3" in sent(world.otto, saved(cells)).report["faults"][0]["message"]
    second = book(["of nobody"], head=["Notes"])
    second.create_sheet("Values").append(["指标", "成员", "日期", "数值"])
    second.worksheets[1].append(["coverage", ADA, "2026/10/5", 71])
    assert faults(sent(world.otto, saved(second))) == []


def test_many_values_are_looked_at_and_written_in_bulk(
    world: World, coverage: Indicator, django_assert_max_num_queries: Any
) -> None:
    """Queries do not grow with the rows: here they are 2000, of 20 indicators."""
    start = date(2024, 1, 1)
    old = cycles.create_cycle(SYSTEM, None, name="Long", start=start, end=date(2026, 9, 30))
    codes = [f"c{place}" for place in range(20)]
    for code in codes:
        kpi.add_indicator(SYSTEM, None, code=code, name_en=code, supplier=world.otto)
    items = [{"indicator": code, "target": 1, "weight": 5} for code in codes]
    kpi.issue_to_unit(world.wei, world.web, cycle=old, items=items)
    days = [date.fromordinal(start.toordinal() + place) for place in range(100)]
    rows = [Row(place, code, None, world.web, on, str(place)) for place, (code, on) in
            enumerate((code, on) for code in codes for on in days)]  # fmt: skip
    found = Faults()
    with django_assert_max_num_queries(30):
        prepared = prepare_readings(world.otto, rows, found)
        assert not found.found
        kpi.import_readings(world.otto, None, prepared=prepared)
    assert Reading.objects.count() == len(rows)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_supplier_sends_a_file_on_the_page(
    world: World, coverage: Indicator, browse: Callable[..., Client], language: str
) -> None:
    otto = browse(world.otto, language=language)
    assert otto.get("/kpi/readings/file/").status_code == 200
    blank = otto.get("/kpi/readings/template.xlsx")
    assert blank.status_code == 200
    assert send(otto, "/kpi/readings/file/", {}).status_code == 422
    content = table(["coverage", ADA, "", "2026-10-05", "71.5", "", ""])
    path = send(otto, "/kpi/readings/file/", {"file": SimpleUploadedFile("v.csv", content)}).headers["Location"]
    assert "71.5" in text_of(otto.get(path))
    assert send(otto, path).status_code == 302
    assert Reading.objects.count() == 1
    assert browse(world.nia, language=language).get("/kpi/readings/file/").status_code == 403


def test_programs_send_and_withdraw(
    world: World, coverage: Indicator, door: Callable[[Person], Door], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    otto = door(world.otto)
    content = table(["coverage", ADA, "", "2026-10-05", "71.5", "", ""])
    made = otto.client.post("/api/v1/reading-files", {"file": SimpleUploadedFile("v.csv", content)}).json()
    assert otto.post(f"/indicator-files/{made['id']}/import", {})["state"] == "applied"
    path = f"/indicators/coverage/readings/2026-10-05?person={world.ada.pk}"
    assert otto.ask("DELETE", path).status_code == 204
    assert otto.ask("DELETE", path).status_code == 404
    assert otto.get("/indicators/coverage/readings")["items"] == []
    assert Event.objects.filter(verb="reading.withdrawn").get().data["carrier"] == "Ada Byron"
    body = {"value": 70, "person": world.ada.pk, "since": "2026-10-02"}
    back = otto.put("/indicators/coverage/readings/2026-10-05", body)
    assert (back["value"], back["since"], back["version"]) == (70, "2026-10-02", 3)
    assert Correction.objects.count() == 2
    told = door(world.ada).get("/indicators/coverage/target?on=2026-10-05")
    assert told["terms"]["target"] == 80
    assert door(world.ada).get("/indicators/coverage/target?on=2025-10-05")["terms"] is None
    monkeypatch.setattr(kpi_commands, "upgrade_database", lambda: None)
    (tmp_path / "v.csv").write_bytes(content)
    done = CliRunner().invoke(kpi_commands.readings, ["import", str(tmp_path / "v.csv")])
    assert (done.exit_code, Reading.objects.get().value) == (0, Decimal("71.5")), done.output
    assert Reading.objects.get().on < WEDNESDAY

"""People and units by file: what it means, what is wrong with it, cell by cell; all of it is written, or nothing."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import translation
from openpyxl import Workbook, load_workbook

from tandem.activity.models import Event
from tandem.core import spreadsheets
from tandem.core.errors import Invalid
from tandem.integrations.people_file.columns import PEOPLE
from tandem.integrations.people_file.commands import import_file, send_file
from tandem.integrations.people_file.models import PeopleFile
from tandem.integrations.people_file.writing import people_rows, template, text_table, workbook
from tandem.people import commands as people
from tandem.people.actors import SYSTEM
from tandem.people.models import Membership, Person, Unit
from tests.proof import refused
from tests.world import WEDNESDAY, World, build, fresh


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(f"{WEDNESDAY}T09:00+00:00", tick=True):
        yield build()


def table(*rows: tuple[object, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def book(**sheets: list[tuple[object, ...]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(made)


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(world: World, content: bytes, name: str = "people.xlsx") -> PeopleFile:
    return send_file(world.hana, None, name=name, content=content)


def faults(file: PeopleFile) -> list[tuple[object, ...]]:
    return [(one["sheet"], one["row"], one["column"]) for one in file.report["faults"]]


UNITS: list[tuple[object, ...]] = [
    ("Unit name", "Kind", "Unit above"),
    ("设计 Design", "职能层", "云业务 Cloud"),
    ("Icons", "Team", "设计 Design"),
]
PEOPLE_ROWS: list[tuple[object, ...]] = [
    ("姓名", "E-mail", "所属部门", "Further units", "Leads", "直接主管"),
    ("钱多多", "QIAN@example.com", "Icons", "Web; 数据 Data", "Icons", "wei@example.com"),
    ("Ada King", "ada@example.com", None, None, None, None),
]


def test_a_workbook_in_both_languages_is_tried_and_then_written(world: World) -> None:
    file = sent(world, book(Units=UNITS, 成员=PEOPLE_ROWS))
    assert (file.state, file.report["faults"]) == ("checked", [])
    assert file.report["counts"] == {
        "units": {"created": 2, "changed": 0, "unchanged": 0},
        "people": {"created": 1, "changed": 1, "unchanged": 0},
    }
    assert [(one["sheet"], one["row"], one["fields"]) for one in file.report["rows"] if one["what"] == "changed"] == [
        ("people", 3, [["name", "Ada Byron", "Ada King"]])
    ]
    assert not Person.objects.filter(email="qian@example.com").exists(), "a dry run writes nothing"
    import_file(world.hana, file)
    qian = Person.objects.get(email="qian@example.com")
    icons = Unit.objects.get(name="Icons")
    assert icons.parent is not None
    assert (icons.parent.name, icons.parent.kind, icons.lead) == ("设计 Design", "function", qian)
    assert (qian.unit, qian.manager) == (icons, world.wei)
    assert Membership.objects.filter(person=qian, until=None).count() == 3
    assert fresh(world.ada).name == "Ada King"
    assert Event.objects.filter(verb="organization.imported", actor=world.hana).count() == 1
    with pytest.raises(Invalid):
        import_file(world.hana, fresh(file))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_export_changes_nothing(world: World, language: str) -> None:
    people.edit_person(SYSTEM, world.ben, name="=1+1")
    people.join_unit(SYSTEM, world.ben, unit=world.data)
    with translation.override(language):
        for content in (workbook(world.hana), text_table(people_rows(world.hana), PEOPLE)):
            file = sent(world, content)
            assert file.report["faults"] == []
            assert file.report["rows"] == []
            assert file.report["counts"]["people"]["unchanged"] == 11
        cells = load_workbook(io.BytesIO(workbook(world.hana))).worksheets[1]
    assert "f" not in {one.data_type for row in cells.iter_rows() for one in row}, "no formula leaves"


def test_the_template_has_headings_that_are_understood(world: World) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            made = load_workbook(io.BytesIO(template()))
        made.worksheets[1].append([None, "New", "new@example.com"])
        assert sent(world, saved(made)).report["counts"]["people"]["created"] == 1


def test_every_cell_that_means_nothing_is_named(world: World) -> None:
    people.create_unit(SYSTEM, world.office, name="Web")
    rows: list[tuple[object, ...]] = [
        ("Name", "E-mail", "Home unit", "Manager", "Left on", "Leads", "Shoe size"),
        ("", "x@example.com", "", "", "", "", ""),
        ("B", "no address", "", "", "", "", ""),
        ("C", "c@example.com", "Web", "nobody@example.com", "31.12.2026", "Moon", ""),
        ("D", "c@example.com", "", "", "", "", ""),
        ("E", "e@example.com", "", "", "2026-02-30", "数据 Data", ""),
        ("F", "f@example.com", "", "", "", "数据 Data", ""),
    ]
    file = sent(world, table(*rows), "x.csv")
    assert file.state == "faulty"
    assert sorted(faults(file), key=str) == sorted(
        [
            ("people", 1, "Shoe size"), ("people", 2, "name"), ("people", 3, "email"), ("people", 4, "unit"),
            ("people", 4, "manager"), ("people", 4, "left"), ("people", 4, "leads"), ("people", 5, ""),
            ("people", 6, "left"), ("people", 7, "leads"),
        ],
        key=str,
    )  # fmt: skip
    with pytest.raises(Invalid):
        import_file(world.hana, file)


def test_rings_of_managers_and_units_are_refused(world: World) -> None:
    ada, ben = "ada@example.com", "ben@example.com"
    rows: list[tuple[object, ...]] = [("Name", "E-mail", "Manager"), ("", ada, ben), ("", ben, ada)]
    assert [one[2] for one in faults(sent(world, table(*rows), "x.csv"))] == ["manager"]
    rows = [("Unit ID", "Unit name", "Unit above"), (world.cloud.key, "", world.web.key)]
    assert [one[2] for one in faults(sent(world, table(*rows), "x.csv"))] == ["parent"]


def test_formulas_and_merged_cells_are_no_values(world: World) -> None:
    rows: list[tuple[object, ...]] = [("Name", "E-mail"), ('=HYPERLINK("x")', "x@example.com")]
    assert ("people", 2, "name") in faults(sent(world, book(People=rows)))
    assert ("people", 2, "name") in faults(sent(world, table(*rows), "x.csv"))
    made = Workbook()
    for row in [("Name", "E-mail"), ("A", "a@example.com")]:
        made.active.append(row)
    made.active.merge_cells("A2:A3")
    file = sent(world, saved(made))
    assert "A2:A3" in file.report["faults"][0]["message"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (spreadsheets.MOST_UNPACKED + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 broken",
        b"\x00\x01\x02\x03" * 100,
        b"\xff\xff\xff\xff\x80",
        b"Fruit,Colour\nApple,red\n",
        b"Name,E-mail\n",
        b'Name,E-mail\n"' + b"x" * 140_000,
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(world: World, content: bytes) -> None:
    file = sent(world, content)
    assert file.state == "faulty"
    assert len(file.report["faults"]) == 1
    assert file.report["faults"][0]["row"] is None


def test_bombs_and_endless_tables_are_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    for content in (bomb(), table(("Name", "E-mail"), *[("A", "")] * 4)):
        assert sent(world, content).report["faults"][0]["row"] is None
    for content in (b"", b"x" * (spreadsheets.MOST_BYTES + 1)):
        with pytest.raises(Invalid):
            sent(world, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_chinese_text_in_every_usual_encoding(world: World, encoding: str, comma: str) -> None:
    text = comma.join(["姓名", "电子邮箱"]) + "\r\n" + comma.join(["欧阳娜", "ouyang@example.com"]) + "\r\n"
    file = sent(world, text.encode(encoding), "x.csv")
    assert [one["name"] for one in file.report["rows"]] == ["欧阳娜"]


def test_what_changed_meanwhile_is_looked_at_again(world: World) -> None:
    file = sent(world, table(("Name", "E-mail", "Home unit"), ("Zoe", "zoe@example.com", "数据 Data")), "x.csv")
    people.edit_unit(SYSTEM, world.data, name="Numbers")
    with refused(422):
        import_file(world.hana, file)
    assert not Person.objects.filter(email="zoe@example.com").exists()


def test_the_people_team_cannot_take_over_an_administrator(world: World) -> None:
    file = sent(world, table(("Person ID", "Name", "E-mail"), (world.omar.key, "Omar", "mine@example.com")), "x.csv")
    with refused(403):
        import_file(world.hana, file)
    assert fresh(world.omar).email == "omar@example.com"


def test_large_files_are_the_workers(world: World, work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tandem.integrations.people_file.commands.AT_ONCE", 100)
    rows = [(f"Person {number}", f"p{number}@example.com", "Web") for number in range(200)]
    file = sent(world, table(("Name", "E-mail", "Home unit"), *rows), "x.csv")
    assert file.state == "waiting"
    work()
    assert fresh(file).state == "checked"
    assert import_file(world.hana, fresh(file)).state == "applying"
    work()
    assert (fresh(file).state, Person.objects.filter(unit=world.web).count()) == ("applied", 204)

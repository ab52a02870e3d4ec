"""Cells of workbooks as texts, and how much of a workbook is read."""

import struct
from datetime import date, datetime, time

import pytest

from citizen.core.errors import Refused
from surveys.importers import workbooks
from surveys.importers.workbooks import sheets
from tests.surveys.importers.workbooks import changed, container, old_workbook, record, with_part, workbook

pytestmark = pytest.mark.usefixtures("speaking")


def cells(content: bytes, sheet: str = "survey") -> list[dict[int, str]]:
    return [dict(row) for row in workbooks.read(content, {sheet}).sheets[sheet].rows.values()]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        workbooks.read(content, {"survey"})
    assert refused.value.status == 422
    return refused.value.sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.25, "0.25"),
        (True, "TRUE"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime.fromisoformat("2026-01-31T14:30"), "2026-01-31 14:30:00"),
        (time(9, 5), "09:05:00"),
        (" Über uns ", " Über uns "),
        ("=1+1", None),
    ],
)
def test_a_cell_is_read_as_people_see_it(value, text):
    assert cells(workbook(survey=[[value, "end"]])) == [({1: text} if text else {}) | {2: "end"}]


def test_empty_rows_stay_where_they_are():
    found = workbooks.read(workbook(survey=[["a"], [], [None, "b"]]), {"survey"}).sheets["survey"]
    assert found.rows == {1: {1: "a"}, 3: {2: "b"}}


def test_names_of_sheets_are_read_in_any_case():
    book = workbooks.read(workbook(Survey=[["a"]], Notes=[["b"]]), {"survey"})
    assert book.sheets["survey"].name == "Survey"
    assert book.names == ("Survey", "Notes")
    assert "notes" not in book.sheets


def test_formulas_without_a_result_are_named():
    assert workbooks.read(workbook(survey=[["a", "=B1"]]), {"survey"}).sheets["survey"].unsolved == [(1, 2)]


def test_old_workbooks_read_the_same():
    rows = [("type", "label"), ("text", "Größe"), ("integer", 2.0)]
    assert cells(old_workbook(rows)) == cells(workbook(survey=rows))


def test_strings_that_cells_share_are_found():
    """Excel writes each text once; what says how to pronounce it is not part of it."""
    strings = b"<sst><si><t>no</t></si><si><r><t>Wh</t></r><r><t>at_x000A_</t></r><rPh><t>x</t></rPh></si></sst>"
    sheet = b'<x:worksheet xmlns:x="x"><x:row><x:c t="s"><x:v>1</x:v></x:c></x:row></x:worksheet>'
    content = with_part(workbook(survey=[["a"]]), "xl/worksheets/sheet1.xml", sheet)
    assert cells(with_part(content, "xl/sharedStrings.xml", strings)) == [{1: "What\n"}]


def test_rows_that_say_no_number_are_counted():
    content = changed(
        workbook(survey=[["a"], ["b"]]),
        lambda name, part: part.replace(b' r="1"', b"").replace(b' r="2"', b"").replace(b' r="A', b' x="A'),
    )
    assert cells(content) == [{1: "a"}, {1: "b"}]


@pytest.mark.parametrize("make", [lambda rows: workbook(survey=rows), old_workbook])
def test_too_many_rows_are_refused_with_the_row(make, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert refusal(make([["a"]] * 5)) == "survey, row 4: we read at most 3 rows of a sheet."


@pytest.mark.parametrize("make", [lambda rows: workbook(survey=rows), old_workbook])
def test_too_many_columns_and_cells_are_refused(make, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_COLUMNS", 3)
    assert "survey, row 2: we read at most 3 columns." in refusal(make([["a"], ["a"] * 4]))
    monkeypatch.setattr(sheets, "MOST_CELLS", 3)
    assert "survey, row 2" in refusal(make([["a"] * 3, ["a"]]))


def test_other_sheets_may_be_as_long_as_they_like(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert cells(workbook(survey=[["a"]], data=[["a"]] * 9)) == [{1: "a"}]
    assert cells(old_workbook([["a"]], others={"data": [["a"]] * 9})) == [{1: "a"}]


def test_a_row_that_lies_about_its_number_costs_nothing():
    far = changed(workbook(survey=[["a"], ["b"]]), lambda _name, part: part.replace(b'"A2"', b'"A1048576"'))
    assert "row 1048576" in refusal(far)
    nowhere = changed(workbook(survey=[["a"]]), lambda _name, part: part.replace(b'"A1"', b'"ZZZZ9"'))
    assert "damaged" in refusal(nowhere)


def test_what_is_no_workbook_is_told_apart():
    assert "no Excel workbook" in refusal(with_part(b"PK\x05\x06" + bytes(18), "word/document.xml", b"<a/>"))
    assert "no Excel workbook" in refusal(container(record(0x0A), name="WordDocument"))
    assert "damaged" in refusal(b"PK\x03\x04 and nothing more")


def test_errors_in_cells_are_named():
    sheet = b'<worksheet><row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><v>2</v></c></row></worksheet>'
    content = with_part(workbook(survey=[["a"]]), "xl/worksheets/sheet1.xml", sheet)
    found = workbooks.read(content, {"survey"}).sheets["survey"]
    assert (found.rows, found.unsolved) == ({1: {2: "2"}}, [(1, 1)])
    old = old_workbook([("a",)], cells=[record(0x205, struct.pack("<HHHBB", 1, 0, 0, 0x17, 1))])
    assert workbooks.read(old, {"survey"}).sheets["survey"].unsolved == [(2, 1)]


def test_a_cell_that_is_no_number_names_its_place():
    sheet = b'<worksheet><row r="7"><c r="C7"><v>seven</v></c></row></worksheet>'
    content = with_part(workbook(survey=[["a"]]), "xl/worksheets/sheet1.xml", sheet)
    assert refusal(content) == "survey!C7: this cell cannot be read."


@pytest.mark.parametrize(
    "change",
    [
        lambda old: old[:300],
        lambda old: old[:30] + b"\x20\0" + old[32:],
        lambda old: old[:48] + b"\xff\0\0\0" + old[52:],
        lambda old: old[:56] + b"\0\0\1\0" + old[60:],
        lambda old: old[:68] + b"\xff\0\0\0" + old[72:],
        lambda old: old[:68] + b"\1\0\0\0" + old[72:],
        lambda old: old[:80] + old[76:80] + old[84:],
    ],
    ids=["cut off", "size of a sector", "directory", "small streams", "table far away", "odd table", "table twice"],
)
def test_damaged_containers_are_refused(change):
    assert refusal(change(old_workbook([("type", "name"), ("text", "a")]))).startswith(
        ("This workbook is damaged", "This is no")
    )


def test_an_old_workbook_may_be_large():
    """Above 7 MB the table of sectors has a table of its own."""
    rows = [("type", "name", "label")] + [("text", f"q{n}", "x" * 4000) for n in range(900)]
    assert len(cells(old_workbook(rows))) == 901

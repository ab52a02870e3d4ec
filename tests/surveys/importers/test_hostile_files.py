"""Files that want to do harm are refused with a reason, quickly and in little memory."""

import io
import struct
import subprocess
import sys
import zipfile

import pytest

from citizen.core.config import ROOT
from surveys.importers.workbooks import archive, markup
from tests.surveys.importers.workbooks import (
    brought,
    changed,
    container,
    form,
    old_workbook,
    record,
    sentences,
    with_part,
    workbook,
)

pytestmark = pytest.mark.usefixtures("speaking")
SHEET = "xl/worksheets/sheet1.xml"
QUESTION = ("text", "a", "What?")
SECONDS, MEGABYTES = 2, 150
"""What a hostile file may cost at most, above what reading a small honest one costs."""

MEASURE = """
import pathlib, resource, sys, time
from flask import Flask
from citizen.core import i18n
from citizen.core.config import ROOT
from surveys import importers
app = Flask("measure", root_path=str(ROOT))
i18n.init_app(app)
with app.app_context():
    small, *hostile = sorted(pathlib.Path(sys.argv[1]).iterdir())
    importers.read(small.name, small.read_bytes(), ["en"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for path in hostile:
        content, began = path.read_bytes(), time.process_time()
        refused = importers.read("form.xlsx", content, ["en"]).report.refused
        spent, most = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(int(spent * 1000), (most - before) // 1024, refused, sep="|")
"""
"""Reads all files of a folder, the first one being honest. Tells milliseconds, megabytes so far, and what came."""


def refused(content: bytes) -> str:
    found = brought(content)
    assert found.questionnaire is None
    return found.report.refused or ""


def entities(content: bytes) -> bytes:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return changed(content, lambda name, part: part.replace(b"<worksheet", laughs + b"<worksheet", 1))


def hundred_thousand_rows() -> bytes:
    rows = (f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>text</t></is></c></row>' for n in range(1, 100_001))
    sheet = f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"
    return with_part(form(QUESTION), SHEET, sheet.encode())


def bomb() -> bytes:
    return with_part(form(QUESTION), SHEET, b"<worksheet>" + bytes(300 * 1024 * 1024))


def one_endless_tag() -> bytes:
    return with_part(form(QUESTION), SHEET, b"<worksheet " + b"a='' " * 1_400_000 + b"/>")


def many_small_tags() -> bytes:
    return with_part(form(QUESTION), SHEET, b"<worksheet>" + b"<a/>" * 1_900_000 + b"</worksheet>")


def deep_tags() -> bytes:
    return with_part(form(QUESTION), SHEET, b"<worksheet>" + b"<a>" * 1_900_000)


def many_strings() -> bytes:
    strings = b"<sst>" + b"<si><t/></si>" * 600_000 + b"</sst>"
    sheet = b'<worksheet><row><c t="s"><v>599999</v></c></row></worksheet>'
    return with_part(with_part(form(QUESTION), SHEET, sheet), "xl/sharedStrings.xml", strings)


def many_parts() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for number in range(60_000):
            new.writestr(str(number), b"")
    return file.getvalue()


def one_endless_cell() -> bytes:
    cell = b'<c r="A1" t="inlineStr"><is><t>' + b"a" * 7_000_000 + b"</t></is></c>"
    return with_part(form(QUESTION), SHEET, b"<worksheet><row>" + cell + b"</row></worksheet>")


def sectors_in_a_circle() -> bytes:
    return container(bytes(2_000_000), follows=lambda place: place)


def old_strings() -> bytes:
    table = record(0xFC, struct.pack("<II", 3_000_000, 3_000_000))
    return old_workbook([("type",)], extra=[table, *[record(0x3C, bytes(8000))] * 800])


def old_link_over_everything() -> bytes:
    """xlrd would note the link at each of 16 million cells."""
    link = record(0x1B8, struct.pack("<HHHH", 0, 65535, 0, 255) + bytes(24))
    return old_workbook([("type",)], extra=[link] * 100)


HOSTILE = (
    (lambda: entities(form(QUESTION)), "defines XML entities"),
    (hundred_thousand_rows, "survey, row 5001: we read at most 5000 rows"),
    (bomb, "would unpack to 300 MB"),
    (one_endless_tag, "damaged"),
    (many_small_tags, "too many tags"),
    (deep_tags, "too many tags"),
    (many_strings, "too many tags"),
    (many_parts, "too many parts"),
    (one_endless_cell, "survey!A1: this cell holds more text"),
    (sectors_in_a_circle, "damaged"),
    (old_strings, "too many texts"),
    (old_link_over_everything, "We found no question"),
)


def test_little_work_and_little_memory(tmp_path):
    (tmp_path / "00").write_bytes(form(QUESTION))
    for number, (make, _words) in enumerate(HOSTILE, start=1):
        (tmp_path / f"{number:02}").write_bytes(make())
    command = [sys.executable, "-c", MEASURE, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [line.split("|") for line in done.stdout.splitlines()]
    assert [words in line[2] for line, (_make, words) in zip(lines, HOSTILE, strict=True)] == [True] * len(HOSTILE)
    assert max(int(milliseconds) for milliseconds, _memory, _refused in lines) < SECONDS * 1000
    assert max(int(memory) for _milliseconds, memory, _refused in lines) < MEGABYTES


def test_the_file_may_have_ten_megabytes():
    assert "larger than 10 MB" in refused(b"PK\x03\x04" + bytes(10 * 1024 * 1024))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.xml"])
def test_macros_are_refused(name):
    assert "contains macros" in refused(with_part(form(QUESTION), name, b"x"))


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_links_to_other_files_are_refused(name):
    assert "takes data from other files" in refused(with_part(form(QUESTION), name, b"<x/>"))


def test_an_old_workbook_with_macros_links_or_a_password_is_refused():
    rows = [("type", "name", "label"), QUESTION]
    link = record(0x1AE, struct.pack("<HHB", 1, 6, 0) + b"\1other.xls")
    assert "takes data from other files" in refused(old_workbook(rows, extra=[link]))
    assert "locked with a password" in refused(old_workbook(rows, extra=[record(0x2F, bytes(6))]))
    assert "contains macros" in refused(container(bytes(5000), name="_VBA_PROJECT_CUR"))
    assert "locked with a password" in refused(container(bytes(5000), name="EncryptedPackage"))


def test_a_locked_part_is_refused():
    locked = bytearray(form(QUESTION))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + place] |= 1
    assert "locked with a password" in refused(bytes(locked))


def test_a_part_that_lies_about_its_size_gets_no_more_room():
    """A part that claims to be small is read no further than it claims."""
    honest = with_part(form(QUESTION), SHEET, b"<worksheet>" + b" " * 5_000_000 + b"</worksheet>")
    lying = bytearray(honest)
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "damaged" in refused(bytes(lying))


def test_packing_that_no_workbook_uses_is_refused():
    file = io.BytesIO(form(QUESTION))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_BZIP2) as new:
        new.writestr("xl/extra.xml", b"a" * 1000)
    assert "damaged" in refused(file.getvalue())


def test_html_and_script_become_inert_text():
    label = (
        'Choose <b>one</b> <script>alert(1)</script><img src=x onerror="alert(2)"> <a href="https://a.org/x">here</a>'
    )
    found = brought(
        form(("text", "a", label), ("note", "b", "5 < 6 & 7 > 2"), ("note", "c", '<a href="javascript:x">c</a>'))
    )
    texts = [question.text["en"] for question in found.questionnaire.questions]
    assert texts == ["Choose one  here (https://a.org/x)", "5 < 6 & 7 > 2", "c"]
    assert "We took HTML out of this text. Plaza shows plain text." in sentences(found, "a")
    assert not sentences(found, "b")


def test_control_signs_go_and_long_texts_are_cut():
    found = brought(
        form(("text", "a", "What\u202e is\u0085 this?"), ("select_one l", "b", "x"), choices=[("l", "y", "z" * 600)])
    )
    first, second = found.questionnaire.questions
    assert first.text["en"] == "What\u202e is this?"
    assert "We took signs out of this text that nobody can read." in sentences(found, "a")
    assert len(second.options[0].label["en"]) == 500
    assert "This text is too long. We kept the first 500 characters." in sentences(found, "y")


@pytest.mark.parametrize("limit", [(archive, "MOST_READ", 2000), (markup, "MOST_TAGS", 10)])
def test_limits_name_the_part(limit, monkeypatch):
    monkeypatch.setattr(*limit)
    assert "of this workbook" in refused(form(*[("text", f"q{n}", "What?" * 50) for n in range(50)]))


def test_calculations_of_calculations_do_not_grow_without_end():
    rows = [("integer", "a", "A?", "", "")]
    rows += [("calculate", f"c{n + 1}", "", f"${{c{n}}} + ${{c{n}}}", "") for n in range(1, 40)]
    rows += [("calculate", "c1", "", "${a} + ${a}", ""), ("text", "b", "B?", "", "${c40} > 3")]
    found = brought(workbook(survey=[("type", "name", "label", "calculation", "relevant"), *rows]))
    assert list(found.questionnaire.questions)[-1].show_if is None
    assert "Everybody sees this now." in sentences(found, "b")[0]


def test_calculations_that_wait_for_each_other_are_left_out():
    chain = [("calculate", f"c{n}", "", f"${{c{n + 1}}}", "") for n in range(500)]
    circle = [("calculate", "x", "", "${y}", ""), ("calculate", "y", "", "${x}", "")]
    rows = [*chain, *circle, ("text", "a", "A?", "", "${c0} = ${x}")]
    found = brought(workbook(survey=[("type", "name", "label", "calculation", "relevant"), *rows]))
    assert next(found.questionnaire.questions).show_if is None


def test_groups_inside_of_groups_end_somewhere():
    assert "survey, row 32: the groups are nested too deeply." in refused(
        form(*[("begin group", f"g{n}", "G") for n in range(2000)], QUESTION)
    )


def test_conditions_that_are_too_long_together_are_refused_with_the_row():
    rows = [("text", f"q{n}", "What?", "1 = 1 or " * 500 + "1 = 1") for n in range(100)]
    assert "survey, row 6" in refused(workbook(survey=[("type", "name", "label", "relevant"), *rows]))


def test_too_many_questions_are_refused():
    assert "has 401 questions" in refused(form(*[("text", f"q{n}", "What?") for n in range(401)]))
    assert "row 2002: this file has more than 2000 questions" in refused(
        form(*[("text", f"q{n}", "What?") for n in range(2001)])
    )

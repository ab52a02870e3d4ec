"""Answers as files: CSV, XLSX, SPSS and JSON. Each writer takes the answers and a path, and tells how far it is.

What citizens wrote stays text everywhere: no spreadsheet takes it for a formula or a link.
"""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import orjson
import xlsxwriter
from flask_babel import gettext as _

from citizen.core.config import ROOT
from citizen.core.spreadsheets import as_text
from surveys.exporters.answers import Answers
from surveys.exporters.codebook import Cell

STEP = 2000
"""How many rows are written between two words about progress."""

Progress = Iterator[int]
Writer = Callable[[Answers, Path], Progress]


def write_csv(answers: Answers, path: Path) -> Progress:
    """UTF-8 with the mark that Excel needs to see that it is."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        yield from _write_csv_rows(answers, file)


def _write_csv_rows(answers: Answers, file: TextIO) -> Progress:
    writer = csv.writer(file)
    writer.writerow([name for name, _label in answers.heads])
    for number, row in enumerate(answers.rows(), start=1):
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
        if number % STEP == 0:
            yield number


def write_json(answers: Answers, path: Path) -> Progress:
    """`{"columns": [{name, label, is_text, codes}], "answers": [[cell, …]]}`, one sheet a line."""
    columns = [
        {"name": name, "label": label, "is_text": name not in answers.numeric, "codes": _codes(answers, name)}
        for name, label in answers.heads
    ]
    with path.open("wb") as file:
        file.write(b'{"columns": ' + orjson.dumps(columns) + b',\n"answers": [\n')
        for number, row in enumerate(answers.rows(), start=1):
            file.write((b",\n" if number > 1 else b"") + orjson.dumps(row))
            if number % STEP == 0:
                yield number
        file.write(b"\n]}\n")


def write_xlsx(answers: Answers, path: Path) -> Progress:
    """A sheet with the answers and one with the codebook. Rows go to disk as they come."""
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), settings | {"strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True})
        page = book.add_worksheet(_("Answers"))
        page.freeze_panes(1, 0)
        page.write_row(0, 0, [name for name, _label in answers.heads], bold)
        for number, row in enumerate(answers.rows(), start=1):
            _write_cells(page, number, row)
            if number % STEP == 0:
                yield number
        _write_codebook(book.add_worksheet(_("Codebook")), answers, bold)


def _write_cells(page: Any, number: int, row: list[Cell]) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(number, place, cell)
        elif cell is not None:
            page.write_number(number, place, cell)


def _write_codebook(page: Any, answers: Answers, bold: Any) -> None:
    page.set_column(0, 1, 40)
    page.write_row(0, 0, [_("Column"), _("Meaning"), _("Code"), _("Meaning of the code")], bold)
    lines = [
        (name, label, code, meaning)
        for name, label in answers.heads
        for code, meaning in (_codes(answers, name) or {"": ""}).items()
    ]
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line):
            page.write_string(number, place, text)


def write_sav(answers: Answers, path: Path) -> Progress:
    """SPSS, made from our JSON by a program of its own (`surveys.exporters.spss` says why)."""
    source = path.with_suffix(".json")
    yield from write_json(answers, source)
    command = [sys.executable, "-m", "surveys.exporters.spss", str(source), str(path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    source.unlink()


def _codes(answers: Answers, name: str) -> dict[str, str]:
    return dict(answers.own_codes.get(name) or answers.codes.get(name, {}))


WRITERS: dict[str, Writer] = {"csv": write_csv, "xlsx": write_xlsx, "sav": write_sav, "json": write_json}
MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sav": "application/x-spss-sav",
    "json": "application/json",
}

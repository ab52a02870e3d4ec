"""Turns our JSON of answers into an SPSS file: `python -m surveys.exporters.spss answers.json answers.sav`.

A program of its own, because the library that knows the format wants all columns in memory at once: they are gone
again with the program, and whoever serves pages never loads it.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pyreadstat

from surveys.questionnaire import DONT_KNOW

DONT_KNOW_NUMBER = -999
LONGEST_CELL = 32_767
LONGEST_LABEL, LONGEST_MEANING = 250, 120
"""What SPSS takes, the cell in bytes, the labels in characters."""

Cell = str | int | float | None


def main(source: Path, target: Path) -> None:
    """Read what `write_json` wrote, and write the same as SPSS."""
    columns, rows = _read(source)
    cells: list[list[Cell]] = [[] for _column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            cells[place].append(cell)
    names = [column["name"] for column in columns]
    frame = pandas.DataFrame(
        {column["name"]: _series(values, column) for column, values in zip(columns, cells, strict=True)}
    )
    pyreadstat.write_sav(
        frame,
        str(target),
        column_labels=[column["label"][:LONGEST_LABEL] for column in columns],
        variable_value_labels={name: _labels(c) for name, c in zip(names, columns, strict=True) if c["codes"]},
    )


def _read(source: Path) -> tuple[list[dict[str, Any]], Iterator[list[Cell]]]:
    """The columns, and the rows one by one: each stands on a line of its own."""
    file = source.open(encoding="utf-8")
    columns = json.loads(file.readline().rstrip().removesuffix(",") + "}")["columns"]
    file.readline()
    return columns, (json.loads(line.rstrip().removesuffix(",")) for line in file if line.startswith("["))


def _series(cells: list[Cell], column: dict[str, Any]) -> pandas.Series:
    if column["is_text"]:
        return pandas.Series([_short("" if cell is None else str(cell)) for cell in cells], dtype=object)
    numbers = [DONT_KNOW_NUMBER if cell == DONT_KNOW else cell for cell in cells]
    return pandas.Series(numbers, dtype="float64")


def _short(text: str) -> str:
    return text.encode()[:LONGEST_CELL].decode(errors="ignore")


def _labels(column: dict[str, Any]) -> dict[Any, str]:
    """What the codes mean; those of numbers are numbers."""
    meanings = {code: meaning[:LONGEST_MEANING] for code, meaning in column["codes"].items()}
    if column["is_text"]:
        return meanings
    return {DONT_KNOW_NUMBER if code == DONT_KNOW else float(code): words for code, words in meanings.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""LimeSurvey's arrays: the same answers for several rows."""

from typing import Any

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.bounds import MAX_CELLS
from surveys.importers.drafts import Draft
from surveys.importers.limesurvey.choices import is_shuffled
from surveys.importers.limesurvey.reading import Reading, together
from surveys.importers.limesurvey.structure import Asked, Choice, Texts
from surveys.importers.limesurvey.variables import Chosen
from surveys.importers.report import Entry
from surveys.questionnaire import Kind, Option


def five_points(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    return _fixed(asked, {str(point): str(point) for point in range(1, 6)}, entry, reading)


def ten_points(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    return _fixed(asked, {str(point): str(point) for point in range(1, 11)}, entry, reading)


def yes_no_uncertain(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    words = {"Y": standard.YES, "N": standard.NO, "U": standard.UNCERTAIN}
    return _fixed(asked, words, entry, reading, is_ordered=False)


def more_or_less(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    words = {"I": standard.INCREASE, "S": standard.SAME, "D": standard.DECREASE}
    return _fixed(asked, words, entry, reading)


def _fixed(
    asked: Asked, words: dict[str, Any], entry: Entry, reading: Reading, *, is_ordered: bool = True
) -> list[Draft]:
    options = reading.fixed(reading.code_of[asked.id], words, entry)
    return [_matrix(asked, reading.draft(asked, Kind.MATRIX, entry), options, reading, is_ordered=is_ordered)]


def array(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Answers of its own, from one end to the other."""
    options = reading.options(reading.code_of[asked.id], asked.answers, entry)
    return [_matrix(asked, reading.draft(asked, Kind.MATRIX, entry), options, reading)]


def array_by_column(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    entry.change(_("LimeSurvey shows this table by columns. Here each column is a row; what is asked stays the same."))
    return array(asked, entry, reading)


def dual_scale(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Two tables with the same rows."""
    entry.change(_("This table has two scales. It is two tables now."))
    drafts = []
    for scale, header in ((0, "dualscale_headerA"), (1, "dualscale_headerB")):
        answers = [answer for answer in asked.answers if answer.scale == scale]
        draft = reading.part(asked, Kind.MATRIX, entry, str(scale + 1), asked.attributes.get(header, {}))
        options = reading.options(draft.code, answers, entry)
        drafts.append(_matrix(asked, draft, options, reading, behind=f"_{scale}", old=f"#{scale}"))
    return drafts


def _matrix(
    asked: Asked,
    draft: Draft,
    options: list[Option],
    reading: Reading,
    *,
    is_ordered: bool = True,
    behind: str = "",
    old: str = "",
) -> Draft:
    """The draft with its rows. `behind` and `old` stand behind the names of the rows' variables."""
    rows = reading.rows(asked.scale(0), draft.entry)
    for choice, row in rows:
        tree = [*draft.answer, row.code]
        name, address = f"{choice.code}{behind}", f"{choice.code}{old}"
        reading.variables.name(asked, tree, name, address=address, part_id=0 if behind else choice.id)
    if not behind:
        reading.variables.name(asked, draft.answer)
    shuffled = {"is_shuffled": is_shuffled(asked), "is_ordered": is_ordered}
    draft.values |= {"options": options, "rows": [row for _choice, row in rows], **shuffled}
    return draft


def numbers(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """A table of numbers, or of boxes to tick: then each row is a question."""
    if asked.attribute("multiflexible_checkbox") == "1":
        return _boxes(asked, entry, reading)
    least, most = asked.number("multiflexible_min"), asked.number("multiflexible_max")
    step = asked.number("multiflexible_step")
    decimals = 0 if step is None or step == int(step) else 2
    return _cells(asked, entry, reading, Kind.NUMBER, {"least": least, "most": most, "decimals": decimals})


def texts(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """A table of texts, or of numbers."""
    if asked.attribute("numbers_only") == "1":
        return _cells(asked, entry, reading, Kind.NUMBER, {"decimals": 6})
    return _cells(asked, entry, reading, Kind.LINE, {})


def _boxes(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    if len(asked.scale(0)) > MAX_CELLS:
        entry.lose(_("This table has %(n)s cells to fill in. That is too much for a phone.", n=len(asked.scale(0))))
        return []
    entry.change(_("Each row of this table is a question of its own now."))
    drafts = []
    for row in asked.scale(0):
        draft = reading.part(asked, Kind.MULTIPLE, entry, row.code, row.texts)
        draft.values["options"] = reading.options(draft.code, asked.scale(1), entry)
        reading.variables.multiples.add(draft.code)
        known = reading.variables.choices[draft.code]
        for column in asked.scale(1):
            chosen = Chosen(["has", draft.answer, known[column.code]])
            reading.variables.name(asked, chosen, f"{row.code}_{column.code}")
        drafts.append(draft)
    return drafts


def _cells(asked: Asked, entry: Entry, reading: Reading, kind: Kind, values: dict[str, Any]) -> list[Draft]:
    """Every cell as a question."""
    cells = [(row, column) for row in asked.scale(0) for column in asked.scale(1)]
    if len(cells) > MAX_CELLS:
        entry.lose(_("This table has %(n)s cells to fill in. That is too much for a phone.", n=len(cells)))
        return []
    entry.change(_("Each cell of this table is a question of its own now."))
    return [_cell(asked, entry, reading, kind, row, column, values) for row, column in cells]


def _cell(
    asked: Asked, entry: Entry, reading: Reading, kind: Kind, row: Choice, column: Choice, values: dict[str, Any]
) -> Draft:
    name = f"{row.code}_{column.code}"
    where: Texts = together(row.texts, column.texts)
    draft = reading.part(asked, kind, entry, name, where, **values)
    reading.variables.name(asked, draft.answer, name)
    return draft

"""SurveyJS tables: one answer a row, or several columns of questions."""

from typing import Any

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.bounds import MAX_CELLS
from surveys.importers.drafts import Draft
from surveys.importers.report import Entry
from surveys.importers.surveyjs.document import Node, flag, name_of, nodes, number, word
from surveys.importers.surveyjs.reading import Item, Reading, items
from surveys.questionnaire import AGREEMENT, MAX_OPTIONS, MAX_ROWS, Kind, Option

CHOSEN = {"default", "dropdown", "radiogroup"}
MOST_POINTS = 20


def matrix(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """One answer in each row; without rows it is a question of its own."""
    columns, rows = items(node.get("columns")), items(node.get("rows"))
    if not _fits(columns, rows, entry):
        return []
    if node.get("cells"):
        entry.miss(_("The cells of this table have texts of their own. We left them out."))
    if node.get("cellType") == "checkbox":
        return _boxes(node, entry, reading, columns, rows)
    if not rows:
        options = reading.options(reading.code(node), columns, entry)
        return [reading.draft(node, Kind.SINGLE, entry, options=options, is_ordered=True)]
    is_statements = tuple(item.value for item in columns) == AGREEMENT
    draft = reading.draft(node, Kind.STATEMENTS if is_statements else Kind.MATRIX, entry, **_order(node))
    if not is_statements:
        draft.values |= {"options": reading.options(draft.code, columns, entry), "is_ordered": True}
    draft.values["rows"] = reading.rows(node, draft, rows, entry)
    _say_what_is_required(node, draft)
    return [draft]


def _order(node: Node) -> dict[str, bool]:
    return {"is_shuffled": "random" in (node.get("rowOrder"), node.get("rowsOrder"))}


def _fits(columns: list[Item], rows: list[Item], entry: Entry) -> bool:
    if not columns:
        entry.lose(_("This table has no answers to choose from."))
    elif len(columns) > MAX_OPTIONS or len(rows) > MAX_ROWS:
        most = {"options": MAX_OPTIONS, "rows": MAX_ROWS}
        entry.lose(_("This table has more than %(options)s answers or %(rows)s rows.", **most))
    elif any(item.node.get("visibleIf") for item in (*columns, *rows)):
        entry.miss(_("Some rows or answers are shown under a condition. Here everybody sees them."))
    return not entry.is_lost


def _say_what_is_required(node: Node, draft: Draft) -> None:
    """SurveyJS asks for one row at least, or for each. Here a table must be answered in each, or not at all."""
    is_each = flag(node, "eachRowRequired", "isAllRowRequired")
    if draft.values["is_required"] and not is_each:
        draft.entry.change(_("SurveyJS asks for an answer in one row at least. Here each row needs one."))
    draft.values["is_required"] = draft.values["is_required"] or is_each
    if flag(node, "eachRowUnique"):
        draft.entry.miss(_("SurveyJS takes each answer in one row only. We left this check out."))


def _boxes(node: Node, entry: Entry, reading: Reading, columns: list[Item], rows: list[Item]) -> list[Draft]:
    entry.change(_("Each row of this table is a question of its own now."))
    drafts = []
    for row in rows:
        draft = reading.part(node, Kind.MULTIPLE, entry, row.value, row.texts)
        draft.values["options"] = reading.options(draft.code, columns, entry)
        drafts.append(draft)
    return drafts


def columns(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """Each column to choose in becomes a table, each cell to write in a question."""
    rows, found = items(node.get("rows")), nodes(node.get("columns"))
    if not rows or not found or len(rows) > MAX_ROWS or len(found) > MAX_CELLS:
        entry.lose(_("This table has no rows and columns that we could bring over."))
        return []
    answers = [_answers(column, node, entry, reading) for column in found]
    cells = sum(answer is None for answer in answers) * len(rows)
    if cells > MAX_CELLS:
        entry.lose(_("This table has %(n)s cells to fill in. That is too much for a phone.", n=cells))
        return []
    entry.change(_("Each column of this table to choose in is a table now, and each cell to write in a question."))
    drafts: list[Draft] = []
    for column, answer in zip(found, answers, strict=True):
        make = _cells if answer is None else _table
        drafts += make(node, column, answer or [], rows, reading, entry)
    return drafts


def _answers(column: Node, node: Node, entry: Entry, reading: Reading) -> list[Item] | None:
    """What can be chosen in a column; None where people write."""
    kind = word(column.get("cellType")) or "default"
    kind = word(node.get("cellType")) or "dropdown" if kind == "default" else kind
    if kind in CHOSEN:
        found = items(column.get("choices")) or items(node.get("choices"))
        return found if 0 < len(found) <= MAX_OPTIONS else None
    if kind == "boolean":
        return [
            Item(value, reading.under_names(standard.written(usual, reading.languages, entry)), {})
            for value, usual in (("true", standard.YES), ("false", standard.NO))
        ]
    if kind == "rating":
        least, most = number(column, "rateMin") or 1, number(column, "rateMax") or 5
        return items([int(least) + step for step in range(min(int(most - least) + 1, MOST_POINTS))]) or None
    return None


def _column(column: Node) -> Item:
    return items([column])[0] if items([column]) else Item(name_of(column) or "column", {}, column)


def _table(
    node: Node, column: Node, answers: list[Item], rows: list[Item], reading: Reading, entry: Entry
) -> list[Draft]:
    head = _column(column)
    draft = reading.part(node, Kind.MATRIX, entry, head.value, head.texts, is_ordered=True)
    options: list[Option] = reading.options(draft.code, answers, entry)
    draft.values |= {"options": options, "rows": reading.rows({}, draft, rows, entry)}
    for row, made in zip(rows, draft.values["rows"], strict=True):
        reading.variables.name(f"{name_of(node)}.{row.value}.{head.value}", [*draft.answer, made.code])
    draft.values["is_required"] = draft.values["is_required"] or column.get("isRequired") is True
    return [draft]


def _cells(
    node: Node, column: Node, _answers: list[Item], rows: list[Item], reading: Reading, entry: Entry
) -> list[Draft]:
    head, drafts = _column(column), []
    kind, values = _written(column)
    for row in rows:
        title = {code: f"{text} – {head.texts.get(code, head.value)}" for code, text in row.texts.items()}
        draft = reading.part(node, kind, entry, f"{row.value}_{head.value}", title, **values)
        reading.variables.name(f"{name_of(node)}.{row.value}.{head.value}", draft.answer)
        drafts.append(draft)
    return drafts


def _written(column: Node) -> tuple[Kind, dict[str, Any]]:
    if column.get("cellType") == "comment":
        return Kind.TEXT, {}
    is_number = column.get("inputType") == "number"
    return (Kind.NUMBER, {"decimals": 6}) if is_number else (Kind.LINE, {})

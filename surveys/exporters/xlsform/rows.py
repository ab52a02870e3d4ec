"""Questions as rows of the sheet "survey". What XLSForm has no word for stands in a column "plaza", or is noted."""

from collections.abc import Callable, Mapping

from surveys.exporters.xlsform.constraints import constraint_of
from surveys.exporters.xlsform.ground import Cells, Ground
from surveys.exporters.xlsform.lists import agreement_in, ends_of, what_is_meant
from surveys.exporters.xlsform.losses import is_scale
from surveys.questionnaire import Kind, OptionRole, Question

DECIMALS = 2
"""What our reader takes for a number with decimals that says nothing else."""

Rows = list[Cells]


def rows_of(question: Question, ground: Ground) -> Rows:
    """The rows of one question: one, but for tables and for a line beside "other"."""
    return _table(question, ground) if question.kind.has_rows else _row(question, ground)


def _row(question: Question, ground: Ground) -> Rows:
    cells: Cells = {"name": question.code}
    cells |= ground.texts("label", question.text) or {f"label::{ground.header}": question.code}
    cells |= ground.texts("hint", question.hint if question.kind is not Kind.NOTE else {})
    cells |= {"relevant": ground.condition(question.show_if, question.code)}
    cells |= {"required": "yes" if question.is_required and question.kind is not Kind.NOTE else ""}
    cells |= constraint_of(question, ground)
    cells |= WRITERS[question.kind](question, ground)
    if question.has_dont_know:
        cells["plaza"] = f"{cells.get('plaza', '')} dont_know".strip()
    return [cells, *_lines(question, ground)]


def _lines(question: Question, ground: Ground) -> Rows:
    """A line to write on for each option "other"."""
    return [
        {
            "type": "text",
            "name": ground.unused(f"{question.code}_{code}"),
            **ground.texts("label", what_is_meant(ground.languages)),
            "relevant": f"selected(${{{question.code}}}, '{code}')",
            "required": "yes",
            "plaza": "other_line",
        }
        for code in (question.options_as(OptionRole.OTHER) if question.kind in {Kind.SINGLE, Kind.MULTIPLE} else ())
    ]


def _table(question: Question, ground: Ground) -> Rows:
    is_matrix = question.kind is Kind.MATRIX
    options = question.options if is_matrix else agreement_in(ground.languages)
    list_name = ground.lists.name(options, question.code if is_matrix else "agreement")
    marks = ["" if is_matrix else "statements", "ordered" if question.is_ordered else ""]
    group: Cells = {"type": "begin_group", "name": question.code, "appearance": "table-list"}
    group |= ground.texts("label", question.text) or {f"label::{ground.header}": question.code}
    group |= ground.texts("hint", question.hint)
    group |= {"relevant": ground.condition(question.show_if, question.code), "plaza": " ".join(filter(None, marks))}
    shared = {"type": f"select_one {list_name}", "required": "yes" if question.is_required else ""}
    shared |= {"parameters": "randomize=true" if question.is_shuffled else ""}
    rows = [
        shared | {"name": ground.names[question.code, row.code], **ground.texts("label", row.label)}
        for row in question.rows
    ]
    return [group, *rows, {"type": "end_group"}]


def _choice(kind: str) -> Callable[[Question, Ground], Cells]:
    def write(question: Question, ground: Ground) -> Cells:
        cells = {"type": f"{kind} {ground.lists.name(question.options, question.code)}"}
        if question.is_shuffled:
            cells["parameters"] = "randomize=true"
        if question.is_ordered:
            cells |= {"appearance": "likert"} if kind == "select_one" else {"plaza": "ordered"}
        return cells

    return write


def _ranking(question: Question, ground: Ground) -> Cells:
    cells = _choice("rank")(question, ground)
    amounts = [f"{name}={getattr(question, name)}" for name in ("choose_min", "choose_max") if getattr(question, name)]
    return cells | {"plaza": " ".join(filter(None, [cells.get("plaza", ""), *amounts]))}


def _scale(question: Question, ground: Ground) -> Cells:
    if question.kind is Kind.SCALE and not is_scale(question):
        low, high = sorted((question.low, question.high))
        return {"type": "integer", "constraint": f". >= {low} and . <= {high}"}
    low, high = question.scale[0], question.scale[-1]
    parameters = f"start={low} end={high} step=1"
    ends = ends_of(question)
    if ends:
        parameters += f" tick_labelset={ground.lists.name(ends, f'{question.code}_ends')}"
    return {"type": "range", "parameters": parameters, "plaza": "nps" if question.kind is Kind.NPS else ""}


def _number(question: Question, ground: Ground) -> Cells:
    cells = {"type": "decimal" if question.decimals else "integer"} | ground.texts("unit", question.unit)
    if question.decimals not in {0, DECIMALS}:
        cells["plaza"] = f"decimals={question.decimals}"
    return cells


def _plain(kind: str, **cells: str) -> Callable[[Question, Ground], Cells]:
    return lambda _question, _ground: {"type": kind, **cells}


WRITERS: Mapping[Kind, Callable[[Question, Ground], Cells]] = {
    Kind.SINGLE: _choice("select_one"),
    Kind.MULTIPLE: _choice("select_multiple"),
    Kind.RANKING: _ranking,
    Kind.SCALE: _scale,
    Kind.NPS: _scale,
    Kind.NUMBER: _number,
    Kind.DATE: _plain("date"),
    Kind.LINE: _plain("text"),
    Kind.TEXT: _plain("text", appearance="multiline"),
    Kind.PLACE: _plain("geopoint"),
    Kind.CONSENT: _plain("acknowledge"),
    Kind.FILE: _plain("file"),
    Kind.NOTE: _plain("note"),
}

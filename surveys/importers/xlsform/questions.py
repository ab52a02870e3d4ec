"""Builds the questions that were planned."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from pyxform.aliases import yes_no

from surveys.importers import texts
from surveys.importers.codes import Codes
from surveys.importers.xlsform.fields import Form, fields_of, kind_of, options_of
from surveys.importers.xlsform.logic import constrained, shown_if
from surveys.importers.xlsform.names import Answer
from surveys.importers.xlsform.plan import Part
from surveys.importers.xlsform.structure import Node
from surveys.importers.xlsform.wording import joined, worded
from surveys.questionnaire import AGREEMENT, Kind, Option, OptionRole, Question, Row

LEFT_OUT: dict[str, Callable[[], str]] = {
    "guidance_hint": lambda: _("The words for interviewers were left out."),
    "required_message": lambda: _("We say in our own words that an answer is needed."),
    "image": lambda: _("The file holds only the name of a picture. Please add it in the editor."),
    "big_image": lambda: _("The file holds only the name of a picture. Please add it in the editor."),
    "audio": lambda: _("The sound was left out."),
    "video": lambda: _("The film was left out."),
    "autoplay": lambda: _("Nothing plays by itself."),
    "default": lambda: _("No answer is filled in beforehand."),
    "calculation": lambda: _("Nothing is calculated into an answer."),
    "trigger": lambda: _("Nothing is calculated into an answer."),
    "save_to": lambda: _("Answers are not saved to a list of entities."),
    "repeat_count": lambda: _("Nothing is repeated."),
    "no_app_error_string": lambda: _("Nothing is opened in another app."),
}
"""Fields for which Plaza has no place, and what to say where one is filled in."""


def register(part: Part, form: Form) -> bool:
    """Make the answer known to the conditions of others. False, and said, for what cannot come over."""
    kind = kind_of(part)
    reason = _reason_to_lose(part, form, kind)
    if kind is None or reason:
        part.node.entry.lose(reason)
        return False
    if part.rows:
        _register_rows(part, form, kind)
    elif part.node.name and kind is not Kind.NOTE:
        choices = form.lists[part.node.type.list_name].codes if part.node.type.is_choice else {}
        form.names.answers.setdefault(part.node.name, Answer(part.code, kind, choices=choices))
    return True


def build(part: Part, form: Form) -> Question:
    """The question, once all answers are known."""
    node, kind = part.node, kind_of(part)
    assert kind is not None
    fields: dict[str, Any] = _texts(part, form, kind) | {"code": part.code, "kind": kind}
    is_around = node in part.around
    fields["show_if"] = shown_if([*part.around] if is_around else [*part.around, node], form.names)
    if part.rows:
        fields |= _table(part, form, kind)
    else:
        fields |= {} if part.is_heading else fields_of(part, form)
        fields |= constrained(node, form, kind, fields) if node.name in form.names.answers else {}
        fields["is_required"] = _is_required(node) and kind is not Kind.NOTE
    _tell_of_rest(node, kind)
    return Question(**fields)


def _reason_to_lose(part: Part, form: Form, kind: Kind | None) -> str:
    node = part.node
    written = node.row.value("type")[:60]
    if node.type.name == "select_external":
        return _("Its options stand in another file or come from earlier answers. That is not possible here.")
    if node.type.name in {"audio", "video"}:
        return _("Plaza takes no sound and no film.")
    if node.type.name == "area":
        return _("Nobody can draw lines or areas on the map here.")
    list_name = part.rows[0].type.list_name if part.rows else node.type.list_name
    if list_name and list_name not in form.lists:
        return _("The sheet “choices” has no list “%(name)s”.", name=list_name[:60])
    if kind is Kind.NOTE and not part.is_heading and not (node.row.text("label") or node.row.text("hint")):
        return _("This text is empty.")
    return "" if kind else _("Plaza has no question like “%(type)s”.", type=written)


def _texts(part: Part, form: Form, kind: Kind) -> dict[str, dict[str, str]]:
    """Text and hint. A text to read has no hint of its own, so both are one there."""
    node = part.node
    text = worded(node.row, "label", texts.long, node.entry, form.names.pipe)
    hint = worded(node.row, "hint", texts.long, node.entry, form.names.pipe)
    if kind is Kind.NOTE:
        if text and hint:
            node.entry.change(_("Text and hint are one text now."))
        return {"text": joined(text, hint)}
    if not text:
        node.entry.change(_("This question has no text. Please write one."))
    unit = worded(node.row, "unit", texts.line, node.entry) if kind is Kind.NUMBER else {}
    return {"text": text, "hint": hint, "unit": unit}


def _is_required(node: Node) -> bool:
    written = node.row.value("required")
    if not written:
        return False
    known = yes_no.get(written, yes_no.get(written.lower()))
    if known is None:
        sentence = _("An answer is needed only under a condition (“%(written)s”). Now it never is.")
        node.entry.miss(sentence % {"written": texts.shortened(written)}, where=node.row.place("required"))
    return bool(known)


def _register_rows(part: Part, form: Form, kind: Kind) -> None:
    """Names of the rows; the table's own name in front of them is left out."""
    first = f"{part.node.name}_"
    is_prefixed = bool(part.node.name) and all(row.name.startswith(first) and row.name != first for row in part.rows)
    codes, choices = Codes(), form.lists[part.rows[0].type.list_name]
    for row in part.rows:
        code = codes.choice(row.name.removeprefix(first) if is_prefixed else row.name or "row", row.entry)
        answers = choices.codes if kind is Kind.MATRIX else {name: name for name in AGREEMENT}
        form.names.answers.setdefault(row.name, Answer(part.code, kind, code, answers))


def _table(part: Part, form: Form, kind: Kind) -> dict[str, Any]:
    fields = options_of(part.rows[0], form)
    columns = tuple(_column(option) for option in fields["options"])
    required = [_is_required(row) for row in part.rows]
    if any(required) and not all(required):
        part.node.entry.change(_("Only some rows of the table needed an answer. Now none does."))
    is_ordered = "ordered" in part.node.marks or fields.get("is_ordered", False)
    return {
        "options": columns if kind is Kind.MATRIX else (),
        "is_shuffled": fields.get("is_shuffled", False),
        "is_ordered": is_ordered,
        "rows": tuple(_row(row, form) for row in part.rows),
        "is_required": all(required),
    }


def _column(option: Option) -> Option:
    """A table has no line to write on."""
    is_other = option.role is OptionRole.OTHER
    return option.model_copy(update={"role": OptionRole.PLAIN}) if is_other else option


def _row(node: Node, form: Form) -> Row:
    answer = form.names.answers[node.name]
    label = worded(node.row, "label", texts.line, node.entry, form.names.pipe)
    if not label:
        node.entry.change(_("This row has no text. Please write one."))
    sentences = {
        "relevant": _("A row of a table is always shown. Its condition was left out."),
        "constraint": _("A row of a table is not checked."),
        "hint": _("A row of a table has no hint."),
    }
    _miss(node, sentences)
    node.entry.keep(_("It is a row of the table “%(code)s”.", code=answer.code))
    return Row(code=answer.row, label=label)


def _tell_of_rest(node: Node, kind: Kind) -> None:
    """Fields of the row for which Plaza has no place."""
    _miss(node, {name: sentence() for name, sentence in LEFT_OUT.items()})
    if kind is not Kind.NOTE and yes_no.get(node.row.value("read_only").lower(), False):
        node.entry.miss(_("People can change the answer."), where=node.row.place("read_only"))


def _miss(node: Node, sentences: dict[str, str]) -> None:
    for name, sentence in sentences.items():
        if node.row.value(name) or node.row.text(name):
            node.entry.miss(sentence, where=node.row.place(name))

"""Conditions of rows and groups, and what is said where one cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from surveys.importers import texts
from surveys.importers.report import Entry
from surveys.importers.standard import PLEASE_CHECK, written
from surveys.importers.xlsform.constraints import Constraint, all_of, constraint_of
from surveys.importers.xlsform.fields import Form
from surveys.importers.xlsform.names import Gone, Names
from surveys.importers.xlsform.structure import Node
from surveys.importers.xlsform.wording import worded
from surveys.logic.expressions import Expression
from surveys.logic.parsing import Unreadable
from surveys.questionnaire import Check, Kind, Option

Lost = Callable[..., str]


def shown_if(nodes: Sequence[Node], names: Names) -> Expression:
    """The conditions of all these rows and groups together."""
    return all_of([_condition(node, names) for node in nodes])


def _condition(node: Node, names: Names) -> Expression:
    text = node.row.value("relevant")
    if not text:
        return None
    return _read(text, node.entry, names, _everybody, where=node.row.place("relevant"))


def _everybody(condition: str, name: str) -> str:
    if name:
        place = {"condition": condition, "name": name}
        return _(
            "The condition “%(condition)s” looks at “%(name)s”, which is no answer here. Everybody sees this now.",
            **place,
        )
    return _("We could not read the condition “%(condition)s”. Everybody sees this now.", condition=condition)


def _unchecked(condition: str, name: str) -> str:
    if name:
        place = {"condition": condition, "name": name}
        return _("The check “%(condition)s” looks at “%(name)s”, which is no answer here. It was left out.", **place)
    return _("We could not read the check “%(condition)s”. It was left out.", condition=condition)


def _read(text: str, entry: Entry, names: Names, lost: Lost, *, own: str = "", where: str = "") -> Expression:
    try:
        return names.condition(text, own)
    except Gone as gone:
        entry.miss(lost(texts.shortened(text), texts.shortened(gone.name, 60)), where=where)
    except Unreadable:
        entry.miss(lost(texts.shortened(text), ""), where=where)
    return None


def constrained(node: Node, form: Form, kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the constraint of a question sets, its checks among them."""
    names = form.names
    text, where = node.row.value("constraint"), node.row.place("constraint")
    tree = _read(text, node.entry, names, _unchecked, own=node.name, where=where) if text else None
    if tree is None or tree is True:
        return {}
    message = worded(node.row, "constraint_message", texts.line, node.entry, names.pipe)
    if message and kind in {Kind.NUMBER, Kind.DATE, Kind.LINE, Kind.TEXT}:
        return {"checks": (Check(that=tree, message=message),)}
    options: tuple[Option, ...] = fields.get("options", ())
    own = names.answers[node.name].tree
    is_whole = fields.get("decimals", 0) == 0
    found = constraint_of(tree, own, kind, options, is_whole=is_whole)
    return _applied(found, options, message, node, form)


def _applied(
    found: Constraint, options: tuple[Option, ...], message: dict[str, str], node: Node, form: Form
) -> dict[str, Any]:
    fields = dict(found.fields)
    if found.roles:
        fields["options"] = tuple(
            option.model_copy(update={"role": found.roles.get(option.code, option.role)}) for option in options
        )
    if found.rest:
        message = message or written(PLEASE_CHECK, form.languages, node.entry)
        fields["checks"] = (Check(that=all_of(found.rest), message=message),)
    elif message:
        said = texts.shortened(next(iter(message.values())))
        where = node.row.place("constraint_message")
        node.entry.change(_("We say this in our own words, not as “%(message)s”.", message=said), where=where)
    return fields

"""Which sections and questions the groups and rows of an XLSForm become, before any of them is built."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile

from flask_babel import gettext as _

from surveys.importers.codes import Codes
from surveys.importers.report import Element
from surveys.importers.xlsform.structure import Node
from surveys.questionnaire import MAX_ROWS

WITHOUT_PLACE = {"calculate", "hidden", "measured", "end"}


@dataclass
class Part:
    """A question to be. `rows` are the lines of a table; `around` the groups whose conditions hold for it too."""

    node: Node
    code: str = ""
    rows: list[Node] = field(default_factory=list)
    around: tuple[Node, ...] = ()
    is_heading: bool = False


@dataclass
class SectionPlan:
    """A section to be: its group, where it has one, the groups around it, and its parts."""

    group: Node | None
    around: tuple[Node, ...] = ()
    parts: list[Part] = field(default_factory=list)
    code: str = ""
    is_continued: bool = False


def plan_of(nodes: Sequence[Node], codes: Codes) -> list[SectionPlan]:
    """The sections, with codes for all of them and for their questions."""
    _tell_of_tables(nodes)
    plans = [plan for plan in _sections(nodes, None, ()) if plan.parts]
    for number, plan in enumerate(plans, start=1):
        _name_section(plan, codes, number)
        for part in plan.parts:
            part.code = codes.question(part.node.name, part.node.entry)
            part.node.entry.code = part.code
    _tell_of_empty(nodes, {id(plan.group) for plan in plans} | {id(part.node) for plan in plans for part in plan.parts})
    return plans


def is_table(group: Node) -> bool:
    """True for a group that shows one choice from the same list in every line."""
    choices = {(child.type.name, child.type.list_name) for child in group.children}
    is_one = len(choices) == 1 and choices.pop()[0] == "select_one"
    return _is_meant_as_table(group) and is_one and not any(child.type.has_other for child in group.children)


def _is_meant_as_table(group: Node) -> bool:
    return group.is_group and "table-list" in group.looks


def _name_section(plan: SectionPlan, codes: Codes, number: int) -> None:
    group = plan.group
    if group is None:
        plan.code = codes.unused(f"part_{number}")
    elif plan.is_continued:
        plan.code = codes.unused(f"{group.entry.code}_2")
    else:
        plan.code = codes.question(group.name or f"section_{group.row.number}", group.entry)
        group.entry.code = plan.code


def _sections(nodes: Sequence[Node], group: Node | None, around: tuple[Node, ...]) -> Iterator[SectionPlan]:
    """Rows that follow each other become a section; groups inside become sections of their own, or lose their page."""
    inside = around if group is None else (*around, group)
    current = SectionPlan(group, around)
    used = False
    for node, rows in _runs(nodes):
        if rows or not node.is_group:
            current.parts.append(_part(node, rows))
        elif node.type.control == "repeat":
            _lose_repeated(node)
        elif group is not None and "field-list" in group.looks:
            current.parts += _flattened(node, ())
        else:
            yield current
            used = used or bool(current.parts)
            current = SectionPlan(group, around, is_continued=used)
            yield from _sections(node.children, node, inside)
    yield current


def _runs(nodes: Sequence[Node]) -> Iterator[tuple[Node, list[Node]]]:
    """Each node that has a place, with the lines of its table where it is one."""
    waiting = [node for node in nodes if node.type.name not in WITHOUT_PLACE or node.entry.element is Element.QUESTION]
    while waiting:
        node = waiting.pop(0)
        lines = list(takewhile(partial(_is_line, node), waiting))
        rows = list(node.children) if is_table(node) else lines if node.type.name == "select_one" else []
        del waiting[: len(rows) if not node.is_group else 0]
        for row in rows[MAX_ROWS:]:
            row.entry.lose(_("A table may have %(most)s rows. We left this one out.", most=MAX_ROWS))
        if lines:
            node.entry.element = Element.TEXT
        yield node, rows[:MAX_ROWS]


def _is_line(head: Node, node: Node) -> bool:
    """True for a line of the table above which the head shows the options, and asks nothing itself."""
    return node.type == head.type and "label" in head.looks and "list-nolabel" in node.looks


def _part(node: Node, rows: list[Node], around: tuple[Node, ...] = ()) -> Part:
    is_heading = node.entry.element is Element.TEXT and node.type.name == "select_multiple"
    if is_heading:
        node.entry.change(_("Nobody can choose several answers in a row of a table. Each row is now a question."))
    return Part(node, rows=rows, around=around, is_heading=is_heading)


def _flattened(group: Node, around: tuple[Node, ...]) -> Iterator[Part]:
    """What stands in a group on somebody else's page: its heading as a text, and its questions."""
    inside = (*around, group)
    if group.row.text("label"):
        group.entry.change(
            _("This group stands on the page of another one. Its heading is now a text, and its questions follow.")
        )
        yield Part(group, around=inside, is_heading=True)
    else:
        group.entry.keep(_("This group has no heading, so its questions stand on the page of the group around it."))
    for node, rows in _runs(group.children):
        if rows or not node.is_group:
            yield _part(node, rows, inside)
        elif node.type.control == "repeat":
            _lose_repeated(node)
        else:
            yield from _flattened(node, inside)


def _lose_repeated(group: Node) -> None:
    for node in group.all:
        node.entry.lose(_("This is part of a group that repeats. Plaza asks every question once."))


def _tell_of_tables(nodes: Sequence[Node]) -> None:
    for top in nodes:
        for group in top.all:
            if _is_meant_as_table(group) and not is_table(group):
                group.entry.change(
                    _("The rows of this table are no single choices from one list. Each is now a question.")
                )


def _tell_of_empty(nodes: Sequence[Node], used: set[int]) -> None:
    """Groups that became nothing of their own."""
    for top in nodes:
        for group in top.all:
            if not group.is_group or id(group) in used or group.entry.is_lost or group.entry.notes:
                continue
            if any(id(node) in used for node in group.all):
                group.entry.change(_("This group holds only other groups. Each of them is now a section."))
            else:
                group.entry.lose(_("There is nothing in this group that could come over."))

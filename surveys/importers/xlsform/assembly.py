"""Puts the questionnaire together from the tree of rows."""

from collections.abc import Sequence

from flask_babel import gettext as _

from surveys.importers import bounds, texts
from surveys.importers.codes import Codes
from surveys.importers.xlsform.fields import Form
from surveys.importers.xlsform.logic import shown_if
from surveys.importers.xlsform.plan import SectionPlan, plan_of
from surveys.importers.xlsform.questions import build, register
from surveys.importers.xlsform.silent import read_calculations, tell_of_silent
from surveys.importers.xlsform.structure import Node
from surveys.importers.xlsform.wording import Fit, joined, worded
from surveys.questionnaire import Section

FRAMES: dict[str, Fit] = {"title": texts.line, "intro": texts.long, "thanks": texts.long}
"""Marks of texts that stand before and after all questions."""


def framed(nodes: Sequence[Node]) -> tuple[list[Node], dict[str, dict[str, str]]]:
    """The nodes without our own marked ones: the texts around the questions, and the lines beside "other"."""
    texts_around: dict[str, dict[str, str]] = {}
    for node in nodes:
        for frame in _frames(node):
            text = worded(node.row, "label", FRAMES[frame], node.entry)
            texts_around[frame] = joined(texts_around.get(frame, {}), text)
    kept = [node for node in nodes if not _frames(node)]
    for node in kept:
        _take_lines(node)
    return kept, texts_around


def _frames(node: Node) -> list[str]:
    return [frame for frame in FRAMES if frame in node.marks and node.type.name == "note"]


def _take_lines(node: Node) -> None:
    """Take out the lines to write on beside "other": here they belong to the option."""
    for child in node.children:
        if "other_line" in child.marks:
            child.entry.keep(_("It is the line to write on beside an option of the question before."))
    node.children = [child for child in node.children if "other_line" not in child.marks]
    for child in node.children:
        _take_lines(child)


def sections_of(nodes: Sequence[Node], form: Form) -> tuple[Section, ...]:
    """The sections with their questions. Everything that could not come over is told on its entry."""
    read_calculations(nodes, form.names)
    plans = plan_of(nodes, Codes())
    for plan in plans:
        plan.parts = [part for part in plan.parts if register(part, form)]
        if not plan.parts and plan.group is not None and plan.group.entry.code == plan.code:
            plan.group.entry.lose(_("There is nothing in this group that could come over."))
    plans = [plan for plan in plans if plan.parts]
    bounds.check_sections(len(plans))
    sections = tuple(_section(plan, form) for plan in plans)
    tell_of_silent(nodes, form.names)
    return sections


def _section(plan: SectionPlan, form: Form) -> Section:
    group = plan.group
    title: dict[str, str] = {}
    text: dict[str, str] = {}
    around = [*plan.around, group] if group else []
    if group is not None:
        title = worded(group.row, "label", texts.line, group.entry, form.names.pipe)
        text = {} if plan.is_continued else worded(group.row, "hint", texts.long, group.entry, form.names.pipe)
    show_if = shown_if(around, form.names)
    questions = tuple(build(part, form) for part in plan.parts)
    return Section(code=plan.code, title=title, text=text, show_if=show_if, questions=questions)

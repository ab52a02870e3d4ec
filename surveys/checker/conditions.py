"""Conditions and skips that refer to nothing, look ahead, or wait for each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from flask_babel import gettext as _

from citizen.core.faults import Path
from surveys.checker.ground import Finding, Ground, Place, Spot
from surveys.logic.expressions import Expression, references, same
from surveys.questionnaire import AGREEMENT, END, Kind, Question

Graph = dict[str, set[str]]


@dataclass(frozen=True)
class Condition:
    """A tree, where it stands, up to which place (itself included) it may look, and which questions it holds back."""

    tree: Expression
    path: Path
    until: Place
    question: str | None
    holds_back: frozenset[str] = frozenset()

    def error(self, sentence: str) -> Finding:
        return Finding("error", self.path, sentence, self.question)


def findings(ground: Ground) -> Iterator[Finding]:
    cycles = list(_cycles(_waits(ground)))
    yield from (_cycle_finding(cycle, ground) for cycle in cycles)
    for condition in _conditions(ground):
        for code, row in dict.fromkeys(references(condition.tree)):
            if not any(code in cycle and condition.holds_back & {*cycle} for cycle in cycles):
                yield from _reference_problems(condition, code, row, ground)
        for code, row, wanted in dict.fromkeys(_sought(condition.tree)):
            yield from _choice_problems(condition, code, row, wanted, ground)
    for spot in ground.spots:
        yield from _skip_problems(spot, ground)


def _conditions(ground: Ground) -> Iterator[Condition]:
    """What is shown looks back; checks and skips may look at their own question too."""
    for place, section in ground.numbered_sections():
        inside = frozenset(question.code for question in section.questions)
        yield Condition(section.show_if, ("sections", place, "show_if"), (place, -1), None, inside)
    for spot in ground.spots:
        question, code = spot.question, spot.question.code
        before = (spot.place[0], spot.place[1] - 1)
        yield Condition(question.show_if, (*spot.path, "show_if"), before, code, frozenset({code}))
        for index, check in enumerate(question.checks):
            yield Condition(check.that, (*spot.path, "checks", index, "that"), spot.place, code)
        for index, skip in enumerate(question.skips):
            yield Condition(skip.when, (*spot.path, "skips", index, "when"), spot.place, code)


def _reference_problems(condition: Condition, code: str, row: str | None, ground: Ground) -> Iterator[Finding]:
    spot = ground.by_code.get(code)
    if spot is None:
        yield condition.error(
            _("The condition asks for “%(code)s”, but no question has this code. Please mend the condition.", code=code)
        )
    elif spot.question.kind is Kind.NOTE:
        yield condition.error(
            _(
                "The condition asks for %(question)s, which is an explanation without an answer. Please mend it.",
                question=ground.called(code),
            )
        )
    elif spot.place > condition.until:
        yield condition.error(_ahead(condition, code, ground))
    elif row is not None and not _has_row(spot.question, row):
        yield condition.error(
            _(
                "The condition asks for row “%(row)s” of %(question)s, which has no such row. Please mend it.",
                row=row,
                question=ground.called(code),
            )
        )


def _ahead(condition: Condition, code: str, ground: Ground) -> str:
    if code == condition.question:
        return _("The condition looks at its own question. Please let it look at an earlier one.")
    if code in condition.holds_back:
        return _(
            "The condition of this section looks at %(question)s inside it. Please move that question up.",
            question=ground.called(code),
        )
    return _(
        "The condition looks ahead to %(question)s. Please move that question up, or this part down.",
        question=ground.called(code),
    )


def _has_row(question: Question, row: str) -> bool:
    if question.kind is Kind.PLACE:
        return row in {"district", "point"}
    return question.kind.has_rows and any(own.code == row for own in question.rows)


def _sought(tree: Expression) -> Iterator[tuple[str, str | None, Any]]:
    """Comparisons of an answer with something fixed: code, row, and what is looked for."""
    if not isinstance(tree, list):
        return
    if tree[0] in {"=", "!=", "has"}:
        one, other = tree[1:]
        for answer, wanted in ((one, other), (other, one)):
            if isinstance(answer, list) and answer[0] == "answer" and isinstance(wanted, str | int) and wanted != "":
                yield answer[1], answer[2] if len(answer) > 2 else None, wanted
    for part in tree[1:]:
        yield from _sought(part)


def _choice_problems(
    condition: Condition, code: str, row: str | None, wanted: Any, ground: Ground
) -> Iterator[Finding]:
    spot = ground.by_code.get(code)
    offered = _choices(spot.question, row, ground) if spot else None
    if offered is None or isinstance(wanted, bool) or any(same(choice, wanted) for choice in offered):
        return
    yield condition.error(
        _(
            "The condition looks for the answer “%(wanted)s”, which %(question)s does not offer. "
            "It offers: %(offered)s.",
            wanted=wanted,
            question=ground.called(code),
            offered=", ".join(offered[:12]) or "–",
        )
    )


def _choices(question: Question, row: str | None, ground: Ground) -> list[str] | None:
    """The codes that an answer can hold; None where it holds something else."""
    if question.kind is Kind.STATEMENTS:
        return list(AGREEMENT)
    if question.kind.has_options:
        return [option.code for option in question.options]
    if question.kind is Kind.PLACE and row == "district":
        return sorted(ground.districts)
    return None


def _skip_problems(spot: Spot, ground: Ground) -> Iterator[Finding]:
    for index, skip in enumerate(spot.question.skips):
        target = ground.places.get(skip.to)
        if skip.to == END:
            continue
        if target is None:
            sentence = _(
                "The skip leads to “%(code)s”, which is not there. Please choose another target.", code=skip.to
            )
            yield spot.error(sentence, "skips", index, "to")
        elif target <= spot.place:
            yield spot.error(
                _("The skip leads back to “%(code)s”. Please choose something that comes later.", code=skip.to),
                "skips",
                index,
                "to",
            )


def _waits(ground: Ground) -> Graph:
    """Which questions each question's being shown depends on."""
    return {
        spot.question.code: {
            code
            for tree in (spot.section.show_if, spot.question.show_if)
            for code, _row in references(tree)
            if code in ground.by_code and code != spot.question.code
        }
        for spot in ground.spots
    }


def _cycles(graph: Graph) -> Iterator[list[str]]:
    """Questions that wait for each other, in the order in which they do; no question is in two of them."""
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle = error.args[1][:0:-1]
            graph = {code: others - {*cycle} for code, others in graph.items() if code not in cycle}
            yield cycle
        else:
            return


def _cycle_finding(cycle: list[str], ground: Ground) -> Finding:
    spot = min((ground.by_code[code] for code in cycle), key=lambda spot: spot.place)
    start = cycle.index(spot.question.code)
    ring = [*cycle[start:], *cycle[:start], cycle[start]]
    return spot.error(
        _(
            "These questions wait for each other: %(ring)s. Please take one of the conditions out.",
            ring=" → ".join(ground.called(code) for code in ring),
        ),
        "show_if",
    )

"""What SurveyJS does while people answer: jumps become skips, the rest has no counterpart."""

from collections.abc import Mapping

from flask_babel import gettext as _

from surveys.importers.report import Element, Entry, Ledger
from surveys.importers.surveyjs.document import Node, nodes, word
from surveys.importers.surveyjs.expressions import condition
from surveys.importers.surveyjs.variables import Variables
from surveys.importers.texts import shortened
from surveys.logic.expressions import Expression, references
from surveys.logic.parsing import Unreadable
from surveys.questionnaire import END, Skip

SIGNS = {"equal": "=", "notequal": "<>", "greater": ">", "less": "<", "greaterorequal": ">=", "lessorequal": "<="}
ONE_SIDED = {"empty", "notempty"}


def skips(
    document: Node, variables: Variables, goals: Mapping[str, str], order: list[str], ledger: Ledger
) -> dict[str, list[Skip]]:
    """The skips by the code of the question behind which they stand: the last one that their condition looks at.

    `goals` are our codes by the names of elements, and `order` all codes as they follow each other.
    """
    found: dict[str, list[Skip]] = {}
    for number, trigger in enumerate(nodes(document.get("triggers")), start=1):
        entry = ledger.entry(_("trigger %(n)s", n=number), Element.OTHER, word(trigger.get("type")))
        skip = _skip(trigger, entry, variables, goals)
        if skip is None:
            continue
        behind = [code for code, _row in references(skip.when) if code in order]
        if not behind:
            entry.lose(_("This jump looks at no answer. We left it out."))
            continue
        entry.keep(_("It is a jump now, behind the question that decides."))
        found.setdefault(max(behind, key=order.index), []).append(skip)
    return found


def _skip(trigger: Node, entry: Entry, variables: Variables, goals: Mapping[str, str]) -> Skip | None:
    kind = word(trigger.get("type")).removesuffix("trigger")
    if kind not in {"skip", "complete"}:
        entry.lose(_("SurveyJS changes answers or pages while people answer. Plaza does not. We left this out."))
        return None
    to = END if kind == "complete" else goals.get(word(trigger.get("gotoName")))
    text = word(trigger.get("expression")) or _old_expression(trigger)
    when = _when(text, variables)
    if to is None or when is None:
        entry.lose(_("We could not read the jump “%(text)s”.", text=shortened(text)))
        return None
    return Skip(when=when, to=to)


def _when(text: str, variables: Variables) -> Expression:
    try:
        return condition(text, variables)
    except Unreadable:
        return None


def _old_expression(trigger: Node) -> str:
    """Old triggers have a name, an operator and a value instead of an expression."""
    name, sign = word(trigger.get("name")), word(trigger.get("operator")) or "equal"
    if sign in ONE_SIDED:
        return f"{{{name}}} {sign}"
    wanted = word(trigger.get("value")).replace("'", "\\'")
    return f"{{{name}}} {SIGNS.get(sign, sign)} '{wanted}'" if name else ""

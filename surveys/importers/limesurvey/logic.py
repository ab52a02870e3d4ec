"""When LimeSurvey shows a question, and which answers it takes."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from surveys.importers import standard
from surveys.importers.drafts import Draft
from surveys.importers.limesurvey.document import Row
from surveys.importers.limesurvey.expressions import compared, condition, plain, value
from surveys.importers.limesurvey.reading import Reading
from surveys.importers.limesurvey.structure import Asked
from surveys.importers.limesurvey.variables import Variables
from surveys.importers.patterns import between_slashes
from surveys.importers.report import Entry
from surveys.importers.texts import plain as plain_text
from surveys.importers.texts import shortened
from surveys.logic.expressions import Expression, fault_of
from surveys.logic.parsing import Unreadable

ALWAYS = {"", "1"}
ORDERED = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

LEFT_OUT = {
    "array_filter": _l("LimeSurvey shows only what was chosen earlier. Here everybody sees all answers and rows."),
    "array_filter_exclude": _l("LimeSurvey hides what was chosen earlier. Here everybody sees all answers and rows."),
    "random_group": _l("LimeSurvey shuffles these questions. Here they stand in one order."),
    "time_limit": _l("LimeSurvey gives little time for this question. Plaza lets people take their time."),
}
"""What LimeSurvey can do with a question and Plaza cannot, by the attribute."""


def calculation(asked: Asked, entry: Entry, variables: Variables) -> None:
    """An equation is no question: conditions that use it take its formula instead."""
    written = asked.attribute("equation") or next(iter(asked.texts.values()), "")
    text = plain_text(written)
    try:
        tree = value(text, variables)
        shown = condition(asked.relevance, variables)
    except Unreadable:
        entry.lose(_("We could not read the formula “%(text)s”.", text=shortened(text)))
        return
    if shown is not None:
        tree = ["and", shown, tree]
    variables.name(asked, tree)
    entry.change(_("This is no question here. Conditions that use it have its formula instead."))


def shown_if(asked: Asked, entry: Entry, variables: Variables, rows: Iterable[Row]) -> Expression:
    """When the question is shown. `rows` are its conditions in the old table, for files that have no other."""
    if asked.attribute("hidden") == "1":
        entry.change(_("LimeSurvey hides this question. It came over and is shown to nobody."))
        return False
    if asked.relevance not in ALWAYS:
        return readable(asked.relevance, entry, variables)
    return _old_conditions(list(rows), entry, variables)


def readable(text: str, entry: Entry, variables: Variables) -> Expression:
    """The condition as a tree; where we cannot read it, everybody sees what it is about, and the report says so."""
    try:
        tree = condition(text, variables)
    except Unreadable:
        written = shortened(text)
        entry.miss(_("We could not read the condition “%(text)s”. Everybody sees this now.", text=written))
        return None
    if tree is False:
        entry.change(_("LimeSurvey never shows this. It came over and is shown to nobody."))
    return tree


def _old_conditions(rows: list[Row], entry: Entry, variables: Variables) -> Expression:
    """Scenarios are alternatives. In one, different questions must all fit, and of one question any of its answers."""
    scenarios: dict[str, dict[str, list[Expression]]] = {}
    for row in rows:
        try:
            tree = _old_condition(row, variables)
        except Unreadable:
            text = shortened(f"{row['cfieldname']} {row['method']} {row['value']}")
            entry.miss(_("We could not read the condition “%(text)s”. Everybody sees this now.", text=text))
            return None
        questions = scenarios.setdefault(row["scenario"] or "1", {})
        questions.setdefault(row["cqid"] or row["cfieldname"], []).append(tree)
    either = [_joined("and", [_joined("or", trees) for trees in one.values()]) for one in scenarios.values()]
    return _joined("or", either) if either else None


def _joined(name: str, trees: list[Expression]) -> Expression:
    return trees[0] if len(trees) == 1 else [name, *trees]


def _old_condition(row: Row, variables: Variables) -> Expression:
    tree = variables.tree(row["cfieldname"].removeprefix("+"))
    wanted, method = row["value"], row["method"].strip() or "=="
    if method == "RX":
        return _sound(["matches", tree, between_slashes(wanted)])
    if method not in ORDERED:
        raise Unreadable("this comparison is not known here")
    right: Expression = variables.tree(wanted.strip("@")) if wanted.startswith("@") else wanted
    return _sound(plain(compared(ORDERED[method], tree, right, variables)))


def _sound(tree: Expression) -> Expression:
    if fault_of(tree):
        raise Unreadable("this condition cannot be said here")
    return tree


def add_checks(asked: Asked, drafts: list[Draft], entry: Entry, reading: Reading) -> None:
    """Which answers are taken: a pattern, an expression for the whole, and one for each part."""
    whole = drafts[0] if len({draft.code for draft in drafts}) == 1 else None
    tip = asked.attributes.get("em_validation_q_tip", {})
    _add_check(asked.attribute("em_validation_q"), whole, drafts[-1], tip, reading)
    for draft in drafts:
        tip = asked.attributes.get("em_validation_sq_tip", {})
        _add_check(asked.attribute("em_validation_sq"), draft, draft, tip, reading)
        if asked.row["preg"].strip():
            _add_pattern(asked.row["preg"], draft, reading)
    for name, sentence in LEFT_OUT.items():
        if asked.attribute(name) not in {"", "0"}:
            entry.miss(str(sentence))
    if any(part.relevance not in ALWAYS for part in asked.subquestions):
        entry.miss(_("Some answers or rows are shown under a condition in LimeSurvey. Here everybody sees them."))


def _add_check(text: str, own: Draft | None, draft: Draft, tip: dict[str, str], reading: Reading) -> None:
    """`own` is what "self" means; the check stands on `draft`."""
    if not text.strip():
        return
    try:
        tree = condition(plain_text(text), reading.variables, own.answer if own else None)
    except Unreadable:
        draft.entry.miss(
            _("We could not read the check of the answer “%(text)s”. We left it out.", text=shortened(text))
        )
        return
    if tree is not None:
        draft.add_check(tree, _message(tip, draft.entry, reading))


def _message(tip: dict[str, str], entry: Entry, reading: Reading) -> dict[str, str]:
    return reading.wording.line(tip, entry) or reading.word(standard.PLEASE_CHECK, entry)


def _add_pattern(written: str, draft: Draft, reading: Reading) -> None:
    try:
        tree = _sound(["matches", draft.answer, between_slashes(written)])
    except Unreadable:
        draft.entry.miss(
            _("We could not read the pattern “%(text)s”. We left this check out.", text=shortened(written))
        )
        return
    draft.add_check(tree, reading.word(standard.PLEASE_CHECK, draft.entry))

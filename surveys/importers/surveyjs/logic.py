"""When SurveyJS shows an element, which answers it takes, and where it jumps."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from surveys.importers import standard
from surveys.importers.drafts import Draft
from surveys.importers.patterns import in_any_case
from surveys.importers.report import Entry
from surveys.importers.surveyjs.document import Node, flag, number, texts, word
from surveys.importers.surveyjs.expressions import condition, value
from surveys.importers.surveyjs.inputs import EMAIL
from surveys.importers.surveyjs.reading import Reading
from surveys.importers.surveyjs.variables import Variables
from surveys.importers.texts import shortened
from surveys.logic.expressions import Expression, fault_of
from surveys.logic.parsing import Unreadable
from surveys.questionnaire import MAX_OPTIONS, Kind

LEFT_OUT = {
    "enableIf": _l("SurveyJS locks this question under a condition. Here people can always answer it."),
    "requiredIf": _l("SurveyJS asks for an answer under a condition. Here nobody has to answer it."),
    "setValueExpression": _l("SurveyJS computes an answer. Here people give it."),
    "setValueIf": _l("SurveyJS computes an answer. Here people give it."),
    "defaultValueExpression": _l("SurveyJS fills in an answer beforehand. Here the field starts empty."),
    "defaultValue": _l("SurveyJS fills in an answer beforehand. Here the field starts empty."),
    "correctAnswer": _l("SurveyJS knows which answer is right. Plaza is no quiz."),
    "placeholder": _l("SurveyJS shows an example in the empty field. We left it out: it can go into the help text."),
    "requiredErrorText": _l("SurveyJS has its own sentence for a missing answer. Plaza uses one for all questions."),
    "readOnly": _l("SurveyJS only shows this field. Here people can answer it."),
    "minValueExpression": _l("The least value is computed in SurveyJS. We left this limit out."),
    "maxValueExpression": _l("The largest value is computed in SurveyJS. We left this limit out."),
    "choicesVisibleIf": _l("Some answers are shown under a condition. Here everybody sees them."),
    "choicesEnableIf": _l("Some answers are locked under a condition. Here everybody can choose them."),
    "rowsVisibleIf": _l("Some rows are shown under a condition. Here everybody sees them."),
    "columnsVisibleIf": _l("Some columns are shown under a condition. Here everybody sees them."),
}
"""What SurveyJS can do with a question and Plaza cannot, by the property."""

LIMITS = {"minValueExpression": ">=", "maxValueExpression": "<="}


def readable(text: str, entry: Entry, variables: Variables) -> Expression:
    """The condition as a tree; where we cannot read it, everybody sees what it is about, and the report says so."""
    try:
        return condition(text, variables)
    except Unreadable:
        written = shortened(text)
        entry.miss(_("We could not read the condition “%(text)s”. Everybody sees this now.", text=written))
        return None


def add_conditions(node: Node, around: Iterable[str], drafts: list[Draft], entry: Entry, variables: Variables) -> None:
    """Those of the panels around, and its own."""
    written = [*around, word(node.get("visibleIf"))]
    found = [readable(text, entry, variables) for text in written]
    if node.get("visible") is False and not word(node.get("visibleIf")).strip():
        entry.change(_("SurveyJS hides this question. It came over and is shown to nobody."))
        found.append(False)
    for draft in drafts:
        draft.conditions[:0] = found


def add_checks(node: Node, drafts: list[Draft], entry: Entry, reading: Reading) -> None:
    """Validators, limits that are computed, and a word about what has no counterpart."""
    left = {name for name in LEFT_OUT if node.get(name) not in (None, "", False, [], {})}
    for name in tuple(left & set(LIMITS)):
        left -= {name} if _add_limit(word(node[name]), LIMITS[name], drafts[0], reading) else set()
    for name in sorted(left):
        entry.miss(str(LEFT_OUT[name]))
    validators = node.get("validators")
    for validator in validators if isinstance(validators, list) else ():
        if isinstance(validator, dict):
            _add_validator(validator, drafts[0], reading)


def _add_limit(text: str, sign: str, draft: Draft, reading: Reading) -> bool:
    """True where the limit could be read."""
    try:
        tree = [sign, draft.answer, value(text, reading.variables)]
    except Unreadable:
        return False
    draft.add_check(tree, _message({}, draft, reading))
    return True


def _message(validator: Node, draft: Draft, reading: Reading) -> dict[str, str]:
    message = reading.wording.line(texts(validator.get("text")), draft.entry)
    return message or standard.written(standard.PLEASE_CHECK, reading.languages, draft.entry)


def _add_validator(validator: Node, draft: Draft, reading: Reading) -> None:
    kind = word(validator.get("type")).removesuffix("validator")
    try:
        if kind == "answercount":
            _add_amounts(validator, draft)
        else:
            trees = list(_trees(kind, validator, draft, reading))
            for tree in trees:
                draft.add_check(tree, _message(validator, draft, reading))
    except Unreadable:
        what = shortened(word(validator.get("expression")) or word(validator.get("regex")) or kind)
        draft.entry.miss(_("We could not read the check of the answer “%(text)s”. We left it out.", text=what))


def _add_amounts(validator: Node, draft: Draft) -> None:
    for ours, theirs in {"choose_min": "minCount", "choose_max": "maxCount"}.items():
        limit = number(validator, theirs)
        if draft.kind in {Kind.MULTIPLE, Kind.RANKING} and limit is not None and 0 < limit <= MAX_OPTIONS:
            draft.values[ours] = int(limit)


def _trees(kind: str, validator: Node, draft: Draft, reading: Reading) -> Iterator[Expression]:
    """What must hold. Raises Unreadable."""
    if kind == "expression":
        tree = condition(word(validator.get("expression")), reading.variables)
        yield from () if tree is None else (tree,)
    elif kind == "regex":
        yield _pattern(validator, draft)
    elif kind == "email":
        yield ["matches", draft.answer, EMAIL]
    elif kind == "numeric":
        yield from _limits(validator, ("minValue", "maxValue"), draft.answer)
    elif kind == "text":
        yield from _limits(validator, ("minLength", "maxLength"), ["length", draft.answer])
        if validator.get("allowDigits") is False:
            yield ["not", ["matches", draft.answer, "[0-9]"]]
    else:
        raise Unreadable("unknown validator")


def _pattern(validator: Node, draft: Draft) -> Expression:
    pattern = word(validator.get("regex"))
    pattern = in_any_case(pattern) if flag(validator, "caseInsensitive", "insensitive") else pattern
    tree = ["matches", draft.answer, pattern]
    if fault_of(tree):
        raise Unreadable("this pattern is not known here")
    return tree


def _limits(validator: Node, names: tuple[str, str], measured: Expression) -> Iterator[Expression]:
    for name, sign in zip(names, (">=", "<="), strict=True):
        limit = number(validator, name)
        if limit is not None and (limit > 0 or "Value" in name):
            yield [sign, measured, limit]


def calculation(name: str, text: Any, entry: Entry, variables: Variables) -> None:
    """A computed value is no question: conditions that use it take its formula instead."""
    try:
        variables.name(name, value(word(text), variables))
    except Unreadable:
        entry.lose(_("We could not read the formula “%(text)s”.", text=shortened(word(text))))
        return
    entry.change(_("This is no question here. Conditions that use it have its formula instead."))

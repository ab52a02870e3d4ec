"""Putting in, moving, copying and taking out the parts of a questionnaire. Each function gives a new one.

A part that is gone meanwhile is left alone: whoever asks sees that nothing changed.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from flask_babel import gettext as _

from citizen.core.errors import Refused
from surveys.editing.renaming import renamed
from surveys.logic.expressions import references
from surveys.questionnaire import MAX_QUESTIONS, MAX_SECTIONS, RESERVED, Question, Questionnaire, Section

FIRST_SECTION = "s1"


def codes_of(questionnaire: Questionnaire) -> set[str]:
    """The codes that are taken: questions and sections share them, because a skip may lead to either."""
    sections = {section.code for section in questionnaire.sections}
    return sections | {question.code for question in questionnaire.questions}


def named_in(questionnaire: Questionnaire) -> set[str]:
    """The codes that are taken, and those that conditions and skips still name: they would mean a new part then."""
    trees = [section.show_if for section in questionnaire.sections]
    targets = set()
    for question in questionnaire.questions:
        trees += [question.show_if, *(check.that for check in question.checks), *(skip.when for skip in question.skips)]
        targets |= {skip.to for skip in question.skips}
    return codes_of(questionnaire) | targets | {code for tree in trees for code, _row in references(tree)}


def fresh_code(beginning: str, taken: Collection[str]) -> str:
    """The beginning and the next number, so that a code that is gone does not come back."""
    tails = [code.removeprefix(beginning) for code in taken if code.startswith(beginning)]
    numbers = [int(tail) for tail in tails if tail.isascii() and tail.isdecimal() and len(tail) < 6]
    return f"{beginning}{max(numbers, default=0) + 1}"


def section_with(questionnaire: Questionnaire, code: str) -> Section | None:
    """The section that holds the question."""
    return next((s for s in questionnaire.sections if any(q.code == code for q in s.questions)), None)


def section_named(questionnaire: Questionnaire, code: str) -> Section | None:
    return next((section for section in questionnaire.sections if section.code == code), None)


def add_question(
    questionnaire: Questionnaire, question: Question, *, section: str = "", after: str = ""
) -> Questionnaire:
    """Put the question behind another one; else at the end of the section; else at the end of everything."""
    _ensure_room(questionnaire)
    if not questionnaire.sections:
        questionnaire = _with_sections(questionnaire, [Section(code=FIRST_SECTION)])
    home = section_with(questionnaire, after) or section_named(questionnaire, section) or questionnaire.sections[-1]
    place = next((i + 1 for i, q in enumerate(home.questions) if q.code == after), len(home.questions))
    questions = (*home.questions[:place], question, *home.questions[place:])
    return _replace_section(questionnaire, home.code, _holding(home, questions))


def replace_question(questionnaire: Questionnaire, code: str, question: Question) -> Questionnaire:
    """The question instead of the one with this code, and its new code wherever the old one was named."""
    home = section_with(questionnaire, code)
    if home is None:
        return questionnaire
    if question.code != code:
        codes = {code: question.code}
        questionnaire, question = renamed(questionnaire, codes), renamed(question, codes)
    wanted = question.code
    return _with_questions(questionnaire, lambda questions: [question if q.code == wanted else q for q in questions])


def remove_question(questionnaire: Questionnaire, code: str) -> Questionnaire:
    return _with_questions(questionnaire, lambda questions: [q for q in questions if q.code != code])


def copy_question(questionnaire: Questionnaire, code: str, new_code: str) -> Questionnaire:
    """A twin behind the question. Where it looked at its own answer, the twin looks at its own."""
    question = questionnaire.question(code)
    if question is None:
        return questionnaire
    twin = renamed(question, {code: new_code}).model_copy(update={"code": new_code, "version": 1})
    return add_question(questionnaire, twin, after=code)


def place_question(questionnaire: Questionnaire, code: str, *, section: str, before: str = "") -> Questionnaire:
    """Put the question in this section, before another question or at its end."""
    question, target = questionnaire.question(code), section_named(questionnaire, section)
    if question is None or target is None or code == before:
        return questionnaire
    without = remove_question(questionnaire, code)
    home = next(s for s in without.sections if s.code == section)
    place = next((i for i, q in enumerate(home.questions) if q.code == before), len(home.questions))
    questions = (*home.questions[:place], question, *home.questions[place:])
    return _replace_section(without, section, _holding(home, questions))


def step_question(questionnaire: Questionnaire, code: str, step: int) -> Questionnaire:
    """One place up (-1) or down (1); from the end of a section into the next one."""
    home = section_with(questionnaire, code)
    if home is None:
        return questionnaire
    codes = [question.code for question in home.questions]
    place = codes.index(code) + step
    if 0 <= place < len(codes):
        codes.remove(code)
        return place_question(questionnaire, code, section=home.code, before=[*codes, ""][place])
    neighbour = _neighbour(questionnaire, home, step)
    if neighbour is None:
        return questionnaire
    first = neighbour.questions[0].code if step > 0 and neighbour.questions else ""
    return place_question(questionnaire, code, section=neighbour.code, before=first)


def add_section(questionnaire: Questionnaire, section: Section, *, after: str = "") -> Questionnaire:
    """Put the section behind another one, or at the end."""
    if len(questionnaire.sections) >= MAX_SECTIONS:
        raise Refused(_("A questionnaire has at most %(most)s sections.", most=MAX_SECTIONS), status=422)
    _ensure_room(questionnaire, len(section.questions))
    places = [i + 1 for i, other in enumerate(questionnaire.sections) if other.code == after]
    place = places[0] if places else len(questionnaire.sections)
    return _with_sections(questionnaire, (*questionnaire.sections[:place], section, *questionnaire.sections[place:]))


def replace_section(questionnaire: Questionnaire, code: str, section: Section) -> Questionnaire:
    """What the section says, instead of what it said; its questions stay as they are."""
    old = section_named(questionnaire, code)
    return questionnaire if old is None else _replace_section(questionnaire, code, _holding(section, old.questions))


def remove_section(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Take the section out, with all its questions."""
    return _with_sections(questionnaire, (section for section in questionnaire.sections if section.code != code))


def copy_section(questionnaire: Questionnaire, code: str, taken: Collection[str]) -> Questionnaire:
    """A twin behind the section. `taken` are further codes that it may not use."""
    section = section_named(questionnaire, code)
    if section is None:
        return questionnaire
    names, used = {}, {*taken, *codes_of(questionnaire)}
    for old in (code, *(question.code for question in section.questions)):
        names[old] = fresh_code("s" if old == code else "q", used)
        used.add(names[old])
    twin = renamed(section, names)
    questions = [question.model_copy(update={"version": 1}) for question in twin.questions]
    return add_section(questionnaire, _holding(twin, questions), after=code)


def step_section(questionnaire: Questionnaire, code: str, step: int) -> Questionnaire:
    """One place up (-1) or down (1)."""
    sections = list(questionnaire.sections)
    place = next((i for i, section in enumerate(sections) if section.code == code), None)
    if place is None or not 0 <= place + step < len(sections):
        return questionnaire
    sections[place], sections[place + step] = sections[place + step], sections[place]
    return _with_sections(questionnaire, sections)


def is_free(code: str, questionnaire: Questionnaire, *, itself: str) -> bool:
    """True where a question that is called `itself` may be called so."""
    return code == itself or (code not in RESERVED and code not in codes_of(questionnaire))


def _ensure_room(questionnaire: Questionnaire, more: int = 1) -> None:
    if sum(1 for _question in questionnaire.questions) + more > MAX_QUESTIONS:
        raise Refused(_("A questionnaire has at most %(most)s questions.", most=MAX_QUESTIONS), status=422)


def _neighbour(questionnaire: Questionnaire, section: Section, step: int) -> Section | None:
    place = questionnaire.sections.index(section) + step
    return questionnaire.sections[place] if 0 <= place < len(questionnaire.sections) else None


def _with_questions(
    questionnaire: Questionnaire, change: Callable[[tuple[Question, ...]], list[Question]]
) -> Questionnaire:
    return _with_sections(questionnaire, [_holding(s, change(s.questions)) for s in questionnaire.sections])


def _replace_section(questionnaire: Questionnaire, code: str, section: Section) -> Questionnaire:
    return _with_sections(questionnaire, [section if s.code == code else s for s in questionnaire.sections])


def _holding(section: Section, questions: Iterable[Question]) -> Section:
    return section.model_copy(update={"questions": tuple(questions)})


def _with_sections(questionnaire: Questionnaire, sections: Iterable[Section]) -> Questionnaire:
    changes: dict[str, Any] = {"sections": tuple(sections)}
    return questionnaire.model_copy(update=changes)

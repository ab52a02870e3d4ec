"""About how long a questionnaire takes: an estimate from what there is to read and to decide.

The form of the estimate is the one that Jon Puleston published for online surveys (GMI, 2012): a little for each
question, less for each further decision, more for each text to write. Reading is counted with the rate that Brysbaert
found for silent reading of non-fiction (Journal of Memory and Language 109, 2019): 238 words in a minute.
"""

from collections.abc import Iterable, Mapping

from citizen.core.i18n import text_in
from surveys.questionnaire import Kind, Question, Questionnaire

SECONDS_A_WORD = 60 / 238
TO_UNDERSTAND = 5.0
A_FURTHER_DECISION = 2.0
TO_WRITE = {Kind.LINE: 15.0, Kind.TEXT: 45.0, Kind.NUMBER: 5.0, Kind.DATE: 5.0, Kind.FILE: 45.0}
"""Seconds; a text on several lines as three on one line."""


def seconds(question: Question, lang: str) -> float:
    """How long one question takes, in this language."""
    reading = SECONDS_A_WORD * sum(_words(texts, lang) for texts in _texts(question))
    if question.kind is Kind.NOTE:
        return reading
    further = max(0.0, _decisions(question) - 1) * A_FURTHER_DECISION
    return reading + TO_UNDERSTAND + further + TO_WRITE.get(question.kind, 0.0)


def minutes(spent: float) -> int:
    """Seconds as people say them: whole minutes, at least one."""
    return max(1, round(spent / 60))


def minutes_for(questionnaire: Questionnaire, lang: str) -> int:
    """For somebody who is shown everything."""
    texts = [
        questionnaire.intro,
        *(text for section in questionnaire.sections for text in (section.title, section.text)),
    ]
    reading = SECONDS_A_WORD * sum(_words(text, lang) for text in texts)
    return minutes(reading + sum(seconds(question, lang) for question in questionnaire.questions))


def _texts(question: Question) -> Iterable[Mapping[str, str]]:
    yield from (question.text, question.hint, question.low_label, question.high_label)
    yield from (option.label for option in question.options)
    yield from (row.label for row in question.rows)


def _words(texts: Mapping[str, str], lang: str) -> int:
    return len(text_in(texts, lang).value.split())


def _decisions(question: Question) -> float:
    """One for a choice, one for each row and each rank, half a one for each box that may be ticked."""
    if question.kind.has_rows:
        return float(len(question.rows))
    if question.kind is Kind.MULTIPLE:
        return len(question.options) / 2
    if question.kind is Kind.RANKING:
        return float(question.most_chosen)
    return 1.0

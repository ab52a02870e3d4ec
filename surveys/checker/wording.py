"""Texts that are missing, in the city's first language (errors) and in its others, and answers that texts repeat."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import own_name
from surveys.checker.ground import Finding, Ground, place_in
from surveys.questionnaire import Kind
from surveys.sheets.piping import PIPE
from surveys.texts import Wording, texts_of


def findings(ground: Ground) -> Iterator[Finding]:
    wordings = list(texts_of(ground.questionnaire))
    for wording in wordings:
        if not wording.texts.get(ground.first_language) and (wording.is_needed or wording.is_written):
            path = (*wording.path, ground.first_language)
            yield Finding("error", path, _missing(wording, ground), wording.question)
        yield from _pipes(wording, ground)
    yield from _untranslated(wordings, ground)


def _missing(wording: Wording, ground: Ground) -> str:
    language = ground.first_language_name
    if wording.part == "text" and ground.by_code[str(wording.question)].question.kind is Kind.NOTE:
        return _("Please write the explanation in %(language)s.", language=language)
    sentences = {
        "title": _("Please write the title of the survey in %(language)s.", language=language),
        "section title": _("Please write the title of this section in %(language)s.", language=language),
        "text": _("Please write the question in %(language)s.", language=language),
        "hint": _("Please write the hint in %(language)s.", language=language),
        "option": _("Please write each option in %(language)s.", language=language),
        "row": _("Please write each row in %(language)s.", language=language),
        "picture_alt": _(
            "Please describe each picture in %(language)s, for people who cannot see it.", language=language
        ),
        "low_label": _("Please say in %(language)s what the lowest number means.", language=language),
        "high_label": _("Please say in %(language)s what the highest number means.", language=language),
        "unit": _("Please write the unit in %(language)s.", language=language),
        "message": _("Please say in %(language)s what people should do where the check fails.", language=language),
    }
    return sentences.get(wording.part, _("Please write this text in %(language)s.", language=language))


def _untranslated(wordings: list[Wording], ground: Ground) -> Iterator[Finding]:
    """One finding a language; which texts they are stands on the page for translating."""
    written = [wording.texts for wording in wordings if wording.texts.get(ground.first_language)]
    for language in ground.languages[1:]:
        missing = sum(not texts.get(language) for texts in written)
        if missing:
            sentence = ngettext(
                "%(num)s text is missing in %(language)s. Please translate it, or people read it in %(first)s.",
                "%(num)s texts are missing in %(language)s. Please translate them, or people read them in %(first)s.",
                missing,
                language=own_name(language),
                first=ground.first_language_name,
            )
            yield Finding("warning", ("languages", language), sentence)


def _pipes(wording: Wording, ground: Ground) -> Iterator[Finding]:
    codes = dict.fromkeys(code for text in wording.texts.values() for code in PIPE.findall(text))
    for code in codes:
        sentence = _pipe_problem(code, wording, ground)
        if sentence:
            yield Finding("warning", wording.path, sentence, wording.question)


def _pipe_problem(code: str, wording: Wording, ground: Ground) -> str | None:
    spot = ground.by_code.get(code)
    if spot is None:
        return _("The text repeats the answer to “%(code)s”, but no question has this code.", code=code)
    if wording.part != "thanks" and spot.place >= place_in(wording.path):
        return _(
            "The text repeats the answer to %(question)s, which comes later. Please move one of them.",
            question=ground.called(code),
        )
    return None

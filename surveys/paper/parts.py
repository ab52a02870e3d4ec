"""Texts as the printed form and the pages for typing it in show them."""

from collections.abc import Mapping

from flask_babel import gettext as _

from citizen.core.i18n import direction_of, localized
from surveys.paper.boxes import PaperForm
from surveys.sheets.piping import NOTHING_YET, PIPE

Words = dict[str, str]
"""A text with its language and direction: it may be in another language than the page."""


def words_of(texts: Mapping[str, str] | str | None) -> Words:
    """Staff's text in the reader's language, or a text of ours, which is in it anyway."""
    if isinstance(texts, str):
        return {"text": texts}
    text = localized(texts)
    return {"text": text.value, "lang": text.lang, "dir": direction_of(text.lang)}


def printed(form: PaperForm, texts: Mapping[str, str]) -> Words:
    """The text with the number of a question for its answer: paper does not know what was answered, but where."""
    words = words_of(texts)
    return words | {"text": PIPE.sub(lambda found: _reference(form, found[1]), words["text"])}


def _reference(form: PaperForm, code: str) -> str:
    number = form.numbers.get(code)
    return _("(your answer to question %(number)s)", number=number) if number else NOTHING_YET

"""Each kind of question as an element of a SurveyJS form."""

import html
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from surveys.exporters.surveyjs.names import SHOWN, SPECIAL, TEXTS, Languages, special_options, value_of
from surveys.questionnaire import AGREEMENT, Kind, Option, OptionRole, Question, Row
from surveys.sheets.words import agreement_words

Element = dict[str, Any]
Say = Callable[[str], None]
"""Says what SurveyJS cannot."""

DECIMALS = 6
"""A number with so many decimals has no steps in SurveyJS."""

ALONE = {OptionRole.NONE, OptionRole.DONT_KNOW}


class Elements:
    """Writes elements in these languages."""

    def __init__(self, languages: Languages) -> None:
        self.languages = languages

    def element(self, question: Question, say: Say) -> Element:
        """The element without its conditions."""
        make = {
            Kind.SINGLE: self._single,
            Kind.MULTIPLE: self._multiple,
            Kind.RANKING: self._ranking,
            Kind.MATRIX: self._matrix,
            Kind.STATEMENTS: self._statements,
            Kind.SCALE: self._scale,
            Kind.NPS: self._scale,
            Kind.NUMBER: self._number,
            Kind.DATE: self._date,
            Kind.LINE: self._line,
            Kind.TEXT: self._long,
            Kind.PLACE: self._place,
            Kind.CONSENT: self._consent,
            Kind.FILE: self._file,
            Kind.NOTE: self._note,
        }[question.kind]
        head: Element = {"name": question.code, "title": self.languages.text(question.text)}
        head |= {"description": self.languages.text(question.hint), "isRequired": question.is_required}
        return without_usual(head | make(question, say))

    def _single(self, question: Question, say: Say) -> Element:
        """Answers from one end to the other are a rating there, as long as none has a role of its own."""
        is_plain = all(option.role is OptionRole.PLAIN for option in question.options)
        if question.is_ordered and is_plain and not question.is_shuffled:
            return {"type": "rating", "rateValues": self._items(question.options)}
        return {"type": "radiogroup"} | self._choices(question, say)

    def _multiple(self, question: Question, say: Say) -> Element:
        return {"type": "checkbox"} | self._choices(question, say) | _amounts(question)

    def _ranking(self, question: Question, say: Say) -> Element:
        amounts = _amounts(question)
        return {"type": "ranking", "selectToRankEnabled": bool(amounts)} | self._choices(question, say) | amounts

    def _choices(self, question: Question, say: Say) -> Element:
        special = list(special_options(question))
        element: Element = {"choices": [self._choice(o, question, say) for o in question.options if o not in special]}
        for option in special:
            element |= {SHOWN[option.role]: True, TEXTS[option.role]: self.languages.text(option.label)}
            if option.code != SPECIAL[option.role]:
                names = {"code": option.code, "value": value_of(question, option.code)}
                say(_("SurveyJS stores “%(value)s” for the answer with the code “%(code)s”.", **names))
        if any(option.picture for option in question.options):
            say(_("The pictures did not go into the file."))
        return element | {"choicesOrder": "random" if question.is_shuffled else ""}

    def _choice(self, option: Option, question: Question, say: Say) -> Element:
        """A further option that goes with no other is exclusive there; another line to write on cannot be had."""
        element: Element = self._item(option)
        if option.role in ALONE and question.kind is Kind.MULTIPLE:
            return element | {"isExclusive": True}
        if option.role is not OptionRole.PLAIN:
            say(_("SurveyJS takes the answer “%(code)s” for one like the others.", code=option.code))
        return element

    def _item(self, part: Option | Row) -> Element:
        return without_usual({"value": part.code, "text": self.languages.text(part.label)})

    def _items(self, parts: Sequence[Option | Row]) -> list[Element]:
        return [self._item(part) for part in parts]

    def _matrix(self, question: Question, say: Say) -> Element:
        for option in question.options:
            if option.role is not OptionRole.PLAIN:
                say(_("SurveyJS takes the answer “%(code)s” for one like the others.", code=option.code))
        return self._table(question, self._items(question.options))

    def _statements(self, question: Question, _say: Say) -> Element:
        columns: dict[str, dict[str, str]] = {code: {} for code in AGREEMENT}
        for language in self.languages.codes:
            with force_locale(language):
                for code, text in agreement_words().items():
                    columns[code][language] = text
        return self._table(
            question, [{"value": code, "text": self.languages.text(texts)} for code, texts in columns.items()]
        )

    def _table(self, question: Question, columns: list[Element]) -> Element:
        element: Element = {"type": "matrix", "columns": columns, "rows": self._items(question.rows)}
        order = "random" if question.is_shuffled else ""
        return element | {"isRequired": False, "eachRowRequired": question.is_required, "rowOrder": order}

    def _scale(self, question: Question, say: Say) -> Element:
        if question.has_dont_know:
            say(_("SurveyJS has no “I don't know” beside a scale."))
        if question.kind is Kind.NPS:
            say(_("SurveyJS takes this for a scale from 0 to 10."))
        ends = {
            "minRateDescription": self.languages.text(question.low_label),
            "maxRateDescription": self.languages.text(question.high_label),
        }
        return {"type": "rating", "rateMin": question.scale[0], "rateMax": question.scale[-1]} | ends

    def _number(self, question: Question, say: Say) -> Element:
        element: Element = {"type": "text", "inputType": "number", "min": question.least, "max": question.most}
        if question.decimals < DECIMALS:
            element["step"] = round(10.0**-question.decimals, question.decimals) if question.decimals else 1
        if question.has_dont_know:
            say(_("SurveyJS has no “I don't know” beside a number."))
        if question.unit:
            say(_("SurveyJS has no units. This one stands in the description now."))
            element["description"] = self.languages.text(_with_unit(question))
        return element

    def _date(self, question: Question, _say: Say) -> Element:
        return {"type": "text", "inputType": "date", "min": question.earliest, "max": question.latest}

    def _line(self, question: Question, _say: Say) -> Element:
        return {"type": "text", "maxLength": question.max_length or None}

    def _long(self, question: Question, _say: Say) -> Element:
        return {"type": "comment", "maxLength": question.max_length or None}

    def _place(self, _question: Question, say: Say) -> Element:
        say(_("SurveyJS has no map of your city. People write where it is."))
        return {"type": "text"}

    def _consent(self, _question: Question, _say: Say) -> Element:
        return {"type": "boolean", "renderAs": "checkbox"}

    def _file(self, _question: Question, _say: Say) -> Element:
        return {"type": "file"}

    def _note(self, question: Question, _say: Say) -> Element:
        both = {code: _paragraphs(text, question.hint.get(code, "")) for code, text in question.text.items()}
        return {"type": "html", "title": "", "description": "", "html": self.languages.text(both)}


def without_usual(element: Element) -> Element:
    """Without what is as usual anyway."""
    return {name: value for name, value in element.items() if not _is_usual(value)}


def _is_usual(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _amounts(question: Question) -> Element:
    limits = {"minSelectedChoices": question.choose_min, "maxSelectedChoices": question.choose_max}
    return {name: limit for name, limit in limits.items() if limit}


def _with_unit(question: Question) -> dict[str, str]:
    languages = dict.fromkeys((*question.hint, *question.unit))
    both = {code: (question.hint.get(code, ""), question.unit.get(code, "")) for code in languages}
    return {code: "\n".join(filter(None, (hint, f"({unit})" if unit else ""))) for code, (hint, unit) in both.items()}


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{as_html(text)}</p>" for text in texts if text)


def as_html(text: str) -> str:
    """Plain text where SurveyJS takes HTML."""
    return html.escape(text, quote=False).replace("\n", "<br>")

"""Questions as the template of the printed form takes them: what stands there, and how it is to be answered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import localized
from surveys.paper.boxes import Box, PaperForm, is_long_scale
from surveys.paper.directions import Directions
from surveys.paper.parts import Words, printed, words_of
from surveys.questionnaire import Kind, Option, Question, Section

WIDE_TABLE = 7
"""A matrix with more columns is printed row by row."""

SHORT_LABEL, FEW_BOXES = 28, 6
"""Boxes with short labels stand in columns where there are more than a few."""

TOGETHER = 12
"""Up to so many boxes stay on one page with their question."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Layout:
    """Lays out a form. `media` is the folder of kept pictures."""

    form: PaperForm
    media: Path

    @cached_property
    def directions(self) -> Directions:
        return Directions(self.form)

    def sections(self) -> list[Values]:
        shown = {question.code for question in self.form.questions}
        return [self._section(section, shown) for section in self.form.asked.sections]

    def _section(self, section: Section, shown: set[str]) -> Values:
        return {
            "title": self.words(section.title),
            "text": self.words(section.text),
            "only": self.directions.for_whom(section),
            "questions": [self._question(question) for question in section.questions if question.code in shown],
        }

    def _question(self, question: Question) -> Values:
        number = self.form.numbers.get(question.code)
        return {
            "number": str(number) if number else "",
            "text": self.words(question.text),
            "hint": self.words(question.hint),
            "only": self.directions.only_if(question.show_if),
            "skips": self.directions.skips(question),
            "how": how_to_answer(question),
            "together": len(self.form.boxes(question)) + 2 * len(question.rows) <= TOGETHER,
            **self._answer(question),
        }

    def _answer(self, question: Question) -> Values:
        """What there is to tick or to write on: its kind for the template, and what that needs."""
        return ANSWERS[question.kind](self, question)

    def words(self, texts: Mapping[str, str]) -> Words:
        return printed(self.form, texts)

    def boxes(self, question: Question) -> list[Values]:
        pictures = {option.code: option for option in question.options if option.picture}
        return [_as_values(box) | self._picture(pictures.get(box.code)) for box in self.form.boxes(question)]

    def _picture(self, option: Option | None) -> Values:
        """A picture that is gone from its folder is left out."""
        picture = option.picture if option else None
        if option is None or picture is None or not (self.media / picture.name).exists():
            return {}
        return {"picture": f"/{picture.name}", "alt": str(localized(option.picture_alt or option.label))}


def _ticked(layout: Layout, question: Question) -> Values:
    boxes = layout.boxes(question)
    return {"kind": "boxes", "boxes": boxes, "columns": _columns(boxes)}


def _ranking(layout: Layout, question: Question) -> Values:
    return {"kind": "ranking", "boxes": layout.boxes(question)}


def _number(layout: Layout, question: Question) -> Values:
    return {"kind": "number", "ends": [], "unit": words_of(question.unit), "boxes": layout.boxes(question)}


def _table(layout: Layout, question: Question) -> Values:
    boxes = layout.boxes(question)
    rows = [layout.words(row.label) for row in question.rows]
    kind = "table" if len(boxes) <= WIDE_TABLE else "rows"
    return {"kind": kind, "boxes": boxes, "rows": rows, "columns": _columns(boxes)}


def _scale(layout: Layout, question: Question) -> Values:
    boxes = layout.boxes(question)
    ends = [str(localized(question.low_label)), str(localized(question.high_label))]
    if question.kind is Kind.NPS:
        ends = [ends[0] or _("not at all likely"), ends[1] or _("very likely")]
    points = question.scale
    words = [f"{point} = {end}" for point, end in zip((points[0], points[-1]), ends, strict=True) if end]
    if is_long_scale(question):
        return {"kind": "number", "unit": words_of(""), "ends": words, "boxes": boxes[len(points) :]}
    return {"kind": "scale", "ends": words, "boxes": boxes}


def _date(_layout: Layout, _question: Question) -> Values:
    return {"kind": "date", "parts": [_("Day"), _("Month"), _("Year")]}


def _lines(_layout: Layout, question: Question) -> Values:
    return {"kind": "lines", "lines": 1 if question.kind is Kind.LINE else 5}


ANSWERS: dict[Kind, Callable[[Layout, Question], Values]] = {
    Kind.SINGLE: _ticked,
    Kind.MULTIPLE: _ticked,
    Kind.PLACE: _ticked,
    Kind.RANKING: _ranking,
    Kind.MATRIX: _table,
    Kind.STATEMENTS: _table,
    Kind.SCALE: _scale,
    Kind.NPS: _scale,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.LINE: _lines,
    Kind.TEXT: _lines,
    Kind.CONSENT: _ticked,
    Kind.NOTE: lambda _layout, _question: {"kind": "note"},
}


def how_to_answer(question: Question) -> str:
    """What to do, in one sentence; nothing where that is plain."""
    if question.kind in {Kind.SINGLE, Kind.PLACE, Kind.SCALE, Kind.NPS}:
        return "" if is_long_scale(question) else _("Please tick one box.")
    if question.kind is Kind.MULTIPLE:
        return next(_how_many(question))
    if question.kind is Kind.RANKING:
        return _(
            "Please write 1 beside what matters most, then 2 and so on, up to %(most)s.", most=question.most_chosen
        )
    if question.kind.has_rows:
        return _("Please tick one box in each row.")
    return ""


def _how_many(question: Question) -> Iterator[str]:
    least, most = question.choose_min, question.most_chosen
    if most < len(question.options):
        if least == most:
            yield ngettext("Please tick %(num)s box.", "Please tick %(num)s boxes.", most)
        if least > 1:
            yield _("Please tick %(least)s to %(most)s boxes.", least=least, most=most)
        yield ngettext("Please tick at most %(num)s box.", "Please tick at most %(num)s boxes.", most)
    if least > 1:
        yield ngettext("Please tick at least %(num)s box.", "Please tick at least %(num)s boxes.", least)
    yield _("Please tick all that apply.")


def _as_values(box: Box) -> Values:
    return {"number": box.number, "label": words_of(box.label), "other": box.is_other}


def _columns(boxes: list[Values]) -> int:
    """How many boxes stand side by side."""
    longest = max((len(box["label"]["text"]) for box in boxes), default=0)
    if len(boxes) <= FEW_BOXES or longest > SHORT_LABEL or any("picture" in box for box in boxes):
        return 1
    return 3 if longest <= SHORT_LABEL // 2 else 2

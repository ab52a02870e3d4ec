"""A page of a sheet as its template shows it: texts with earlier answers in them, options in order, what was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from citizen.cities.maps import CityMap
from citizen.core.i18n import Text, current_language, localized
from surveys import effort
from surveys.logic.path import Page
from surveys.questionnaire import DONT_KNOW, END, Kind, Layout, Option, Question, Questionnaire, Section
from surveys.sheets.bounds import bounds_of, most_that_binds, too_few, too_fine
from surveys.sheets.filling import Filling
from surveys.sheets.order import options_for, rows_for
from surveys.sheets.piping import piped
from surveys.sheets.reading import field_names
from surveys.sheets.words import agreement_words

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """Something to choose: an option, a row, an answer to a statement."""

    code: str
    label: Text | str
    role: str = "plain"
    picture: dict[str, object] | None = None

    @property
    def id(self) -> str:
        """As lists of options elsewhere name it."""
        return self.code


@dataclass(frozen=True)
class Asked:
    """One question on a page. `typed` holds its fields by name; `error` is a sentence where something is wrong.

    `number` counts the questions that are shown; `first_field` is the id of the control that takes the focus.
    """

    question: Question
    text: Markup
    hint: Markup
    choices: tuple[Choice, ...]
    rows: tuple[Choice, ...]
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    error: str = ""
    is_shown: bool = True
    is_heading: bool = False
    number: int | None = None
    seconds: int = 0
    districts: tuple[Choice, ...] = ()
    map: CityMap | None = None
    file_name: str = ""
    skips_to: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def kind(self) -> Kind:
        return self.question.kind

    @property
    def id(self) -> str:
        return f"q-{self.question.code}"

    @property
    def plain_text(self) -> str:
        """Its words without markup, on one line."""
        return " ".join(self.text.striptags().split())

    def values(self, name: str = "") -> Sequence[str]:
        """What was typed into one field of this question: `name` is what stands behind the dot."""
        return self.typed.get(f"{self.code}.{name}" if name else self.code, ())

    def value(self, name: str = "") -> str:
        return next(iter(self.values(name)), "")

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, where there are any."""
        parts = {"hint": self.hint or self.bounds, "unit": self.unit, "error": self.error}
        return " ".join(f"{self.id}-{name}" for name, is_there in parts.items() if is_there)

    @property
    def first_field(self) -> str:
        """The id of the control that a link to this question leads into."""
        if self.kind in {Kind.SINGLE, Kind.MULTIPLE}:
            return f"{self.id}.{self.choices[0].code}" if self.choices else self.id
        if self.kind is Kind.RANKING:
            return f"{self.id}.rank.{self.choices[0].code}" if self.choices else self.id
        if self.kind.has_rows:
            return f"{self.id}.{self._open_row}.{self.choices[0].code}" if self.rows and self.choices else self.id
        if self.kind in {Kind.SCALE, Kind.NPS}:
            return f"{self.id}.{self.question.scale[0]}"
        return f"{self.id}-field"

    @property
    def _open_row(self) -> str:
        """The first row without an answer."""
        return next((row.code for row in self.rows if not self.value(row.code)), self.rows[0].code)

    @property
    def ranks(self) -> dict[str, int]:
        """The place of each ranked option, as far as it was typed."""
        typed = {choice.code: self.value(f"rank.{choice.code}") for choice in self.choices}
        return {code: int(place) for code, place in typed.items() if place.isascii() and place.isdecimal()}

    @property
    def has_pictures(self) -> bool:
        return any(choice.picture for choice in self.choices)

    @property
    def bounds(self) -> str:
        """How many, from where to where, how long."""
        return bounds_of(self.question)

    @property
    def most(self) -> int:
        """How many may be chosen, where that binds; else 0."""
        return most_that_binds(self.question)

    @property
    def unit(self) -> str:
        return str(localized(self.question.unit))

    @property
    def ends(self) -> tuple[Text | str, Text | str]:
        """What the ends of a scale mean."""
        low, high = localized(self.question.low_label), localized(self.question.high_label)
        if self.kind is Kind.NPS:
            return low or _("not at all likely"), high or _("very likely")
        return low, high

    @property
    def is_odd_day(self) -> bool:
        """True where something was typed that the browser's picker of days could not show."""
        return bool(self.value()) and ISO_DAY.fullmatch(self.value()) is None

    @property
    def written(self) -> str:
        """What stands in the line of a number beside which "I don't know" can be ticked."""
        return next((text for text in self.values() if text != DONT_KNOW), "")

    @property
    def sentences(self) -> dict[str, str]:
        """What the browser may have to say here that depends on a number."""
        least, decimals = self.question.choose_min, self.question.decimals
        said = {}
        if least and self.kind in {Kind.MULTIPLE, Kind.RANKING}:
            said["too-few"] = too_few(least)
        if decimals and self.kind is Kind.NUMBER:
            said["decimals"] = too_fine(decimals)
        return said

    @property
    def is_answered(self) -> bool:
        return any(any(values) for values in self.typed.values())

    @property
    def conditions(self) -> dict[str, Any]:
        """For the browser: when the question is shown, where it leads, what its answer must meet."""
        question = self.question
        skips = [{"when": skip.when, "to": to} for skip, to in zip(question.skips, self.skips_to, strict=True)]
        checks = [{"that": check.that, "message": str(localized(check.message))} for check in question.checks]
        found = {"show": question.show_if, "skips": skips or None, "checks": checks or None}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Sheet:
    """One page with all its questions, shown or not. `heading` is not seen where a question itself is the heading."""

    number: int
    section: Section
    heading: Text | str
    text: Markup
    questions: tuple[Asked, ...]

    @property
    def shown(self) -> list[Asked]:
        return [asked for asked in self.questions if asked.is_shown]

    @property
    def question_is_heading(self) -> bool:
        return any(asked.is_heading for asked in self.shown)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For each thing that is wrong: which question, what to do, and the id of the control to go to."""
        return [(f"{asked.plain_text} – {asked.error}", asked.first_field) for asked in self.questions if asked.error]


def sheet(filling: Filling, page: Page, seed: str, *, title: Text | str = "", has_errors: bool = False) -> Sheet:
    """The whole page, with errors beside the questions where they are wanted. `title` is the survey's own."""
    problems = filling.problems_on(page) if has_errors else {}
    stands_alone = filling.questionnaire.layout is Layout.QUESTION
    questions = tuple(
        asked(filling, question, seed, error=problems.get(question.code, ""), is_heading=stands_alone)
        for question in page.questions
    )
    section = page.section
    is_first = next(other.number for other in filling.all_pages if other.section is section) == page.number
    return Sheet(
        number=page.number,
        section=section,
        heading="" if all(one.is_heading for one in questions) else (localized(section.title) or title),
        text=piped(section.text, filling.say) if is_first else Markup(""),
        questions=questions,
    )


def asked(filling: Filling, question: Question, seed: str, *, error: str = "", is_heading: bool = False) -> Asked:
    """One question as this person sees it."""
    return Asked(
        question=question,
        text=piped(question.text, filling.say),
        hint=Markup.escape(localized(question.hint)),
        choices=_choices(question, seed),
        rows=tuple(Choice(row.code, localized(row.label)) for row in rows_for(question, seed)),
        typed={name: filling.typed[name] for name in field_names(question) if name in filling.typed},
        error=error,
        is_shown=question.code in filling.shown,
        is_heading=is_heading and question.kind not in {Kind.NOTE, Kind.CONSENT},
        number=next((n for n, one in enumerate(filling.numbered, start=1) if one.code == question.code), None),
        seconds=round(effort.seconds(question, current_language())),
        districts=_districts(filling, question),
        map=filling.map if question.kind is Kind.PLACE else None,
        skips_to=tuple(_where(filling.questionnaire, skip.to) for skip in question.skips),
        file_name=filling.values[question.code]["name"] if _has_file(filling, question) else "",
    )


def _where(questionnaire: Questionnaire, code: str) -> str:
    """Where a skip leads to: a section that holds no question has no page, so that the next one that has is meant."""
    sections = questionnaire.sections
    place = next((number for number, section in enumerate(sections) if section.code == code), None)
    if place is None:
        return code
    return next((section.code for section in sections[place:] if section.questions), END)


def _has_file(filling: Filling, question: Question) -> bool:
    return question.kind is Kind.FILE and question.code in filling.values


def _choices(question: Question, seed: str) -> tuple[Choice, ...]:
    if question.kind is Kind.STATEMENTS:
        return tuple(Choice(code, word) for code, word in agreement_words().items())
    return tuple(
        Choice(option.code, localized(option.label), option.role.value, _picture(option))
        for option in options_for(question, seed)
    )


def _picture(option: Option) -> dict[str, object] | None:
    """Its space is reserved, so that nothing jumps when it comes."""
    if option.picture is None:
        return None
    size = {"width": option.picture.width, "height": option.picture.height}
    url = url_for("media.show", name=option.picture.name)
    return {"url": url, "alt": str(localized(option.picture_alt)), **size}


def _districts(filling: Filling, question: Question) -> tuple[Choice, ...]:
    if question.kind is not Kind.PLACE:
        return ()
    return tuple(Choice(code, localized(name)) for code, name in filling.districts.items())

"""What staff type from a paper sheet: the numbers of boxes, or the boxes themselves, as values of the questionnaire.

Each thing to tick has two fields: its own, as on the pages of citizens, and one with ".typed" behind its name for the
numbers of boxes ("3 5"). ".unreadable" says that nobody can tell what was meant: then nothing counts as answered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from surveys.paper.boxes import DONT_KNOW_SIGN, Box, PaperForm, without_lines
from surveys.questionnaire import DONT_KNOW, OTHER, Kind, OptionRole, Question
from surveys.sheets.checking import Checked, check
from surveys.sheets.reading import Typed, field_names, read

TYPED, UNREADABLE = ".typed", ".unreadable"
BETWEEN = re.compile(r"[\s,;.+]+")
SIGNS = str.maketrans({"؟": "?", "−": "-"} | {sign: str(n) for n, sign in enumerate("٠١٢٣٤٥٦٧٨٩")})
"""Numbers and question marks as Arabic keyboards type them."""


@dataclass(frozen=True)
class Entry:
    """A sheet as it was typed: values by code, and the codes of the questions that nobody could read."""

    values: Mapping[str, Any] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()

    def kept(self) -> dict[str, Any]:
        """As JSON values; `entry_from` reads them."""
        return {"values": dict(self.values), "unreadable": sorted(self.unreadable)}

    def part(self, question: Question) -> tuple[Any, Any, bool]:
        """All that was typed for one question: its value, the line beside "other", and whether it was unreadable."""
        other = self.values.get(f"{question.code}.{OTHER}")
        return self.values.get(question.code), other, question.code in self.unreadable


@dataclass(frozen=True)
class Entered:
    """An entry, a sentence for each question where it cannot stand, and the codes of answers that will not count."""

    entry: Entry
    problems: dict[str, str]
    dropped: tuple[str, ...]


def entry_from(kept: Mapping[str, Any]) -> Entry:
    return Entry(kept.get("values", {}), frozenset(kept.get("unreadable", ())))


def entered(form: PaperForm, sent: Typed, today: date, *, decimal: str) -> Entered:
    """Read and check what was typed. Questions that were marked as unreadable have no answer and no problem."""
    unreadable = frozenset(q.code for q in form.questions if sent.get(q.code + UNREADABLE))
    typed: dict[str, Sequence[str]] = {}
    problems: dict[str, str] = {}
    for question in form.questions:
        if question.code not in unreadable:
            fields, problem = _fields(form, question, sent)
            typed |= fields
            problems |= {question.code: problem} if problem else {}
    entry = Entry(read(form.checked_as, typed, decimal=decimal), unreadable)
    held = checked(form, entry, today)
    found = held.problems | problems
    return Entered(entry, {q.code: found[q.code] for q in form.questions if q.code in found}, held.dropped)


def checked(form: PaperForm, entry: Entry, today: date) -> Checked:
    """The entry held against the questionnaire, without what only people at a screen can be asked for again."""
    silent = {q.code for q in form.questions if _says_nothing_else(q, entry)}
    asked = without_lines(form.checked_as, silent) if silent else form.checked_as
    return check(asked, entry.values, today, form.districts.keys())


def _says_nothing_else(question: Question, entry: Entry) -> bool:
    """True where "other" is ticked and nothing stands on its line."""
    value, text, _is_unreadable = entry.part(question)
    chosen = value if isinstance(value, list) else [value]
    return not text and any(other in chosen for other in question.options_as(OptionRole.OTHER))


def ticked_fields(question: Question) -> list[str]:
    """Names of the fields whose boxes are ticked by number."""
    if question.kind.has_rows:
        return [f"{question.code}.{row.code}" for row in question.rows]
    if question.kind is Kind.PLACE:
        return [f"{question.code}.district"]
    is_ticked = question.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NPS, Kind.CONSENT}
    return [question.code] if is_ticked else []


def _fields(form: PaperForm, question: Question, sent: Typed) -> tuple[dict[str, list[str]], str | None]:
    """The question's fields as the pages of citizens send them, and the first thing that is wrong with them."""
    fields = {name: list(sent[name]) for name in field_names(question) if name in sent}
    problem = None
    for name in ticked_fields(question):
        chosen, wrong = _chosen(question, form.boxes(question), sent, name)
        fields[name] = [*chosen, *_meant(question, fields)]
        problem = problem or wrong
    if question.kind is Kind.NUMBER and question.has_dont_know:
        fields[question.code] = [_number_or_sign(text) for text in fields.get(question.code, ())]
    return fields, problem


def _meant(question: Question, fields: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Whoever writes on the line of "other" means it, also without a tick."""
    has_line = question.kind is Kind.MULTIPLE and any(
        text.strip() for text in fields.get(f"{question.code}.{OTHER}", ())
    )
    return question.options_as(OptionRole.OTHER) if has_line else ()


def _number_or_sign(text: str) -> str:
    return DONT_KNOW if text.strip().translate(SIGNS) == DONT_KNOW_SIGN else text


def _chosen(question: Question, boxes: list[Box], sent: Typed, name: str) -> tuple[list[str], str | None]:
    """The codes of the boxes that were typed or ticked, and what is wrong with that."""
    known = {box.number: box.code for box in boxes}
    numbers = list(_numbers(sent, name + TYPED))
    typed = list(dict.fromkeys(known[number] for number in numbers if number in known))
    ticked = [code for code in sent.get(name, ()) if code]
    return typed or ticked, next(_wrong(question, numbers, known, typed, ticked), None)


def _wrong(
    question: Question, numbers: list[str], known: Mapping[str, str], typed: list[str], ticked: list[str]
) -> Iterator[str]:
    foreign = next((number for number in numbers if number not in known), None)
    if foreign is not None:
        yield _("There is no box %(number)s here.", number=foreign)
    if typed and ticked and set(typed) != set(ticked):
        yield _("The number that you typed and the box that you ticked differ. Please keep one of them.")
    if question.kind is not Kind.MULTIPLE and len(typed or ticked) > 1:
        yield _("Only one box can be ticked here. Does the sheet have two? Then mark the question as unreadable.")


def _numbers(sent: Typed, name: str) -> Iterator[str]:
    """The numbers as they stand beside the boxes: "03" is 3."""
    for text in sent.get(name, ()):
        for part in BETWEEN.split(text.translate(SIGNS).strip()):
            if part:
                yield str(int(part)) if re.fullmatch(r"-?\d{1,4}", part, re.ASCII) else part[:20]

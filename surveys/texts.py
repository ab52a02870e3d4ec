"""All texts of a questionnaire, each under a name that stays where questions move: for translating and for checking."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from citizen.core.faults import Path
from surveys.questionnaire import Kind, Question, Questionnaire, Section, loaded

LINE, LONG = 500, 5000
"""The longest texts that a questionnaire holds, in characters."""

LONG_PARTS = {"intro", "thanks", "text", "hint", "section text"}
TEXTS = {
    "title",
    "intro",
    "thanks",
    "text",
    "hint",
    "label",
    "picture_alt",
    "message",
    "unit",
    "low_label",
    "high_label",
}
"""Everything in a document that holds a text by language."""


@dataclass(frozen=True)
class Wording:
    """One text in all its languages.

    `name` is made of codes ("mode.options.bus.label"), `path` of places in the document. `part` says what it is of its
    question or section. `is_needed`: nobody can answer without it.
    """

    name: str
    path: Path
    part: str
    texts: Mapping[str, str]
    section: str | None = None
    question: str | None = None
    is_needed: bool = False

    @property
    def is_long(self) -> bool:
        """True where it may have several lines."""
        return self.part in LONG_PARTS

    @property
    def most(self) -> int:
        return LONG if self.is_long else LINE

    @property
    def is_written(self) -> bool:
        return any(self.texts.values())


def texts_of(questionnaire: Questionnaire) -> Iterator[Wording]:
    """Every text that the questionnaire shows, also where nothing is written yet, in the order of the pages."""
    yield Wording("title", ("title",), "title", questionnaire.title, is_needed=True)
    yield Wording("intro", ("intro",), "intro", questionnaire.intro)
    names = _unique(question.code for question in questionnaire.questions)
    sections = _unique(section.code for section in questionnaire.sections)
    for place, section in enumerate(questionnaire.sections):
        yield from _section_texts(section, f"section.{next(sections)}", ("sections", place))
        for index, question in enumerate(section.questions):
            path: Path = ("sections", place, "questions", index)
            yield from _question_texts(question, next(names), path, section.code)
    yield Wording("thanks", ("thanks",), "thanks", questionnaire.thanks)


def with_texts(questionnaire: Questionnaire, language: str, texts: Mapping[str, str]) -> Questionnaire:
    """The questionnaire with these texts, by name, in one language. An empty one is taken out; unknown names are left.

    Raises pydantic.ValidationError where a text is too long.
    """
    document = questionnaire.model_dump(mode="json")
    for wording in texts_of(questionnaire):
        if wording.name in texts:
            _at(document, wording.path).update({language: texts[wording.name]})
            if not texts[wording.name]:
                del _at(document, wording.path)[language]
    return loaded(document)


def limited_to(questionnaire: Questionnaire, languages: Collection[str]) -> Questionnaire:
    """The questionnaire without texts in other languages."""
    return loaded(_limited(questionnaire.model_dump(mode="json"), languages))


def languages_of(questionnaire: Questionnaire) -> list[str]:
    """The languages in which no text is missing that is written in any, by their codes."""
    written = [wording.texts for wording in texts_of(questionnaire) if wording.is_written]
    spoken = {code for texts in written for code in texts}
    return sorted(code for code in spoken if all(texts.get(code) for texts in written))


def _section_texts(section: Section, name: str, path: Path) -> Iterator[Wording]:
    for part in ("title", "text"):
        texts = getattr(section, part)
        yield Wording(f"{name}.{part}", (*path, part), f"section {part}", texts, section.code)


def _question_texts(question: Question, name: str, path: Path, section: str) -> Iterator[Wording]:
    place: dict[str, Any] = {"section": section, "question": question.code}
    for part, is_needed in _own_parts(question):
        texts = getattr(question, part)
        yield Wording(f"{name}.{part}", (*path, part), part, texts, **place, is_needed=is_needed)
    for list_name, code, index, part, texts in _listed_parts(question):
        inner: Path = (*path, list_name, index, part)
        kind = {"options": "option", "rows": "row"}[list_name] if part == "label" else part
        yield Wording(f"{name}.{list_name}.{code}.{part}", inner, kind, texts, **place, is_needed=True)


def _own_parts(question: Question) -> Iterator[tuple[str, bool]]:
    """Its own texts, and whether each is needed. Ends of "0 to 10" have usual words where nothing is written."""
    yield "text", True
    yield "hint", False
    if question.kind in {Kind.SCALE, Kind.NPS}:
        yield from (("low_label", question.kind is Kind.SCALE), ("high_label", question.kind is Kind.SCALE))
    if question.kind is Kind.NUMBER:
        yield "unit", False


def _listed_parts(question: Question) -> Iterator[tuple[str, str, int, str, Mapping[str, str]]]:
    """Of options, rows and checks: list, code or number, place, part and texts."""
    if question.kind.has_options:
        for index, (code, option) in enumerate(_named(question.options)):
            yield "options", code, index, "label", option.label
            if option.picture:
                yield "options", code, index, "picture_alt", option.picture_alt
    if question.kind.has_rows:
        for index, (code, row) in enumerate(_named(question.rows)):
            yield "rows", code, index, "label", row.label
    for index, check in enumerate(question.checks):
        yield "checks", str(index + 1), index, "message", check.message


def _named(parts: Collection[Any]) -> Iterator[tuple[str, Any]]:
    return zip(_unique(part.code for part in parts), parts, strict=True)


def _unique(codes: Iterable[str]) -> Iterator[str]:
    """The codes; one that came before gets a number behind it, so that no two texts have the same name."""
    seen: Counter[str] = Counter()
    for code in codes:
        seen[code] += 1
        yield code if seen[code] == 1 else f"{code}#{seen[code]}"


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _limited(part: Any, languages: Collection[str]) -> Any:
    if isinstance(part, list):
        return [_limited(inner, languages) for inner in part]
    if not isinstance(part, dict):
        return part
    return {
        key: {code: text for code, text in inner.items() if code in languages}
        if key in TEXTS
        else _limited(inner, languages)
        for key, inner in part.items()
    }

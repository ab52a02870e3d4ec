"""What all kinds of LimeSurvey's questions are read with."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.bounds import check_choices
from surveys.importers.codes import Codes
from surveys.importers.drafts import Draft
from surveys.importers.limesurvey.structure import Asked, Choice, Texts
from surveys.importers.limesurvey.variables import OTHER_CODE, Variables
from surveys.importers.report import Entry
from surveys.importers.translations import UNKNOWN, Wording, repeated
from surveys.questionnaire import Kind, Option, OptionRole, Row

PIPE = re.compile(r"\{(?:INSERTANS:)?([A-Za-z0-9_][\w#]*(?:\.\w+)?)\}")
COMPUTED = re.compile(r"\{(?=[^\s{}])[^{}]*\}")


@dataclass
class Reading:
    """A file that is being read: its texts, codes and variables. `codes` of the questions by their number."""

    wording: Wording
    codes: Codes
    variables: Variables
    code_of: dict[int, str] = field(default_factory=dict)
    counted: int = 0
    """Answers and rows so far."""

    @property
    def languages(self) -> Collection[str]:
        return self.wording.translations.languages

    def word(self, word: Any, entry: Entry) -> dict[str, str]:
        """One of LimeSurvey's own words."""
        return standard.written(word, self.wording.translations.languages, entry)

    def draft(self, asked: Asked, kind: Kind, entry: Entry, **values: Any) -> Draft:
        """The question as a whole."""
        draft = Draft(entry, self.code_of[asked.id], kind, self._usual(asked, asked.texts, entry) | values)
        entry.code = entry.code or draft.code
        return draft

    def part(self, asked: Asked, kind: Kind, entry: Entry, name: str, texts: Texts, **values: Any) -> Draft:
        """A part of the question, which becomes a question of its own. `texts` say which part."""
        code = self.codes.question(f"{self.code_of[asked.id]}_{name}", entry)
        draft = Draft(entry, code, kind, self._usual(asked, together(asked.texts, texts), entry) | values)
        entry.code = entry.code or code
        return draft

    def _usual(self, asked: Asked, texts: Texts, entry: Entry) -> dict[str, Any]:
        text = self.wording.long(texts, entry) or {self.wording.translations.languages[0]: asked.code}
        hint = self.wording.long(asked.help, entry, where=_("%(where)s, help", where=entry.where))
        return {"text": text, "hint": hint, "is_required": asked.row["mandatory"] == "Y"}

    def options(self, code: str, choices: Sequence[Choice], entry: Entry, none: Collection[str] = ()) -> list[Option]:
        """Answers to choose from; those in `none` exclude all others. Their codes are kept for the conditions."""
        own, known = Codes(), self.variables.choices.setdefault(code, {})
        self._count(len(choices))
        made = []
        for choice in choices:
            ours = own.choice(choice.code, entry)
            known.setdefault(choice.code, ours)
            role = OptionRole.NONE if choice.code in none else OptionRole.PLAIN
            made.append(Option(code=ours, label=self.label(choice, entry), role=role))
        return made

    def _count(self, number: int) -> None:
        self.counted += number
        check_choices(self.counted)

    def other(self, asked: Asked, code: str, options: list[Option], entry: Entry) -> list[Option]:
        """The answer "other", where the question has it."""
        if not asked.has_other:
            return []
        taken = Codes()
        taken.taken = {option.code for option in options}
        ours = self.variables.choices[code][OTHER_CODE] = taken.unused("other")
        texts = asked.attributes.get("other_replace_text", {})
        label = self.wording.line(texts, entry) or self.word(standard.OTHER, entry)
        return [Option(code=ours, label=label, role=OptionRole.OTHER)]

    def fixed(self, code: str, words: dict[str, Any], entry: Entry) -> list[Option]:
        """Answers that LimeSurvey shows by itself, by their codes."""
        self.variables.choices[code] = {ours: ours for ours in words}
        return [Option(code=ours, label=self._fixed_label(word, entry)) for ours, word in words.items()]

    def _fixed_label(self, word: Any, entry: Entry) -> dict[str, str]:
        return dict.fromkeys(self.languages, word) if isinstance(word, str) else self.word(word, entry)

    def rows(self, choices: Sequence[Choice], entry: Entry) -> list[tuple[Choice, Row]]:
        """Rows of an array, each beside the subquestion that it comes from."""
        own = Codes()
        self._count(len(choices))
        return [
            (choice, Row(code=own.choice(choice.code, entry), label=self.label(choice, entry))) for choice in choices
        ]

    def label(self, choice: Choice, entry: Entry) -> dict[str, str]:
        main = self.wording.translations.languages[0]
        return self.wording.line(choice.texts, entry) or {main: choice.code[:64] or UNKNOWN}


def together(texts: Texts, part: Texts) -> Texts:
    """The text of a question with that of one of its parts."""
    languages = dict.fromkeys((*texts, *part))
    return {code: _joined(texts.get(code, ""), part.get(code, "")) for code in languages}


def _joined(text: str, part: str) -> str:
    return f"{text.rstrip(' :')} – {part}" if text.strip() and part.strip() else text or part


def repeated_answers(text: str, variables: Variables, entry: Entry) -> str:
    """The text with our codes where it repeats an answer; what it computes otherwise is left out, and said."""

    def code_of(piece: str) -> str | None:
        name = PIPE.fullmatch(piece)
        return variables.question(name[1]) if name else None

    def say(piece: str) -> None:
        entry.miss(_("“%(part)s” in a text is computed by LimeSurvey. We left it out.", part=piece))

    return repeated(text, COMPUTED, code_of, say)

"""What all elements of a SurveyJS form are read with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.bounds import check_choices
from surveys.importers.codes import Codes
from surveys.importers.drafts import Draft
from surveys.importers.report import Entry
from surveys.importers.surveyjs.document import Node, name_of, texts, word
from surveys.importers.surveyjs.variables import Variables
from surveys.importers.translations import UNKNOWN, Wording, repeated
from surveys.questionnaire import Kind, Option, OptionRole, Row

PIPE = re.compile(r"\{[^{}\n]{1,200}\}")


@dataclass(frozen=True)
class Item:
    """A choice, a row or a column of the form. `value` is what the form stores."""

    value: str
    texts: Mapping[str, str]
    node: Node


@dataclass
class Reading:
    """A form that is being read: its texts, codes and variables. `nodes` are its elements by name."""

    wording: Wording
    codes: Codes
    variables: Variables
    code_of: dict[int, str] = field(default_factory=dict)
    """Our codes of the elements, by the identity of their node."""
    nodes: dict[str, Node] = field(default_factory=dict)
    counted: int = 0
    """Answers and rows so far."""

    @property
    def languages(self) -> Sequence[str]:
        return self.wording.translations.languages

    def code(self, node: Node) -> str:
        return self.code_of[id(node)]

    def draft(self, node: Node, kind: Kind, entry: Entry, **values: Any) -> Draft:
        """The element as a question."""
        draft = Draft(entry, self.code(node), kind, self._usual(node, title_of(node), entry) | values)
        self._known(name_of(node), draft, entry)
        return draft

    def part(self, node: Node, kind: Kind, entry: Entry, name: str, title: Mapping[str, str], **values: Any) -> Draft:
        """A part of the element as a question of its own. `title` says which part; `name` how the form calls it."""
        code = self.codes.question(f"{self.code(node)}_{name}", entry)
        draft = Draft(entry, code, kind, self._usual(node, together(title_of(node), title), entry) | values)
        self._known(f"{name_of(node)}.{name}", draft, entry)
        return draft

    def _known(self, name: str, draft: Draft, entry: Entry) -> None:
        entry.code = entry.code or draft.code
        self.variables.name(name, draft.answer)
        self.variables.kinds[draft.code] = draft.kind

    def _usual(self, node: Node, title: Mapping[str, str], entry: Entry) -> dict[str, Any]:
        text = self.wording.long(title, entry) or {self.languages[0]: name_of(node) or UNKNOWN}
        hint = self.wording.long(texts(node.get("description")), entry)
        return {"text": text, "hint": hint, "is_required": node.get("isRequired") is True}

    def options(self, code: str, items: Sequence[Item], entry: Entry) -> list[Option]:
        """Choices or columns; their codes are kept for the conditions."""
        own, known = Codes(), self.variables.choices.setdefault(code, {})
        self._count(len(items))
        made = []
        for item in items:
            ours = own.choice(item.value, entry)
            known.setdefault(item.value, ours)
            role = OptionRole.NONE if item.node.get("isExclusive") is True else OptionRole.PLAIN
            role = OptionRole.OTHER if item.node.get("showCommentArea") is True else role
            made.append(Option(code=ours, label=self.label(item, entry), role=role))
        return made

    def _count(self, number: int) -> None:
        self.counted += number
        check_choices(self.counted)

    def special(self, code: str, value: str, role: OptionRole, label: Mapping[str, str], taken: list[Option]) -> Option:
        """A choice that SurveyJS adds by itself, under its own value where that is free."""
        own = Codes()
        own.taken = {option.code for option in taken}
        ours = own.unused(value)
        self.variables.choices.setdefault(code, {}).setdefault(value, ours)
        return Option(code=ours, label=dict(label), role=role)

    def rows(self, node: Node, draft: Draft, items: Sequence[Item], entry: Entry) -> list[Row]:
        """Rows of a table; each may be looked at in conditions."""
        own, made = Codes(), []
        self._count(len(items))
        for item in items:
            row = Row(code=own.choice(item.value, entry), label=self.label(item, entry))
            self.variables.name(f"{name_of(node)}.{item.value}", [*draft.answer, row.code])
            made.append(row)
        return made

    def label(self, item: Item, entry: Entry) -> dict[str, str]:
        return self.wording.line(item.texts, entry) or {self.languages[0]: item.value[:64] or UNKNOWN}

    def under_names(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Words of ours under the names that the form has for the languages."""
        into = self.wording.translations.into
        return {name: texts[code] for name, code in into.items() if code in texts}

    def wordy(self, node: Node, name: str, usual: Any, entry: Entry) -> dict[str, str]:
        """A text of the form, else the word that SurveyJS shows by itself."""
        return self.wording.line(texts(node.get(name)), entry) or standard.written(usual, self.languages, entry)


def title_of(node: Node) -> Mapping[str, str]:
    """The title; without one, SurveyJS shows the name."""
    return texts(node.get("title")) or texts(name_of(node))


def together(title: Mapping[str, str], part: Mapping[str, str]) -> dict[str, str]:
    """The title of a question with that of one of its parts, which may be written in fewer languages."""
    fallback = next(iter(part.values()), "")
    return {code: f"{text.rstrip(' :')} – {part.get(code, fallback)}" for code, text in title.items()}


def items(value: Any) -> list[Item]:
    """Choices, rows or columns: values alone, or objects with a value and a text."""
    found = [_item(part) for part in value] if isinstance(value, list) else []
    return [item for item in found if item.value]


def _item(part: Any) -> Item:
    node = part if isinstance(part, dict) else {}
    value = word(node.get("value", node.get("name")) if node else part).strip()
    return Item(value, texts(node.get("text")) or texts(node.get("title")) or texts(value), node)


def repeated_answers(text: str, variables: Variables, entry: Entry) -> str:
    """The text with our codes where it repeats an answer; other things in brackets are left out, and said."""

    def say(piece: str) -> None:
        entry.miss(_("“%(part)s” in a text is computed by SurveyJS. We left it out.", part=piece))

    return repeated(text, PIPE, lambda piece: variables.question(piece[1:-1]), say)

"""The sheet "choices": questions with the same options share a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import force_locale
from flask_babel import gettext as _

from citizen.core.i18n import WRITTEN
from surveys.questionnaire import Option, Question
from surveys.sheets.words import agreement_words


@dataclass
class Lists:
    """The lists so far: name and options. A name is in small letters, because pyxform reads some of them so."""

    made: list[tuple[str, tuple[Option, ...]]] = field(default_factory=list)

    def name(self, options: Sequence[Option], wanted: str) -> str:
        """The name of the list with these options, which is made where there is none."""
        for name, held in self.made:
            if held == tuple(options):
                return name
        taken = {name for name, _held in self.made}
        name, number = wanted.lower(), 1
        while name in taken:
            number += 1
            name = f"{wanted.lower()}_{number}"
        self.made.append((name, tuple(options)))
        return name

    def rows(self) -> Iterator[tuple[str, Option]]:
        return ((name, option) for name, options in self.made for option in options)


def ends_of(question: Question) -> list[Option]:
    """The words at both ends of a scale, each under its point."""
    ends = ((question.scale[0], question.low_label), (question.scale[-1], question.high_label))
    return [Option(code=str(point), label=label) for point, label in ends if label]


def agreement_in(languages: Sequence[str]) -> list[Option]:
    """Agree, pass, disagree, in each language that Plaza is written in, in English elsewhere."""
    words = {code: _words_in(code) for code in languages}
    return [
        Option(code=answer, label={code: words[code][answer] for code in languages})
        for answer in ("agree", "pass", "disagree")
    ]


def _words_in(code: str) -> Mapping[str, str]:
    with force_locale(code if code in WRITTEN else "en"):
        return agreement_words()


def what_is_meant(languages: Sequence[str]) -> dict[str, str]:
    """What stands above the line to write on beside "other"."""
    words = {}
    for code in languages:
        with force_locale(code if code in WRITTEN else "en"):
            words[code] = _("What do you mean by that?")
    return words

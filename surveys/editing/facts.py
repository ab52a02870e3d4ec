"""Everything that a part of a questionnaire says, as labelled texts, so that two versions can stand side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from citizen.core.i18n import localized, own_name
from surveys.editing.kinds import kind_words, used_by
from surveys.editing.words import Told
from surveys.questionnaire import Layout, Option, OptionRole, Question, Questionnaire, Row, Section

Facts = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """What one version says and what the other one does, about one thing."""

    label: str
    one: str
    other: str


def differences(one: Facts, other: Facts) -> list[Difference]:
    labels = [*one, *(label for label in other if label not in one)]
    found = (Difference(label, one.get(label, ""), other.get(label, "")) for label in labels)
    return [difference for difference in found if difference.one != difference.other]


def question_facts(question: Question | None, told: Told) -> Facts:
    """Nothing for a question that is not there."""
    return {} if question is None else dict(_question_facts(question, told))


def section_facts(section: Section | None, told: Told) -> Facts:
    if section is None:
        return {}
    facts = dict([*_texts(_("Title"), section.title), *_texts(_("Text"), section.text)])
    return facts | {_("Shown only if"): told.condition(section.show_if)}


def settings_facts(questionnaire: Questionnaire) -> Facts:
    facts = dict(
        [
            *_texts(_("Title"), questionnaire.title),
            *_texts(_("Introduction"), questionnaire.intro),
            *_texts(_("Thanks"), questionnaire.thanks),
        ]
    )
    return facts | {_("What stands on one page"): layout_words()[questionnaire.layout.value]}


def layout_words() -> dict[str, str]:
    return {
        Layout.SECTION.value: _("One section on each page"),
        Layout.QUESTION.value: _("One question on each page"),
    }


def role_words(role: OptionRole) -> str:
    return {
        OptionRole.PLAIN: _("Ordinary answer"),
        OptionRole.OTHER: _("Something else, with a line to write on"),
        OptionRole.NONE: _("None of these"),
        OptionRole.DONT_KNOW: _("I don't know"),
    }[role]


def _question_facts(question: Question, told: Told) -> Iterator[tuple[str, str]]:
    yield _("Kind"), kind_words(question.kind)
    yield _("Code"), question.code
    yield from _texts(_("Question"), question.text)
    yield from _texts(_("Help for answering"), question.hint)
    yield _("People must answer this"), _yes_no(is_true=question.is_required)
    yield _("Answers to choose from"), _lines(question.options)
    yield _("Lines"), _lines(question.rows)
    yield from _bounds(question)
    yield from _texts(_("Unit"), question.unit)
    yield from _texts(_("What the first number means"), question.low_label)
    yield from _texts(_("What the last number means"), question.high_label)
    yield _("Shown only if"), told.condition(question.show_if)
    yield _("Where to go on"), "\n".join(told.skip(skip) for skip in question.skips)
    checks = (f"{told.condition(check.that)}: {localized(check.message)}" for check in question.checks)
    yield _("Checks"), "\n".join(checks)


def _bounds(question: Question) -> Iterator[tuple[str, str]]:
    words = {
        "choose_min": _("Choose at least"),
        "choose_max": _("Choose at most"),
        "low": _("First number"),
        "high": _("Last number"),
        "decimals": _("Decimals"),
        "least": _("Smallest number"),
        "most": _("Largest number"),
        "max_length": _("Longest answer, in characters"),
        "earliest": _("First day that can be chosen"),
        "latest": _("Last day that can be chosen"),
    }
    used = used_by(question.kind)
    for name, label in words.items():
        value = getattr(question, name)
        if name in used and value not in (None, ""):
            yield label, f"{value:g}" if isinstance(value, float) else str(value)
    truths = {
        "is_shuffled": _("Show the answers in a different order to each person"),
        "is_ordered": _("The answers go from one end to the other, such as from bad to good"),
        "has_dont_know": _("Offer “I don't know” beside it"),
    }
    yield from ((label, _yes_no(is_true=getattr(question, name))) for name, label in truths.items() if name in used)


def _texts(label: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The text in each of its languages."""
    for code, text in texts.items():
        yield f"{label} ({own_name(code)})", text


def _lines(rows: tuple[Option, ...] | tuple[Row, ...]) -> str:
    return "\n".join(_line(row) for row in rows)


def _line(row: Option | Row) -> str:
    words = [" / ".join(row.label.values()) or row.code]
    if isinstance(row, Option) and row.role is not OptionRole.PLAIN:
        words.append(f"({role_words(row.role)})")
    if isinstance(row, Option) and row.picture:
        words.append(_("(with a picture: %(text)s)", text=localized(row.picture_alt)))
    return " ".join(words)


def _yes_no(*, is_true: bool) -> str:
    return _("yes") if is_true else _("no")

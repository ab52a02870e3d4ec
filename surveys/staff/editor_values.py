"""The fields that a kind of question uses, and a question as the values of its fields."""

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, FieldList, FormField

from citizen.core.forms import line
from citizen.core.media import Picture as KeptPicture
from citizen.core.media import picture_token
from surveys.editing.kinds import used_by
from surveys.questionnaire import Kind, Option, Question, Questionnaire, Row
from surveys.staff.editor_conditions import condition_values
from surveys.staff.editor_fields import (
    Amount,
    CheckRow,
    ConditionForm,
    DayField,
    Needed,
    SkipRow,
    Whole,
    amount_text,
    long_text,
    option_list,
    row_list,
    short_text,
)

TEXTS = ("text", "hint", "low_label", "high_label", "unit")
TRUTHS = ("is_required", "is_shuffled", "is_ordered", "has_dont_know")
WHOLES = ("choose_min", "choose_max", "low", "high", "decimals", "max_length")
AMOUNTS = ("least", "most")
DAYS = ("earliest", "latest")
OPTIONAL = {"choose_min", "choose_max", "max_length"}
BLANK_ROWS = 2
MOST_RULES = 20
"""Checks, and skips, that a question may have."""


def fields_of(kind: Kind) -> dict[str, Any]:
    """The fields that a question of this kind uses, by name."""
    used = used_by(kind)
    every = {**_plain_fields(kind), **_choice_fields(kind), **_rule_fields()}
    names = used | {"code", "show"}
    fields = {name: field for name, field in every.items() if name in names}
    for name in {"options", "rows"} & used:
        fields[f"{name}_pasted"] = long_text(_("One per line"), 4)
    return fields


def _plain_fields(kind: Kind) -> dict[str, Any]:
    return {
        "text": long_text(_("Text") if kind is Kind.NOTE else _("Question"), is_needed=True),
        "hint": long_text(_("Help for answering")),
        "code": line(_("Code"), 64, validators=[Needed()]),
        "is_required": BooleanField(_("People must answer this")),
        "unit": short_text(_("Unit"), 40),
        "decimals": Whole(_("Decimals"), (0, 6)),
        "least": Amount(_("Smallest number")),
        "most": Amount(_("Largest number")),
        "max_length": Whole(_("Longest answer, in characters"), (0, 10_000), is_optional=True),
        "earliest": DayField(_("First day that can be chosen")),
        "latest": DayField(_("Last day that can be chosen")),
    }


def _choice_fields(kind: Kind) -> dict[str, Any]:
    return {
        "options": option_list(),
        "rows": row_list(_("Statements") if kind is Kind.STATEMENTS else _("Lines of the table")),
        "choose_min": Whole(_("Choose at least"), (0, 200), is_optional=True),
        "choose_max": Whole(_("Choose at most"), (0, 200), is_optional=True),
        "is_shuffled": BooleanField(_("Show the answers in a different order to each person")),
        "is_ordered": BooleanField(_("The answers go from one end to the other, such as from bad to good")),
        "low": Whole(_("First number"), (-100, 100)),
        "high": Whole(_("Last number"), (-100, 100)),
        "low_label": short_text(_("What the first number means"), 80),
        "high_label": short_text(_("What the last number means"), 80),
        "has_dont_know": BooleanField(_("Offer “I don't know” beside it")),
    }


def _rule_fields() -> dict[str, Any]:
    return {
        "show": FormField(ConditionForm),
        "checks": FieldList(FormField(CheckRow), max_entries=MOST_RULES),
        "skips": FieldList(FormField(SkipRow), max_entries=MOST_RULES),
    }


def values_of(question: Question, questionnaire: Questionnaire, lang: str) -> dict[str, Any]:
    """The question as the values of its fields."""
    values: dict[str, Any] = {name: getattr(question, name).get(lang, "") for name in TEXTS}
    values |= {name: getattr(question, name) for name in TRUTHS}
    values |= {name: _shown(name, getattr(question, name)) for name in WHOLES}
    values |= {name: amount_text(getattr(question, name)) for name in AMOUNTS}
    values |= {name: getattr(question, name) or "" for name in DAYS}
    values |= {"code": question.code, "show": condition_values(question.show_if, questionnaire)}
    values |= {"options": [_option_values(option, lang) for option in question.options] or _blank_rows()}
    values |= {"rows": [_row_values(row, lang) for row in question.rows] or _blank_rows()}
    return values | _rule_values(question, questionnaire, lang)


def _shown(name: str, number: int) -> str:
    return "" if name in OPTIONAL and not number else str(number)


def _option_values(option: Option, lang: str) -> dict[str, Any]:
    picture = KeptPicture(**option.picture.model_dump()) if option.picture else None
    alt = option.picture_alt.get(lang, "")
    return _row_values(option, lang) | {"role": option.role.value, "kept": picture_token(picture), "picture_alt": alt}


def _row_values(row: Option | Row, lang: str) -> dict[str, Any]:
    return {"key": row.code, "label": row.label.get(lang, "")}


def _blank_rows() -> list[dict[str, Any]]:
    return [{} for _row in range(BLANK_ROWS)]


def _rule_values(question: Question, questionnaire: Questionnaire, lang: str) -> dict[str, Any]:
    return {
        "checks": [
            {"that": condition_values(check.that, questionnaire), "message": check.message.get(lang, "")}
            for check in question.checks
        ],
        "skips": [{"when": condition_values(skip.when, questionnaire), "to": skip.to} for skip in question.skips],
    }

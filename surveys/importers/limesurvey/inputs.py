"""LimeSurvey's questions whose answer people write, and those that only show something."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.drafts import Draft
from surveys.importers.limesurvey.reading import Reading
from surveys.importers.limesurvey.structure import Asked, Texts
from surveys.importers.report import Entry
from surveys.logic.expressions import Expression
from surveys.questionnaire import Kind

DECIMALS = 6
"""LimeSurvey takes any number of decimals where it does not ask for whole numbers; this is the most that we take."""

LONGEST_LINE, LONGEST_TEXT = 300, 5000
MAPS = {"1", "100"}
TIME = re.compile("[HhMi]{1,2}:|[Hh]")
SUMS = {"equals_num_value": "=", "min_num_value": ">=", "max_num_value": "<="}


def short_text(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """On one line; or a number, or a place on a map."""
    if asked.attribute("location_mapservice") in MAPS:
        entry.change(_("LimeSurvey asks for a point on a map. Here people choose a district or a point."))
        return [reading.draft(asked, Kind.PLACE, entry)]
    return [_written(asked, entry, reading, Kind.LINE)]


def long_text(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    return [_written(asked, entry, reading, Kind.TEXT)]


def _written(asked: Asked, entry: Entry, reading: Reading, kind: Kind) -> Draft:
    is_number = asked.attribute("numbers_only") == "1"
    values = _bounds(asked, entry, reading) if is_number else {"max_length": _longest(asked, kind)}
    draft = reading.draft(asked, Kind.NUMBER if is_number else kind, entry, **values)
    reading.variables.name(asked, draft.answer)
    return draft


def _longest(asked: Asked, kind: Kind) -> int:
    """0 for what the kind allows anyway."""
    most = asked.number("maximum_chars") or 0
    usual = LONGEST_LINE if kind is Kind.LINE else LONGEST_TEXT
    return int(most) if 0 < most <= 10_000 and most != usual else 0


def number(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    draft = reading.draft(asked, Kind.NUMBER, entry, **_bounds(asked, entry, reading))
    reading.variables.name(asked, draft.answer)
    return [draft]


def _bounds(asked: Asked, entry: Entry, reading: Reading) -> dict[str, Any]:
    is_slider = asked.attribute("slider_layout") == "1"
    return {
        "least": _bound(asked, entry, "slider_min" if is_slider else "min_num_value_n"),
        "most": _bound(asked, entry, "slider_max" if is_slider else "max_num_value_n"),
        "decimals": 0 if _is_whole(asked, is_slider=is_slider) else DECIMALS,
        "unit": _unit(asked, entry, reading),
    }


def _bound(asked: Asked, entry: Entry, name: str) -> float | None:
    found = asked.number(name)
    if found is None and asked.attribute(name):
        limit = asked.attribute(name)[:120]
        entry.miss(_("The limit “%(limit)s” is computed in LimeSurvey. We left it out.", limit=limit))
    return found


def _is_whole(asked: Asked, *, is_slider: bool) -> bool:
    step = asked.number("slider_accuracy") or 1
    return step == int(step) if is_slider else asked.attribute("num_value_int_only") == "1"


def _unit(asked: Asked, entry: Entry, reading: Reading) -> dict[str, str]:
    """What stands behind the number, else what stands before it."""
    texts = asked.attributes.get("suffix") or asked.attributes.get("prefix") or {}
    return reading.wording.line(in_all(texts, reading), entry)


def in_all(texts: Texts, reading: Reading) -> Texts:
    """A text that holds in every language, under each of them."""
    if set(texts) != {""}:
        return texts
    return dict.fromkeys(reading.wording.translations.into, texts[""])


def numbers(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Several numbers: each subquestion becomes a question."""
    drafts = _each(asked, entry, reading, Kind.NUMBER, _bounds(asked, entry, reading))
    for name, sign in SUMS.items():
        limit = asked.number(name)
        if limit is not None and drafts:
            message = reading.word(standard.PLEASE_CHECK, entry)
            drafts[-1].add_check(_sum_check(drafts, sign, limit), message)
            entry.change(_("The sum of these numbers is checked when all of them are filled in."))
        elif asked.attribute(name):
            entry.miss(_("The sum of these numbers is compared with something computed. We left this check out."))
    return drafts


def _sum_check(drafts: list[Draft], sign: str, limit: float) -> Expression:
    total: Expression = drafts[0].answer
    for draft in drafts[1:]:
        total = ["+", total, draft.answer]
    missing = [["not", ["answered", draft.answer]] for draft in drafts]
    return ["or", *missing, [sign, total, limit]]


def texts(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Several short texts: each subquestion becomes a question."""
    if asked.attribute("numbers_only") == "1":
        return _each(asked, entry, reading, Kind.NUMBER, _bounds(asked, entry, reading))
    return _each(asked, entry, reading, Kind.LINE, {"max_length": _longest(asked, Kind.LINE)})


def _each(asked: Asked, entry: Entry, reading: Reading, kind: Kind, values: dict[str, Any]) -> list[Draft]:
    entry.change(_("LimeSurvey asks several things here in one question. Each is a question of its own now."))
    drafts = []
    for part in asked.scale(0):
        draft = reading.part(asked, kind, entry, part.code, part.texts, **values)
        draft.values["is_required"] = draft.values["is_required"] or part.is_required
        reading.variables.name(asked, draft.answer, part.code, part_id=part.id)
        drafts.append(draft)
    return drafts


def points(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Five point choice."""
    draft = reading.draft(asked, Kind.SCALE, entry, low=1, high=5)
    reading.variables.name(asked, draft.answer)
    return [draft]


def day(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    if TIME.search(asked.attribute("date_format")):
        entry.change(_("LimeSurvey asks for the time too. Here people give the day only."))
    bounds = {"earliest": _day(asked, entry, "date_min", "01-01"), "latest": _day(asked, entry, "date_max", "12-31")}
    draft = reading.draft(asked, Kind.DATE, entry, **bounds)
    reading.variables.name(asked, draft.answer)
    return [draft]


def _day(asked: Asked, entry: Entry, name: str, rest: str) -> str | None:
    """A bound, also one that is a year only."""
    text = asked.attribute(name).strip("'\"")
    text = f"{text}-{rest}" if re.fullmatch(r"\d{4}", text, re.ASCII) else text[:10]
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        limit = asked.attribute(name)[:120]
        entry.miss(_("The limit “%(limit)s” is computed in LimeSurvey. We left it out.", limit=limit))
        return None


def shown(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """A text to read."""
    return [reading.draft(asked, Kind.NOTE, entry, is_required=False)]


def file(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    if asked.attribute("max_num_of_files") not in {"", "1"}:
        entry.change(_("LimeSurvey takes several files here. Plaza takes one."))
    if kinds := asked.attribute("allowed_filetypes"):
        entry.change(_("LimeSurvey takes files of these kinds: %(kinds)s. Plaza has its own list.", kinds=kinds[:120]))
    draft = reading.draft(asked, Kind.FILE, entry)
    reading.variables.name(asked, draft.answer)
    return [draft]


def language_switch(_asked: Asked, entry: Entry, _reading: Reading) -> list[Draft]:
    entry.lose(_("Every page of Plaza has a choice of languages. This question is not needed."))
    return []

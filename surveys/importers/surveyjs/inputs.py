"""SurveyJS questions whose answer people write, and elements that only show something."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.drafts import Draft
from surveys.importers.report import Entry
from surveys.importers.surveyjs.choices import comment
from surveys.importers.surveyjs.document import Node, flag, name_of, nodes, number, texts, type_of, word
from surveys.importers.surveyjs.reading import Reading, items
from surveys.importers.texts import shortened
from surveys.logic.expressions import Expression
from surveys.questionnaire import Kind

DECIMALS = 6
"""What we take where the form does not ask for steps."""

NUMBERS = {"number", "range"}
DATES = {"date", "datetime", "datetime-local"}
PLAIN = {"text", "tel", "email", "url", ""}
EMAIL = r"^[^\s@]+@[^\s@]+\.[^\s@]+$"
URL = r"^https?:\/\/[^\s]+$"
PATTERNS = {"email": EMAIL, "url": URL}
LARGEST_SCALE = 11
LONGEST_LINE, LONGEST_TEXT, LONGEST = 300, 5000, 10_000


def text(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """One line, whose kind the input type says."""
    return [_line(node, reading.draft(node, kind_of(node), entry), entry, reading)]


def kind_of(node: Node) -> Kind:
    kind = word(node.get("inputType"))
    return Kind.NUMBER if kind in NUMBERS else Kind.DATE if kind in DATES else Kind.LINE


def _line(node: Node, draft: Draft, entry: Entry, reading: Reading) -> Draft:
    kind = word(node.get("inputType"))
    if draft.kind is Kind.NUMBER:
        draft.values |= bounds(node)
    elif draft.kind is Kind.DATE:
        draft.values |= _days(node, entry)
        if kind != "date":
            entry.change(_("SurveyJS asks for the time too. Here people give the day only."))
    else:
        draft.values["max_length"] = _longest(node, LONGEST_LINE)
        if kind not in PLAIN:
            entry.change(_("SurveyJS has a field of its own for “%(kind)s”. Here people write a text.", kind=kind[:40]))
        if kind in PATTERNS:
            message = standard.written(standard.PLEASE_CHECK, reading.languages, entry)
            draft.add_check(["matches", draft.answer, PATTERNS[kind]], message)
    if word(node.get("maskType")) not in {"", "none"}:
        entry.miss(_("SurveyJS forms the answer while people write. We left this out."))
    return draft


def bounds(node: Node) -> dict[str, Any]:
    """Least, most and decimals of a number; a step of 0.01 means two decimals."""
    return {"least": number(node, "min"), "most": number(node, "max"), "decimals": _decimals(number(node, "step"))}


def _decimals(step: float | None) -> int:
    if step is None or step <= 0:
        return DECIMALS
    return next((places for places in range(DECIMALS) if round(step, places) == step), DECIMALS)


def _days(node: Node, entry: Entry) -> dict[str, str | None]:
    return {"earliest": _day(node.get("min"), entry), "latest": _day(node.get("max"), entry)}


def _day(value: Any, entry: Entry) -> str | None:
    written = word(value)
    try:
        return date.fromisoformat(written[:10]).isoformat() if written else None
    except ValueError:
        entry.miss(_("The limit “%(limit)s” cannot be read. We left it out.", limit=shortened(written)))
        return None


def _longest(node: Node, usual: int) -> int:
    """0 for what the kind allows anyway."""
    most = number(node, "maxLength") or 0
    return int(most) if 0 < most <= LONGEST and most != usual else 0


def long_text(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    draft = reading.draft(node, Kind.TEXT, entry, max_length=_longest(node, LONGEST_TEXT))
    return [draft, *comment(node, entry, reading)]


def several_texts(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """Each line becomes a question."""
    entry.change(_("SurveyJS asks several things here in one question. Each is a question of its own now."))
    drafts = []
    for inner, item in zip(nodes(node.get("items")), items(nodes(node.get("items"))), strict=False):
        kind = kind_of(inner)
        draft = reading.part(node, kind, entry, item.value, texts(inner.get("title")) or item.texts)
        draft.values["is_required"] = draft.values["is_required"] or inner.get("isRequired") is True
        drafts.append(_line(inner, draft, entry, reading))
    return drafts


def slider(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """A number; two numbers where it marks a range; a scale where it has few steps."""
    values = bounds({"min": 0, "max": 100, "step": 1} | {k: v for k, v in node.items() if v is not None})
    least, most = values["least"] or 0, values["most"] or 0
    if node.get("sliderType") == "range":
        return _range(node, entry, reading, values)
    if number(node, "step") in {None, 1} and 0 < most - least < LARGEST_SCALE and least == int(least):
        return [reading.draft(node, Kind.SCALE, entry, low=int(least), high=int(most))]
    entry.change(_("The slider is a field for a number now. It takes every number between its ends."))
    return [reading.draft(node, Kind.NUMBER, entry, **values)]


def _range(node: Node, entry: Entry, reading: Reading, values: dict[str, Any]) -> list[Draft]:
    entry.change(_("The slider for a range is two numbers now: from and to."))
    if any(number(node, name) for name in ("minRangeLength", "maxRangeLength")):
        entry.miss(_("SurveyJS limits how wide the range is. We left this limit out."))
    first, last = (
        reading.part(
            node,
            Kind.NUMBER,
            entry,
            name,
            reading.under_names(standard.written(word_, reading.languages, entry)),
            **values,
        )
        for name, word_ in (("from", standard.FROM), ("to", standard.TO))
    )
    message = standard.written(standard.PLEASE_CHECK, reading.languages, entry)
    that: Expression = ["or", ["not", ["answered", first.answer]], ["<=", first.answer, last.answer]]
    last.add_check(that, message)
    return [first, last]


def shown(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """A text to read: HTML as plain text."""
    return _note(node, texts(node.get("html")), entry, reading)


def panel_title(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """The title of a panel inside another, with what it explains."""
    title, more = texts(node.get("title")), texts(node.get("description"))
    both = {code: "\n\n".join(filter(None, (title.get(code), more.get(code)))) for code in {**title, **more}}
    return _note(node, both, entry, reading)


def _note(node: Node, found: dict[str, str], entry: Entry, reading: Reading) -> list[Draft]:
    text = reading.wording.long(found, entry)
    if not text:
        entry.lose(_("There is nothing to read in this element."))
        return []
    entry.code = reading.code(node)
    return [Draft(entry, entry.code, Kind.NOTE, {"text": text})]


def file(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    if flag(node, "allowMultiple"):
        entry.change(_("SurveyJS takes several files here. Plaza takes one."))
    if kinds := word(node.get("acceptedTypes")):
        entry.change(_("SurveyJS takes files of these kinds: %(kinds)s. Plaza has its own list.", kinds=kinds[:120]))
    return [reading.draft(node, Kind.FILE, entry)]


def lost(node: Node, entry: Entry, _reading: Reading) -> list[Draft]:
    """What has no counterpart, with the names of what is inside."""
    inner = [name_of(part) for name in ("templateElements", "columns") for part in nodes(node.get(name))]
    if inner:
        names = shortened(", ".join(inner))
        entry.lose(
            _("People add lines here as they need them. Plaza cannot do that. It asks for: %(names)s.", names=names)
        )
    else:
        entry.lose(_("Plaza has nothing like “%(type)s”.", type=type_of(node)[:40]))
    return []

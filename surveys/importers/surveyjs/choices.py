"""SurveyJS questions with answers to choose from."""

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.drafts import Draft
from surveys.importers.report import Entry
from surveys.importers.surveyjs.document import Node, flag, name_of, number, texts, word
from surveys.importers.surveyjs.reading import Item, Reading, items
from surveys.questionnaire import MAX_OPTIONS, Kind, Option, OptionRole

SPECIAL = (
    (("showOtherItem", "hasOther"), "other", OptionRole.OTHER, "otherText", standard.OTHER),
    (("showNoneItem", "hasNone"), "none", OptionRole.NONE, "noneText", standard.NONE),
    (("showRefuseItem",), "refused", OptionRole.DONT_KNOW, "refuseText", standard.REFUSED),
    (("showDontKnowItem",), "dontknow", OptionRole.DONT_KNOW, "dontKnowText", standard.DONT_KNOW),
)
"""Choices that SurveyJS adds: when, the value that it stores, our role, where its text stands, and its usual word."""


def single(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """Radio buttons, a dropdown or a row of buttons."""
    return _chosen(node, Kind.SINGLE, entry, reading)


def multiple(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """Checkboxes, or a dropdown that takes several."""
    if flag(node, "showSelectAllItem", "hasSelectAll"):
        entry.miss(_("SurveyJS has a button that chooses all answers. We left it out."))
    return _chosen(node, Kind.MULTIPLE, entry, reading)


def pictures(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """Pictures are never fetched from elsewhere."""
    entry.miss(_("The pictures did not come over. Please add them to the answers."))
    return multiple(node, entry, reading) if flag(node, "multiSelect") else single(node, entry, reading)


def ranking(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    return _chosen(node, Kind.RANKING, entry, reading)


def _chosen(node: Node, kind: Kind, entry: Entry, reading: Reading) -> list[Draft]:
    found = _items(node, entry, reading)
    if found is None:
        return []
    code = reading.code(node)
    options = in_its_order(node, reading.options(code, found, entry), entry, reading)
    if kind is not Kind.RANKING:
        options += _special(node, code, options, entry, reading)
    values = {"options": options, "is_shuffled": node.get("choicesOrder") == "random"}
    draft = reading.draft(node, kind, entry, **values, **_amounts(node, kind))
    return [draft, *comment(node, entry, reading)]


def _items(node: Node, entry: Entry, reading: Reading) -> list[Item] | None:
    """The choices, wherever they stand; None, and said, where there are none."""
    found = items(node.get("choices")) or _counted(node)
    source = reading.nodes.get(word(node.get("choicesFromQuestion")))
    if source is not None:
        found = items(source.get("choices")) or found
        entry.change(_("The answers are those of “%(name)s”. They were copied.", name=name_of(source)))
    if isinstance(node.get("choicesByUrl"), dict) and node["choicesByUrl"]:
        entry.miss(_("SurveyJS fetches the answers from an address. We did not fetch them. Please write them here."))
    if any(item.node.get(name) for item in found for name in ("visibleIf", "enableIf", "elements")):
        entry.miss(_("Some answers are shown under a condition, or with more questions. Here everybody sees them all."))
    if not found and not any(flag(node, *names) for names, *_rest in SPECIAL):
        entry.lose(_("This question has no answers to choose from."))
        return None
    if len(found) > MAX_OPTIONS:
        entry.lose(_("This question has %(n)s answers. It may have %(most)s.", n=len(found), most=MAX_OPTIONS))
        return None
    return found


def _counted(node: Node) -> list[Item]:
    """Numbers from least to most, which a dropdown may offer."""
    least, most, step = number(node, "choicesMin"), number(node, "choicesMax"), number(node, "choicesStep") or 1
    if least is None or most is None or step <= 0 or not 0 < most - least <= step * MAX_OPTIONS:
        return []
    steps = range(int((most - least) / step) + 1)
    return items([least + place * step for place in steps])


def _special(node: Node, code: str, options: list[Option], entry: Entry, reading: Reading) -> list[Option]:
    found: list[Option] = []
    for names, value, role, text, usual in SPECIAL:
        if flag(node, *names):
            label = reading.wordy(node, text, usual, entry)
            found.append(reading.special(code, value, role, label, [*options, *found]))
    return found


def _amounts(node: Node, kind: Kind) -> dict[str, int]:
    """How many may be chosen or ranked; a ranking without a limit takes all."""
    if kind is Kind.SINGLE:
        return {}
    limits = {"choose_min": number(node, "minSelectedChoices"), "choose_max": number(node, "maxSelectedChoices")}
    return {name: int(limit) for name, limit in limits.items() if limit is not None and 0 < limit <= MAX_OPTIONS}


def in_its_order(node: Node, options: list[Option], entry: Entry, reading: Reading) -> list[Option]:
    if word(node.get("choicesOrder")) not in {"asc", "desc"}:
        return options
    main = reading.languages[0]
    entry.change(_("SurveyJS sorts these answers by the alphabet. Here they stand so in the main language."))
    is_turned = node["choicesOrder"] == "desc"
    return sorted(options, key=lambda option: option.label.get(main, "").casefold(), reverse=is_turned)


def comment(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """The box for a comment below a question becomes a question of its own."""
    if not flag(node, "showCommentArea", "hasComment"):
        return []
    entry.change(_("The comment is a question of its own now."))
    words = standard.written(standard.COMMENT, reading.languages, entry)
    title = texts(node.get("commentText")) or reading.under_names(words)
    made = reading.part(node, Kind.TEXT, entry, "comment", title, is_required=False)
    reading.variables.name(f"{name_of(node)}-comment", made.answer)
    return [made]


def boolean(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """Yes or no; or a box to tick."""
    code = reading.code(node)
    if node.get("renderAs") == "checkbox":
        reading.variables.ticked[code] = word(node.get("valueTrue", True)), word(node.get("valueFalse", False))
        return [reading.draft(node, Kind.CONSENT, entry)]
    labels = {
        "true": reading.wordy(node, "labelTrue", standard.YES, entry),
        "false": reading.wordy(node, "labelFalse", standard.NO, entry),
    }
    values = {"true": word(node.get("valueTrue", True)), "false": word(node.get("valueFalse", False))}
    found = [Item(values[name] or name, {}, {}) for name in labels]
    options = [
        option.model_copy(update={"label": label})
        for option, label in zip(reading.options(code, found, entry), labels.values(), strict=True)
    ]
    known = reading.variables.choices[code]
    for name, option in zip(labels, options, strict=True):
        known[name] = option.code
    reading.variables.yes.add(code)
    draft = reading.draft(node, Kind.SINGLE, entry, options=options)
    return [draft, *comment(node, entry, reading)]


def rating(node: Node, entry: Entry, reading: Reading) -> list[Draft]:
    """A scale; or single answers, where the points are no whole numbers that follow each other."""
    found = items(node.get("rateValues")) or _points(node)
    numbers = [int(item.value) for item in found if item.value.lstrip("-").isdecimal() and len(item.value) < 5]
    is_scale = len(numbers) == len(found) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1))
    if not found or len(found) > MAX_OPTIONS:
        entry.lose(_("The points of this scale cannot be read."))
        return []
    if not is_scale or any(item.node.get("text") for item in found):
        options = reading.options(reading.code(node), found, entry)
        draft = reading.draft(node, Kind.SINGLE, entry, options=options, is_ordered=True)
        return [draft, *comment(node, entry, reading)]
    ends = {"low_label": "minRateDescription", "high_label": "maxRateDescription"}
    labels = {ours: reading.wording.line(texts(node.get(theirs)), entry) for ours, theirs in ends.items()}
    draft = reading.draft(node, Kind.SCALE, entry, low=numbers[0], high=numbers[-1], **labels)
    return [draft, *comment(node, entry, reading)]


def _points(node: Node) -> list[Item]:
    least, step = number(node, "rateMin"), number(node, "rateStep") or 1
    least = 1 if least is None else least
    most, count = number(node, "rateMax"), number(node, "rateCount")
    most = most if most is not None else least + (count or 5) - 1
    if step <= 0 or not 0 < most - least <= step * MAX_OPTIONS:
        return []
    return items([least + place * step for place in range(int((most - least) / step) + 1)])

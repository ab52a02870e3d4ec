"""LimeSurvey's questions with answers to choose from."""

from flask_babel import gettext as _

from surveys.importers import standard
from surveys.importers.drafts import Draft
from surveys.importers.limesurvey.reading import Reading, together
from surveys.importers.limesurvey.structure import Asked, Texts
from surveys.importers.limesurvey.variables import Chosen
from surveys.importers.report import Entry
from surveys.questionnaire import MAX_OPTIONS, Kind, Option, OptionRole

RANDOM = {"1", "random"}
ORDERS = ("random_order", "answer_order", "subquestion_order")


def single(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """List (radio or dropdown)."""
    code = reading.code_of[asked.id]
    options = in_its_order(asked, reading.options(code, asked.answers, entry), entry, reading)
    other = reading.other(asked, code, options, entry)
    reading.variables.name(asked, ["answer", code])
    if other:
        reading.variables.name(asked, Chosen(["has", ["answer", code], other[0].code]), "other")
    return [reading.draft(asked, Kind.SINGLE, entry, options=[*options, *other], is_shuffled=is_shuffled(asked))]


def single_with_comment(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """List with comment: the comment becomes a question of its own."""
    comment = reading.part(asked, Kind.TEXT, entry, "comment", comment_texts(reading, entry), is_required=False)
    reading.variables.name(asked, comment.answer, "comment", address="comment")
    entry.change(_("The comment is a question of its own now."))
    entry.code = reading.code_of[asked.id]
    return [*single(asked, entry, reading), comment]


def comment_texts(reading: Reading, entry: Entry) -> Texts:
    """Our word for a comment, under the names that the file has for the languages."""
    words = reading.word(standard.COMMENT, entry)
    return {name: words[code] for name, code in reading.wording.translations.into.items() if code in words}


def yes_or_no(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    return _fixed(asked, {"Y": standard.YES, "N": standard.NO}, entry, reading)


def gender(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    return _fixed(asked, {"F": standard.FEMALE, "M": standard.MALE}, entry, reading)


def _fixed(asked: Asked, words: dict[str, object], entry: Entry, reading: Reading) -> list[Draft]:
    code = reading.code_of[asked.id]
    reading.variables.name(asked, ["answer", code])
    return [reading.draft(asked, Kind.SINGLE, entry, options=reading.fixed(code, words, entry))]


def multiple(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Multiple choice: every subquestion is an answer that may be chosen."""
    code = reading.code_of[asked.id]
    none = {name.strip() for name in asked.attribute("exclude_all_others").split(";")}
    choices = asked.scale(0)
    options = reading.options(code, choices, entry, none)
    other = reading.other(asked, code, options, entry)
    reading.variables.multiples.add(code)
    reading.variables.name(asked, ["answer", code])
    known = reading.variables.choices[code]
    for choice in choices:
        chosen = Chosen(["has", ["answer", code], known[choice.code]])
        reading.variables.name(asked, chosen, choice.code, part_id=choice.id)
    if other:
        reading.variables.name(asked, Chosen(["has", ["answer", code], other[0].code]), "other")
    ordered = in_its_order(asked, options, entry, reading)
    values = _amounts(asked, entry) | {"is_shuffled": is_shuffled(asked)}
    return [reading.draft(asked, Kind.MULTIPLE, entry, options=[*ordered, *other], **values)]


def multiple_with_comments(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """Each comment becomes a question of its own, shown where its answer was chosen."""
    drafts = multiple(asked, entry, reading)
    code, known = drafts[0].code, reading.variables.choices[drafts[0].code]
    words = comment_texts(reading, entry)
    for choice in asked.scale(0):
        name = f"{choice.code}comment"
        comment = reading.part(asked, Kind.LINE, entry, name, together(choice.texts, words), is_required=False)
        comment.conditions.append(["has", ["answer", code], known[choice.code]])
        reading.variables.name(asked, comment.answer, name)
        drafts.append(comment)
    entry.change(_("Each comment is a question of its own now. It is shown where its answer was chosen."))
    return drafts


def ranking(asked: Asked, entry: Entry, reading: Reading) -> list[Draft]:
    """What is ranked stands among the answers, or among the subquestions in newer files."""
    code = reading.code_of[asked.id]
    options = in_its_order(asked, reading.options(code, asked.scale(0) or asked.answers, entry), entry, reading)
    reading.variables.multiples.add(code)
    reading.variables.name(asked, ["answer", code])
    values = _amounts(asked, entry) | {"is_shuffled": is_shuffled(asked)}
    return [reading.draft(asked, Kind.RANKING, entry, options=options, **values)]


def _amounts(asked: Asked, entry: Entry) -> dict[str, int]:
    """How many may be chosen. Where the file computes it, nothing is limited."""
    found = {}
    for ours, theirs in {"choose_min": ("min_answers",), "choose_max": ("max_answers", "max_subquestions")}.items():
        wishes = [asked.number(name) for name in theirs if asked.attribute(name)]
        numbers = [int(number) for number in wishes if number is not None and 0 < number <= MAX_OPTIONS]
        if numbers:
            found[ours] = min(numbers)
        elif any(number is None for number in wishes):
            entry.miss(_("How many answers may be chosen is computed in LimeSurvey. We left this limit out."))
    return found


def is_shuffled(asked: Asked) -> bool:
    return any(asked.attribute(name) in RANDOM for name in ORDERS)


def in_its_order(asked: Asked, options: list[Option], entry: Entry, reading: Reading) -> list[Option]:
    """Sorted where LimeSurvey sorts them by the alphabet."""
    sorts = asked.attribute("alphasort") == "1" or any(asked.attribute(name) == "alphabetical" for name in ORDERS)
    if not sorts:
        return options
    main = reading.wording.translations.languages[0]
    entry.change(_("LimeSurvey sorts these answers by the alphabet. Here they stand so in the main language."))
    return sorted(
        options, key=lambda option: (option.role is not OptionRole.PLAIN, option.label.get(main, "").casefold())
    )

"""LimeSurvey's types of questions, and how each becomes questions of ours."""

from collections.abc import Callable

from surveys.importers.drafts import Draft
from surveys.importers.limesurvey import arrays, choices, inputs
from surveys.importers.limesurvey.reading import Reading
from surveys.importers.limesurvey.structure import Asked
from surveys.importers.report import Element, Entry

Maker = Callable[[Asked, Entry, Reading], list[Draft]]

EQUATION = "*"
MAKERS: dict[str, Maker] = {
    "L": choices.single,
    "!": choices.single,
    "O": choices.single_with_comment,
    "Y": choices.yes_or_no,
    "G": choices.gender,
    "M": choices.multiple,
    "P": choices.multiple_with_comments,
    "R": choices.ranking,
    "A": arrays.five_points,
    "B": arrays.ten_points,
    "C": arrays.yes_no_uncertain,
    "E": arrays.more_or_less,
    "F": arrays.array,
    "H": arrays.array_by_column,
    "1": arrays.dual_scale,
    ":": arrays.numbers,
    ";": arrays.texts,
    "N": inputs.number,
    "K": inputs.numbers,
    "S": inputs.short_text,
    "T": inputs.long_text,
    "U": inputs.long_text,
    "Q": inputs.texts,
    "5": inputs.points,
    "D": inputs.day,
    "X": inputs.shown,
    "|": inputs.file,
    "I": inputs.language_switch,
    "W": choices.single,  # very old names of the dropdown and of the list of ready-made answers
    "Z": choices.single,
}

ELEMENTS = {"X": Element.TEXT, EQUATION: Element.CALCULATION, "I": Element.OTHER}


def element(asked: Asked) -> Element:
    return ELEMENTS.get(asked.type, Element.QUESTION)

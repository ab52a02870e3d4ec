"""The types of SurveyJS elements, and how each becomes questions of ours."""

from collections.abc import Callable

from surveys.importers.drafts import Draft
from surveys.importers.report import Entry
from surveys.importers.surveyjs import choices, inputs, tables
from surveys.importers.surveyjs.document import Node, type_of
from surveys.importers.surveyjs.reading import Reading
from surveys.importers.surveyjs.structure import TITLE

Maker = Callable[[Node, Entry, Reading], list[Draft]]

MAKERS: dict[str, Maker] = {
    "radiogroup": choices.single,
    "dropdown": choices.single,
    "buttongroup": choices.single,
    "checkbox": choices.multiple,
    "tagbox": choices.multiple,
    "imagepicker": choices.pictures,
    "ranking": choices.ranking,
    "boolean": choices.boolean,
    "rating": choices.rating,
    "matrix": tables.matrix,
    "matrixdropdown": tables.columns,
    "text": inputs.text,
    "comment": inputs.long_text,
    "multipletext": inputs.several_texts,
    "slider": inputs.slider,
    "html": inputs.shown,
    TITLE: inputs.panel_title,
    "file": inputs.file,
    "select2": choices.single,  # widgets for SurveyJS that forms name as types of their own
    "barrating": choices.single,
    "sortablelist": choices.ranking,
    "nouislider": inputs.slider,
    "bootstrapslider": inputs.slider,
    "editor": inputs.long_text,
}


def maker(node: Node) -> Maker:
    """How the element is read; what has no counterpart is lost, and says so."""
    return MAKERS.get(type_of(node), inputs.lost)

"""Rows that nobody answers: calculations, and what a device notes."""

from collections.abc import Sequence

from flask_babel import gettext as _

from surveys.importers.report import Element
from surveys.importers.xlsform.names import Names
from surveys.importers.xlsform.structure import Node


def read_calculations(nodes: Sequence[Node], names: Names) -> None:
    """Make the calculations known to the conditions."""
    for top in nodes:
        for node in top.all:
            if node.type.name == "calculate" and node.name and node.row.value("calculation"):
                names.calculations.setdefault(node.name, node.row.value("calculation"))


def tell_of_silent(nodes: Sequence[Node], names: Names) -> None:
    """What became of rows that nobody answers, once all conditions are read."""
    for top in nodes:
        for node in top.all:
            if node.entry.is_lost or node.entry.element is Element.QUESTION:
                continue
            if node.type.name == "calculate":
                _tell_of_calculation(node, names)
            elif node.type.name == "measured":
                node.entry.lose(_("Plaza never records when, where or on which device somebody answers."))
            elif node.type.name == "hidden":
                node.entry.lose(_("Nobody answers a hidden row, so it was left out."))


def _tell_of_calculation(node: Node, names: Names) -> None:
    if node.name in names.used:
        node.entry.change(_("Plaza keeps no calculated values. The calculation now stands where it is used."))
    elif node.name in names.unreadable:
        node.entry.lose(_("We could not read this calculation."))
    else:
        node.entry.lose(_("No condition needs this calculation, so it was left out."))

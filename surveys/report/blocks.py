"""What a page of results shows for one question, in words and figures that a template only has to place."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from citizen.cities.maps import CityMap
from surveys.statistics.found import Label, Written

BarRow = Mapping[str, object]
"""What the macro `bar_chart` takes."""


@dataclass(frozen=True)
class Table:
    """Headings, rows of cells, each beginning with its name, and a last row where there is one."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    foot: tuple[object, ...] | None = None


@dataclass(frozen=True)
class Piece:
    """A part of a stacked bar: where it begins and how wide it is, in per cent of the picture, and its look."""

    x: float
    width: float
    look: str


@dataclass(frozen=True)
class Stack:
    """One stacked bar, with what its ends add up to in words."""

    label: Label
    pieces: tuple[Piece, ...]
    low: str
    high: str


@dataclass(frozen=True)
class Stacks:
    """Stacked bars around one middle, at `axis` per cent of the picture; `steps` are the looks and what they mean."""

    steps: tuple[tuple[str, Label], ...]
    stacks: tuple[Stack, ...]
    axis: float


@dataclass(frozen=True)
class Area:
    """A map: looks of districts by code, and numbers to write on them: x, y, text."""

    map: CityMap
    looks: Mapping[str, str]
    numbers: tuple[tuple[int, int, str], ...]
    reading: str


@dataclass(frozen=True)
class Cell:
    """A figure in words, what stands smaller beside it, and how long its bar is, 0 to 100, where it has one."""

    text: str
    beside: str = ""
    width: float | None = None


@dataclass(frozen=True)
class Grid:
    """A table whose cells carry bars. Columns have a heading and, smaller, how many people they are."""

    caption: str
    columns: tuple[tuple[Label, str], ...]
    rows: tuple[tuple[Label, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Block:
    """One question. The picture is whichever of `bars`, `stacks`, `area` and `grid` there are."""

    code: str
    title: Markup
    facts: str
    finding: str
    bars: tuple[BarRow, ...] = ()
    are_bins: bool = False
    stacks: Stacks | None = None
    area: Area | None = None
    grid: Grid | None = None
    figures: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()
    written: Written | None = None
    earlier: tuple["Block", ...] = ()


@dataclass(frozen=True)
class Chapter:
    """The questions of one section."""

    code: str
    title: Label
    blocks: tuple[Block, ...]

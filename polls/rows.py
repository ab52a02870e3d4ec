"""The rows of options as a page sends them: pictures are kept first, then rows are added, taken out or moved."""

from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from citizen.core.errors import Refused
from citizen.core.media import keep_picture, picture_token
from polls.models import MAX_OPTIONS

ACTS = ("add_option", "remove_option", "move_up", "move_down")
Row = dict[str, str]


def with_pictures(
    sent: MultiDict[str, str], files: MultiDict[str, FileStorage]
) -> tuple[MultiDict[str, str], dict[str, str]]:
    """The form with every new picture kept and named in it, and a sentence for each upload that was none.

    A picture has to be kept even where the form comes back with errors, because a browser sends a file only once.
    """
    sent, problems = MultiDict(sent), {}
    for name, upload in files.items():
        if not upload.filename or not name.startswith("options-"):
            continue
        try:
            sent[name.replace("-picture", "-kept")] = picture_token(keep_picture(upload))
        except Refused as refusal:
            problems[name] = refusal.sentence
    return sent, problems


def is_act(sent: MultiDict[str, str]) -> bool:
    return any(act in sent for act in ACTS)


def after_act(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form after the button of a row was pressed, without JavaScript."""
    rows = _rows(sent)
    act = next(act for act in ACTS if act in sent)
    _change(rows, act, sent[act])
    rest = MultiDict((name, value) for name, value in sent.items(multi=True) if not name.startswith("options-"))
    for index, row in enumerate(rows):
        rest.update({f"options-{index}-{name}": value for name, value in row.items()})
    return rest


def _change(rows: list[Row], act: str, place: str) -> None:
    if act == "add_option":
        rows += [{"id": ""}] if len(rows) < MAX_OPTIONS else []
        return
    index = int(place) if place.isdecimal() and len(place) < 4 else len(rows)
    if index >= len(rows):
        return
    if act == "remove_option":
        del rows[index]
        return
    other = index - 1 if act == "move_up" else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]


def _rows(sent: MultiDict[str, str]) -> list[Row]:
    """The fields `options-<number>-<name>` as one dict a row, in the order of the numbers."""
    found: dict[int, Row] = {}
    for field, value in sent.items():
        start, _hyphen, rest = field.partition("-")
        number, _hyphen, name = rest.partition("-")
        if start == "options" and number.isdecimal() and len(number) < 4 and name:
            found.setdefault(int(number), {})[name] = value
    return [found[number] for number in sorted(found)]


def blank_rows(count: int) -> list[dict[str, Any]]:
    return [{} for _place in range(count)]

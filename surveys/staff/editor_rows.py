"""The buttons of rows, for browsers that run no scripts: the form after one was pressed. Nothing is saved."""

import re
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage, MultiDict

from citizen.core.errors import Refused
from citizen.core.media import keep_picture, picture_token
from surveys.questionnaire import MAX_OPTIONS, MAX_ROWS
from surveys.staff.editor_fields import MOST_LINES

Sent = MultiDict[str, str]
Row = dict[str, list[str]]

LISTS = r"options|rows|checks|skips|show-lines|checks-\d{1,3}-that-lines|skips-\d{1,3}-when-lines"
VERBS = r"add|up|down|remove|paste|write"
BUTTON = re.compile(f"({LISTS})-({VERBS})")
MOST = {"options": MAX_OPTIONS, "rows": MAX_ROWS}


@dataclass(frozen=True)
class Press:
    """A button: the rows it belongs to ("options", "skips-0-when-lines"), what it does, and to which row."""

    rows: str
    verb: str
    place: int

    @property
    def most(self) -> int:
        return MOST.get(self.rows, MOST_LINES)


def press_in(sent: Sent) -> Press | None:
    """The button that sent the form; None where it was another one."""
    found = next((match for name in sent if (match := BUTTON.fullmatch(name))), None)
    if found is None:
        return None
    typed = sent[found.string]
    return Press(found[1], found[2], int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else -1)


def after_press(sent: Sent, press: Press) -> Sent:
    """The form with the rows as the button leaves them."""
    rows = _rows(sent, press.rows)
    fields = MultiDict(sent)
    if press.verb == "paste":
        pasted = [line.strip() for line in sent.get(f"{press.rows}_pasted", "").splitlines() if line.strip()]
        rows = [row for row in rows if any(any(values) for values in row.values())]
        room = press.most - len(rows)
        rows += [{"key": [""], "label": [line]} for line in pasted[:room]]
        fields[f"{press.rows}_pasted"] = "\n".join(pasted[room:])
    else:
        _change(rows, press, sent)
    return _with_rows(fields, press.rows, rows)


def _change(rows: list[Row], press: Press, sent: Sent) -> None:
    if press.verb in {"add", "write"}:
        new = _new_row(press, sent)
        rows += [new] if new and len(rows) < press.most else []
    elif press.verb == "remove":
        rows[:] = [row for place, row in enumerate(rows) if place != press.place]
    else:
        other = press.place + (1 if press.verb == "down" else -1)
        if 0 <= press.place < len(rows) and 0 <= other < len(rows):
            rows[press.place], rows[other] = rows[other], rows[press.place]


def _new_row(press: Press, sent: Sent) -> Row | None:
    """A row that asks about the chosen question, or one to write in; an empty one elsewhere."""
    if not press.rows.endswith("-lines"):
        return {"key": [""], "message": [""], "to": [""]}
    if press.verb == "write":
        return {"is_text": ["1"], "text": [""]}
    subject = sent.get(f"{press.rows.removesuffix('-lines')}-subject", "")
    return {"subject": [subject]} if subject else None


def _rows(sent: Sent, name: str) -> list[Row]:
    """The fields `<name>-<number>-<rest>` as one dict a row, in the order of the numbers."""
    found: dict[int, Row] = {}
    is_field = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-(.+)", re.ASCII)
    for field in sent:
        match = is_field.fullmatch(field)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = sent.getlist(field)
    return [found[number] for number in sorted(found)]


def _with_rows(sent: Sent, name: str, rows: list[Row]) -> Sent:
    """The form with these rows, numbered anew, and without the button."""
    is_row = re.compile(rf"{re.escape(name)}-(?:\d+-.*|{VERBS})", re.DOTALL)
    fields = MultiDict((field, value) for field, value in sent.items(multi=True) if not is_row.fullmatch(field))
    for index, row in enumerate(rows):
        for rest, values in row.items():
            fields.setlist(f"{name}-{index}-{rest}", values)
    return fields


def with_pictures(sent: Sent, files: MultiDict[str, FileStorage]) -> tuple[Sent, dict[str, str]]:
    """The form with every new picture kept and named in it, and a sentence for each upload that was none.

    A picture has to be kept even where the form comes back with errors, because a browser sends a file only once.
    """
    sent, problems = MultiDict(sent), {}
    for name, upload in files.items():
        if not upload.filename or not re.fullmatch(r"options-\d{1,3}-picture", name):
            continue
        try:
            sent[name.replace("-picture", "-kept")] = picture_token(keep_picture(upload))
        except Refused as refusal:
            problems[name] = refusal.sentence
    return sent, problems

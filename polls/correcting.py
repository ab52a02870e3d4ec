"""Typing mistakes that are found after the first answer: mended in the open. Nothing here commits."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.texts import is_plain
from citizen.participation.running import hold, subject
from polls import rules
from polls.actions import answers_to
from polls.drafts import LENGTHS
from polls.models import Poll, PollCorrection, PollForm, PollOption


@dataclass(frozen=True)
class Part:
    """A text that may be mended: its name in the record, whose attribute it is, and its words by language."""

    name: str
    owner: Poll | PollOption
    attribute: str

    @property
    def texts(self) -> Mapping[str, str]:
        texts: Mapping[str, str] = getattr(self.owner, self.attribute)
        return texts


def parts_of(poll: Poll) -> list[Part]:
    """The question, and what people choose from."""
    parts = [Part("question", poll, "title")]
    if poll.form == PollForm.SCALE:
        parts += [Part("scale_low", poll, "scale_low"), Part("scale_high", poll, "scale_high")]
    return parts + [Part(f"option {option.id}", option, "label") for option in poll.options]


def correct_texts(poll: Poll, texts: Mapping[tuple[str, str], str], *, seen: int, by: Actor) -> int:
    """Mend the texts that differ from what stands there; `texts` are by part and language.

    Each one is recorded with what stood there before, and the public sees both. Returns how many were mended.
    """
    hold(poll)
    if not rules.may_correct(poll, answers=answers_to(poll)):
        raise Refused(_("Corrections are for polls that people have answered already."))
    if poll.edition != seen:
        raise Refused(_("Somebody else corrected this poll while you were writing."))
    changes = [(part, lang, new) for part in parts_of(poll) for lang, new in _changes(part, poll, texts)]
    for part, lang, new in changes:
        _mend(poll, part, lang, new, by=by)
    poll.edition += bool(changes)
    return len(changes)


def _changes(part: Part, poll: Poll, texts: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    asked = {lang: texts.get((part.name, lang)) for lang in poll.city.languages}
    return [(lang, new) for lang, new in asked.items() if new is not None and new != part.texts.get(lang, "")]


def _mend(poll: Poll, part: Part, lang: str, new: str, *, by: Actor) -> None:
    before = part.texts.get(lang, "")
    if not new:
        raise Refused(_("You cannot remove this text any more. You can only correct it."), status=422)
    if len(new) > LENGTHS[part.attribute] or not is_plain(new):
        raise Refused(
            _("Please write at most %(most)s characters on one line.", most=LENGTHS[part.attribute]),
            status=422,
        )
    setattr(part.owner, part.attribute, {**part.texts, lang: new})
    row = {"city_id": poll.city_id, "poll_id": poll.id, "part": part.name, "language": lang}
    db.session.add(PollCorrection(**row, before=before, after=new))
    change = {"part": part.name, "language": lang, "before": before, "after": new}
    audit.record("corrected", subject(poll), by=by, city_id=poll.city_id, **change)

"""What an answer to a poll may be: the choices, and the checked answer itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from citizen.core.errors import Refused
from citizen.core.i18n import Text, localized
from citizen.core.texts import is_plain
from polls.models import FIXED_ANSWERS, OTHER, Poll, PollForm, PollOption

MAX_OTHER = 200


@dataclass(frozen=True)
class Choice:
    """What a page offers: an id, its words, and its picture where it has one."""

    id: str
    label: Text | str
    picture: dict[str, object] | None = None


@dataclass(frozen=True)
class Answer:
    """What somebody chose: ids in order (ranks) or in the poll's order, and the text of "other"."""

    chosen: tuple[str, ...]
    other: str = ""

    def as_body(self) -> list[object]:
        """What two sends under one idempotency key must share."""
        return [list(self.chosen), self.other]


def choice_ids(poll: Poll) -> list[str]:
    """Everything that may be chosen, in the poll's own order."""
    form = PollForm(poll.form)
    if form is PollForm.SCALE:
        return [str(value) for value in range(1, poll.scale_points + 1)]
    if form is PollForm.YES_NO:
        return list(FIXED_ANSWERS)
    return [option.id for option in poll.options] + ([OTHER] if poll.has_other else [])


def choice_label(poll: Poll, choice: str) -> Text | str:
    """The words for a choice in the reader's language."""
    option = option_of(poll, choice)
    if option:
        return localized(option.label)
    fixed = {"yes": _("Yes"), "no": _("No"), "dont_know": _("I don't know"), OTHER: _("Something else")}
    return fixed.get(choice, choice)


def as_choice(poll: Poll, choice: str) -> Choice:
    option = option_of(poll, choice)
    return Choice(choice, choice_label(poll, choice), _picture(option) if option and option.picture else None)


def _picture(option: PollOption) -> dict[str, object]:
    return {
        "url": url_for("media.show", name=option.picture),
        "width": option.picture_width,
        "height": option.picture_height,
        "alt": str(localized(option.picture_alt)),
    }


def most_choices(poll: Poll) -> int:
    """How many may be chosen (or ranked)."""
    form = PollForm(poll.form)
    if form in {PollForm.MULTIPLE, PollForm.RANK}:
        return min(poll.choose_max, len(choice_ids(poll)))
    return 1


def changed_meanwhile() -> Refused:
    """What to raise where an answer was meant for an earlier wording."""
    return Refused(_("The question was changed a moment ago. Please read it again, then send your answer."))


def checked(poll: Poll, chosen: list[str], other: str = "") -> Answer:
    """The answer, if it is one. Raises Refused with a sentence that says what to do."""
    problem = next(_problems(poll, chosen, other), None)
    if problem:
        raise Refused(problem, status=422)
    if PollForm(poll.form) is not PollForm.RANK:
        chosen = [choice for choice in choice_ids(poll) if choice in chosen]
    return Answer(tuple(chosen), other.strip() if OTHER in chosen else "")


def _problems(poll: Poll, chosen: list[str], other: str) -> Iterator[str]:
    most = most_choices(poll)
    if not chosen:
        yield _("Please choose an answer.")
    if set(chosen) - set(choice_ids(poll)):
        yield _("One of these answers does not belong to this question. Please choose again.")
    if len(set(chosen)) != len(chosen):
        yield _("Each answer can be chosen only once.")
    if len(chosen) > most:
        yield _("You chose %(chosen)s answers. Please choose at most %(most)s.", chosen=len(chosen), most=most)
    if OTHER in chosen and not other.strip():
        yield _('Please write what you mean by "something else".')
    if len(other.strip()) > MAX_OTHER:
        yield _("Please write at most %(most)s characters.", most=MAX_OTHER)
    if not is_plain(other.strip()):
        yield _("Please write on one line, without invisible special characters.")


def option_of(poll: Poll, choice: str) -> PollOption | None:
    return next((option for option in poll.options if option.id == choice), None)

"""What staff may do with a poll, beyond what they may do with every consultation, as yes or no."""

from citizen.participation.models import State
from polls.models import Poll


def may_edit(poll: Poll, *, answers: int) -> bool:
    """Question and options may change until the first answer: what people answered must stay what was asked."""
    return answers == 0 and poll.state in {State.DRAFT, State.UPCOMING, State.OPEN}


def may_publish(poll: Poll) -> bool:
    return poll.state is State.DRAFT


def may_correct(poll: Poll, *, answers: int) -> bool:
    return answers > 0 and poll.state in {State.OPEN, State.CLOSED}


def may_delete(poll: Poll) -> bool:
    """Only what the public never saw may go without a trace for it."""
    return poll.state is State.DRAFT

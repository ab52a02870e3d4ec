"""Who may take part, who may see what came out, and what staff may do with what runs."""

from citizen.participation.identity import Participant
from citizen.participation.models import Consultation, ResultsRule, State


def may_answer(participant: Participant, consultation: Consultation) -> bool:
    return consultation.is_open and participant.meets(consultation)


def may_see_results(consultation: Consultation, *, has_answered: bool) -> bool:
    """By the rule that staff chose before opening. What was withdrawn shows none."""
    if consultation.state in {State.DRAFT, State.UPCOMING, State.WITHDRAWN}:
        return False
    if consultation.state is State.CLOSED or consultation.results == ResultsRule.ALWAYS:
        return True
    return consultation.results == ResultsRule.AFTER_ANSWER and has_answered


def may_close(consultation: Consultation) -> bool:
    return consultation.state is State.OPEN


def may_move_closing(consultation: Consultation) -> bool:
    """Nothing that has ended opens again: its participants can no longer be told apart."""
    return consultation.state in {State.UPCOMING, State.OPEN}


def may_withdraw(consultation: Consultation) -> bool:
    return consultation.state in {State.UPCOMING, State.OPEN, State.CLOSED}

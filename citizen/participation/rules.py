"""Who may take part, and who may see what came out."""

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

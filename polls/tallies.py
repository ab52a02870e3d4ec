"""From one ballot to the counters that it raises."""

from collections.abc import Iterator
from typing import Any

from citizen.participation.identity import Participant
from polls.answers import Answer, choice_ids
from polls.models import Poll, PollForm


def rows_for(poll: Poll, answer: Answer, participant: Participant) -> list[dict[str, Any]]:
    """Rows for `PollTally`, each one counter to raise by one."""
    base = {
        "city_id": poll.city_id,
        "poll_id": poll.id,
        "channel": participant.channel,
        "assurance": int(participant.assurance),
        "rival": "",
        "place": 0,
        "length": 0,
        "n": 1,
    }
    counted = _ranked(poll, answer) if poll.form == PollForm.RANK else ({"choice": c} for c in answer.chosen)
    return [base | row for row in counted]


def _ranked(poll: Poll, answer: Answer) -> Iterator[dict[str, Any]]:
    """Each ranked option's place, and every pair in which it is preferred: ranked options beat unranked ones."""
    everything = choice_ids(poll)
    for index, choice in enumerate(answer.chosen):
        yield {"choice": choice, "place": index + 1, "length": len(answer.chosen)}
        beaten = set(everything) - set(answer.chosen[: index + 1])
        yield from ({"choice": choice, "rival": rival} for rival in beaten)

"""Whom a program acts for: somebody it knows by a random number, or somebody new with each key."""

from dataclasses import dataclass

from flask import g
from flask_babel import gettext as _

from citizen.core.errors import Refused
from citizen.participation.identity import Participant
from citizen.participation.models import Assurance, Channel
from ideation.contributing import enrol, key_of
from ideation.models import Campaign, Contributor


@dataclass(frozen=True)
class Talker:
    """Whoever acts: as a contributor, and as a participant for the numbers."""

    contributor: Contributor
    participant: Participant


def talker(campaign: Campaign, level: int, key: str, person: str | None) -> Talker:
    participant = participant_for(level, key, person)
    return Talker(enrol(campaign, key_of(campaign, participant)), participant)


def participant_for(level: int, key: str, person: str | None) -> Participant:
    """Refuses where the campaign wants to be surer of people than a token of the city can make it."""
    participant = Participant(f"open:{person or key}", Assurance.OPEN, Channel(g.token.channel or Channel.API))
    if not participant.reaches(Assurance(level)):
        raise Refused(
            _("This campaign needs a stronger check of who takes part. This token cannot give it."), status=403
        )
    return participant

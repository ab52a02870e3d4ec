"""What citizens and staff may do in a campaign and with its ideas, as yes or no."""

from citizen.participation.models import State
from ideation.models import Campaign, Contributor, Idea, IdeaComment, Showing, StageKind, Status

HEARING = (StageKind.COLLECT, StageKind.CURATE, StageKind.VOTE)
"""The stages in which people may talk about ideas."""


def may_propose(campaign: Campaign) -> bool:
    return campaign.is_in(StageKind.COLLECT)


def may_talk(campaign: Campaign) -> bool:
    """Support, comment, help."""
    return any(campaign.is_in(kind) for kind in HEARING)


def may_follow(campaign: Campaign) -> bool:
    """Also after everything has closed: that is when the city answers."""
    return campaign.state not in {State.DRAFT, State.WITHDRAWN}


def may_revise(campaign: Campaign, idea: Idea, by: Contributor) -> bool:
    """What people vote on, or what the city has answered, stays as it was."""
    is_early = idea.number is None and idea.status in {Status.RECEIVED, Status.UNDER_REVIEW}
    is_alive = idea.showing in {Showing.HELD, Showing.SHOWN}
    return idea.author_id == by.id and is_early and is_alive and may_talk(campaign)


def may_withdraw(idea: Idea, by: Contributor) -> bool:
    """Its author may take an idea back at any time, during a vote too."""
    return idea.author_id == by.id and idea.showing in {Showing.HELD, Showing.SHOWN}


def may_withdraw_comment(comment: IdeaComment, by: Contributor) -> bool:
    return comment.author_id == by.id and comment.showing in {Showing.HELD, Showing.SHOWN}


def may_change(campaign: Campaign) -> bool:
    """Staff may change a campaign until it has ended."""
    return campaign.state in {State.DRAFT, State.UPCOMING, State.OPEN}


def may_change_method(campaign: Campaign) -> bool:
    """How people vote is fixed from the moment in which they can."""
    stage = campaign.stage(StageKind.VOTE)
    return may_change(campaign) and (stage is None or campaign.published_at is None or not stage.has_begun)


def may_publish(campaign: Campaign) -> bool:
    return campaign.state is State.DRAFT


def may_delete(campaign: Campaign) -> bool:
    """Only what the public never saw may go without a trace for it."""
    return campaign.state is State.DRAFT


def may_put_on_ballot(campaign: Campaign, idea: Idea) -> bool:
    """The ballot is fixed from the moment in which people can vote."""
    stage = campaign.stage(StageKind.VOTE)
    return stage is not None and not stage.has_begun and idea.showing == Showing.SHOWN


def may_merge(idea: Idea, into: Idea) -> bool:
    is_one_campaign = (idea.city_id, idea.campaign_id) == (into.city_id, into.campaign_id)
    return is_one_campaign and idea.id != into.id and {idea.showing, into.showing} <= {Showing.HELD, Showing.SHOWN}

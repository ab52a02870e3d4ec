"""What can be followed, and how a following names it."""

from ideation.models import Campaign, CampaignCategory, Idea


def topic_of(subject: "Idea | CampaignCategory | Campaign") -> str:
    """How a following names what is followed."""
    if isinstance(subject, Idea):
        return f"idea:{subject.id}"
    return f"category:{subject.code}" if isinstance(subject, CampaignCategory) else "campaign"

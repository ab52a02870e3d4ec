"""What citizens write, put before the moderators of the city. Nothing here commits."""

from flask_babel import gettext as _

from citizen.core.i18n import localized
from citizen.moderation import incoming, personal_data
from citizen.moderation.authors import handle_of
from citizen.moderation.blocking import ensure_not_blocked
from citizen.moderation.signs import Hit
from citizen.moderation.sources import Submission
from citizen.moderation.words import kind_words
from ideation.models import Campaign, Contributor, Idea, IdeaComment, Showing

IDEA, COMMENT = "idea", "idea_comment"


def ensure_welcome(campaign: Campaign, by: Contributor) -> None:
    """Refuses whoever the city has blocked from writing."""
    ensure_not_blocked(campaign.city, _handle(campaign, by.id))


def put_in(campaign: Campaign, subject: Idea | IdeaComment) -> None:
    """A text that came in, or that its author has changed."""
    hits = [Hit(flag) for flag in subject.flags] if isinstance(subject, Idea) else []
    incoming.waits(campaign.city, kind_of(subject), str(subject.id), submission_of(campaign, subject), hits=hits)


def personal_in(*texts: str) -> str:
    """What in these texts may be personal data, in words; empty where nothing is. For authors, before they send."""
    kinds = {found.kind for found in personal_data.find("\n".join(texts))}
    return ", ".join(words for kind, words in kind_words().items() if kind in kinds)


def take_out(campaign: Campaign, subject: Idea | IdeaComment) -> None:
    """Its author took it back."""
    incoming.gone(campaign.city, kind_of(subject), str(subject.id))


def kind_of(subject: Idea | IdeaComment) -> str:
    return IDEA if isinstance(subject, Idea) else COMMENT


def submission_of(campaign: Campaign, subject: Idea | IdeaComment) -> Submission:
    """The text as moderators read it."""
    is_idea = isinstance(subject, Idea)
    idea_id = subject.id if isinstance(subject, Idea) else subject.idea_id
    level = campaign.submit_level if is_idea else campaign.comment_level
    return Submission(
        text=subject.text,
        language=subject.language,
        title=subject.title if isinstance(subject, Idea) else "",
        is_shown=subject.showing == Showing.SHOWN,
        context=str(localized(campaign.title)),
        path=f"/{campaign.city.slug}/ideas/{campaign.slug}/{idea_id}",
        consultation_id=campaign.id,
        author=_handle(campaign, subject.author_id) if subject.author_id else None,
        assurance=level,
    )


def _handle(campaign: Campaign, contributor_id: int) -> str:
    return handle_of(campaign.city, f"contributor:{contributor_id}")


def name_of(kind: str) -> str:
    return _("Idea") if kind == IDEA else _("Comment on an idea")

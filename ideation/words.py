"""Stages, states, methods and the rest of a campaign as people read them."""

from flask_babel import gettext as _
from flask_babel import ngettext

from ideation.models import BallotForm, Campaign, Method, Rhythm, Rule, Showing, StageKind, Stance, Status
from ideation.voting.choices import gives_points, is_ranked


def stage_words(kind: StageKind) -> str:
    return {
        StageKind.COLLECT: _("Ideas come in"),
        StageKind.CURATE: _("We look at every idea"),
        StageKind.VOTE: _("You vote"),
        StageKind.ANSWER: _("We answer"),
        StageKind.FOLLOW_UP: _("We report what came of it"),
    }[kind]


def status_words(status: Status) -> str:
    return {
        Status.RECEIVED: _("Received"),
        Status.UNDER_REVIEW: _("Under review"),
        Status.SHORTLISTED: _("Shortlisted"),
        Status.IN_VOTE: _("In the vote"),
        Status.ACCEPTED: _("Accepted"),
        Status.PLANNED: _("Planned"),
        Status.UNDER_WAY: _("Under way"),
        Status.DONE: _("Done"),
        Status.DECLINED: _("Declined"),
    }[status]


STATUS_LOOKS = {
    Status.RECEIVED: "draft",
    Status.UNDER_REVIEW: "info",
    Status.SHORTLISTED: "info",
    Status.IN_VOTE: "soon",
    Status.ACCEPTED: "good",
    Status.PLANNED: "good",
    Status.UNDER_WAY: "good",
    Status.DONE: "good",
    Status.DECLINED: "closed",
}
"""The kind of tag that shows a status."""


def showing_words(showing: Showing) -> str:
    return {
        Showing.HELD: _("Waits for a moderator"),
        Showing.SHOWN: _("Public"),
        Showing.HIDDEN: _("Hidden"),
        Showing.WITHDRAWN: _("Taken back by its author"),
        Showing.MERGED: _("Merged into another idea"),
    }[showing]


def stance_words(stance: Stance) -> str:
    return {
        Stance.FOR: _("For it"),
        Stance.AGAINST: _("Against it"),
        Stance.QUESTION: _("A question"),
        Stance.REMARK: _("A remark"),
    }[stance]


def rhythm_words(rhythm: Rhythm) -> str:
    return {
        Rhythm.AT_ONCE: _("At once"),
        Rhythm.DAILY: _("Once a day, all together"),
        Rhythm.WEEKLY: _("Once a week, on Monday"),
        Rhythm.NEVER: _("Not at all"),
    }[rhythm]


def method_words(method: Method) -> str:
    return {
        Method.SUPPORT: _("Support: as many ideas as you like, one vote each"),
        Method.CHOOSE: _("Choose: a fixed number of ideas, one vote each"),
        Method.POINTS: _("Points: spread a number of points over the ideas"),
        Method.RANK: _("Ranking: put the ideas in order"),
        Method.BUDGET: _("Budget: ideas have costs, and there is a sum to spend"),
    }[method]


def ballot_form_words(form: BallotForm) -> str:
    return {
        BallotForm.APPROVAL: _("Choose ideas"),
        BallotForm.POINTS: _("Spread points"),
        BallotForm.RANK: _("Rank ideas"),
    }[form]


def rule_words(rule: Rule) -> str:
    return {
        Rule.EQUAL_SHARES: _("Equal shares: everybody who votes decides about the same part of the money"),
        Rule.GREEDY: _("Most votes first: the ideas with most votes that still fit into the budget"),
    }[rule]


def ballot_hint(campaign: Campaign, most: int) -> str:
    """What can be done on the ballot, for whoever votes. `most` is how many ideas can be chosen."""
    if gives_points(campaign):
        return _(
            "You have %(points)s points. Give them to one idea or to several, at most %(each)s to each.",
            points=campaign.votes_max,
            each=campaign.per_idea_max,
        )
    if is_ranked(campaign):
        return _("Put the most important first. You can rank up to %(most)s.", most=most)
    if campaign.method == Method.SUPPORT:
        return _("Choose all the ideas that you support.")
    return ngettext("Choose %(num)s idea.", "Choose up to %(num)s ideas.", most)

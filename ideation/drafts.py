"""What somebody writes down before there is an idea, and what is wrong with it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from citizen.core.faults import Fault
from citizen.core.media import Picture
from citizen.core.texts import can_be_seen
from ideation.models import MAX_TEXT, MAX_TITLE, Campaign, Idea
from ideation.texts import clean_line, clean_text

MAX_NAME = 60
MAX_ALT = 300
MOST_COST = 10**9


@dataclass(frozen=True)
class IdeaDraft:
    """All that an author decides. A place is a district, or a point in degrees, or nothing."""

    title: str
    text: str
    language: str
    category: str | None = None
    district: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    cost: int | None = None
    author_name: str = ""
    picture: Picture | None = None
    picture_alt: str = ""

    def cleaned(self) -> "IdeaDraft":
        """The same without signs that nobody can read, and without what turns the direction of texts."""
        return IdeaDraft(
            **vars(self)
            | {
                "title": clean_line(self.title),
                "text": clean_text(self.text),
                "author_name": clean_line(self.author_name),
                "picture_alt": clean_line(self.picture_alt),
            }
        )


def draft_of(idea: Idea) -> IdeaDraft:
    """The idea as the draft that would make it."""
    picture = None
    if idea.picture is not None:
        picture = Picture(idea.picture, idea.picture_width or 0, idea.picture_height or 0)
    names = "title text language category district longitude latitude cost author_name picture_alt".split()
    return IdeaDraft(picture=picture, **{name: getattr(idea, name) for name in names})


def faults(draft: IdeaDraft, campaign: Campaign, districts: Mapping[str, object]) -> Iterator[Fault]:
    """Everything that is wrong with a cleaned draft. `districts` are those of the city, by code."""
    yield from _text_faults(draft)
    if draft.language not in campaign.city.languages:
        yield Fault(("language",), _("Please choose one of the city's languages."))
    if (campaign.categories or draft.category is not None) and campaign.category(draft.category) is None:
        yield Fault(("category",), _("Please choose what your idea is about."))
    if draft.district is not None and draft.district not in districts:
        yield Fault(("district",), _("Please choose one of the districts."))
    if not _is_point(draft.longitude, draft.latitude):
        yield Fault(("point",), _("Please mark the place again."))
    if draft.cost is not None and not 0 < draft.cost <= MOST_COST:
        yield Fault(("cost",), _("Please write the cost as a whole number, or leave it out."))


def _text_faults(draft: IdeaDraft) -> Iterator[Fault]:
    if not can_be_seen(draft.title):
        yield Fault(("title",), _("Please give your idea a title."))
    elif len(draft.title) > MAX_TITLE:
        yield Fault(("title",), _too_long(MAX_TITLE))
    if not can_be_seen(draft.text):
        yield Fault(("text",), _("Please describe your idea in a sentence or two."))
    elif len(draft.text) > MAX_TEXT:
        yield Fault(("text",), _too_long(MAX_TEXT))
    if len(draft.author_name) > MAX_NAME:
        yield Fault(("author_name",), _too_long(MAX_NAME))
    if draft.picture is not None and not can_be_seen(draft.picture_alt):
        yield Fault(("picture_alt",), _("Please describe the picture for people who cannot see it."))
    elif len(draft.picture_alt) > MAX_ALT:
        yield Fault(("picture_alt",), _too_long(MAX_ALT))


def _too_long(most: int) -> str:
    return _("Please use at most %(most)s characters.", most=most)


def _is_point(longitude: float | None, latitude: float | None) -> bool:
    if longitude is None and latitude is None:
        return True
    if longitude is None or latitude is None or not (math.isfinite(longitude) and math.isfinite(latitude)):
        return False
    return abs(longitude) <= 180 and abs(latitude) <= 90

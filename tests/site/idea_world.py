"""Campaigns for the world that the tests of the whole site walk through."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from ideation.models import Idea, IdeaComment, Showing
from tests.ideation.makers import make_campaign, make_idea

if TYPE_CHECKING:
    from tests.site.world import World


def make_campaigns(world: "World") -> None:
    """In each city a campaign in which everything runs, with ideas and comments; in Riverton a draft too."""
    for city, slug in ((world.city, "electricity"), (world.other_city, "hill-ideas")):
        campaign = make_campaign(city, slug=slug)
        place = {"city_id": city.id, "campaign_id": campaign.id, "language": "en", "showing": Showing.SHOWN}
        for number, title in enumerate(("Solar roofs on schools", "Darker streets"), start=1):
            idea = make_idea(campaign, title, number=number)
            db.session.add(IdeaComment(**place, idea_id=idea.id, text="Good."))
    make_campaign(world.city, slug="next-ideas", published=False)
    db.session.commit()


def _ids(model: type[Idea] | type[IdeaComment], city: City) -> list[str]:
    return [str(row.id) for row in db.session.scalars(select(model).filter_by(city_id=city.id).order_by(model.id))]


EXAMPLES: dict[str, Callable[["World"], list[str]]] = {
    "campaign slug": lambda _world: ["electricity"],
    "campaign_staff slug": lambda _world: ["electricity"],
    "ideas_api slug": lambda _world: ["electricity"],
    "idea_id": lambda world: _ids(Idea, world.city),
    "comment_id": lambda world: _ids(IdeaComment, world.city),
}
FOREIGN: dict[str, Callable[["World"], str]] = {
    "campaign slug": lambda _world: "hill-ideas",
    "campaign_staff slug": lambda _world: "hill-ideas",
    "ideas_api slug": lambda _world: "hill-ideas",
    "idea_id": lambda world: _ids(Idea, world.other_city)[0],
    "comment_id": lambda world: _ids(IdeaComment, world.other_city)[0],
}
"""What stands in Hillside."""

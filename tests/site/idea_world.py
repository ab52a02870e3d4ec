"""Campaigns for the world that the tests of the whole site walk through."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from ideation.models import Contributor, CuratingAct, Idea, IdeaComment, Showing
from ideation.passes import Purpose, pass_for
from tests.ideation.makers import make_campaign, make_contributor, make_idea

if TYPE_CHECKING:
    from tests.site.world import World


def make_campaigns(world: "World") -> None:
    """In each city a campaign in which everything runs, with ideas and comments; in Riverton a draft too."""
    for city, slug in ((world.city, "electricity"), (world.other_city, "hill-ideas")):
        campaign = make_campaign(city, slug=slug)
        place = {"city_id": city.id, "campaign_id": campaign.id, "language": "en", "showing": Showing.SHOWN}
        for number, title in enumerate(("Solar roofs on schools", "Darker streets"), start=1):
            idea = make_idea(campaign, title, number=number, category="light", author=make_contributor(campaign))
            db.session.add(IdeaComment(**place, idea_id=idea.id, text="Good.", author_id=idea.author_id))
        db.session.add(
            CuratingAct(city_id=city.id, campaign_id=campaign.id, verb="show", before={}, events={"ids": []})
        )
    make_campaign(world.city, slug="next-ideas", published=False)
    db.session.commit()


def _ids(model: type[Idea] | type[IdeaComment] | type[CuratingAct], city: City) -> list[str]:
    return [str(row.id) for row in db.session.scalars(select(model).filter_by(city_id=city.id).order_by(model.id))]


def _pass(city: City, purpose: Purpose) -> str:
    return pass_for(db.session.scalars(select(Contributor).filter_by(city_id=city.id)).first(), purpose)


EXAMPLES: dict[str, Callable[["World"], list[str]]] = {
    "campaign slug": lambda _world: ["electricity"],
    "campaign_staff slug": lambda _world: ["electricity"],
    "ideas_api slug": lambda _world: ["electricity"],
    "idea_id": lambda world: _ids(Idea, world.city),
    "comment_id": lambda world: _ids(IdeaComment, world.city),
    "act_id": lambda world: _ids(CuratingAct, world.city),
    "campaign token": lambda world: [_pass(world.city, Purpose.OWN_PAGE)],
}
EXAMPLES |= {
    f"campaign.{page} token": lambda world: [_pass(world.city, Purpose.CONFIRMATION)]
    for page in ("show_confirmation", "confirm_mail")
}
EXAMPLES |= {
    f"campaign.{page} token": lambda world: [_pass(world.city, Purpose.WAY_OUT)] for page in ("leaving", "leave")
}

FOREIGN: dict[str, Callable[["World"], str]] = {
    "campaign slug": lambda _world: "hill-ideas",
    "campaign_staff slug": lambda _world: "hill-ideas",
    "ideas_api slug": lambda _world: "hill-ideas",
    "idea_id": lambda world: _ids(Idea, world.other_city)[0],
    "comment_id": lambda world: _ids(IdeaComment, world.other_city)[0],
    "act_id": lambda world: _ids(CuratingAct, world.other_city)[0],
    "campaign token": lambda world: _pass(world.other_city, Purpose.OWN_PAGE),
}
"""What stands in Hillside."""

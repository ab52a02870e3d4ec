"""Addresses of ideas in the JSON API."""

from citizen.cities.models import City
from ideation.models import Campaign, Idea

ROOT = "/api/v1/cities"


def campaigns_of(city: City, *rest: object) -> str:
    return "/".join((ROOT, city.slug, "campaigns", *map(str, rest)))


def of(campaign: Campaign, *rest: object) -> str:
    return campaigns_of(campaign.city, campaign.slug, *rest)


def at(campaign: Campaign, idea: Idea, *rest: object) -> str:
    return of(campaign, "ideas", idea.id, *rest)

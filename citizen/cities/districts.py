"""The districts of a city: a name each, and an outline where the city gave one."""

from typing import Any

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen.cities.models import City
from citizen.core.db import Base, CityId, Texts, db
from citizen.core.i18n import Text, localized


class District(Base):
    """A part of the city. `outline` is a GeoJSON geometry (polygon or several), longitude before latitude."""

    __tablename__ = "city_district"

    city_id: Mapped[CityId]
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    name: Mapped[Texts]
    outline: Mapped[dict[str, Any] | None]

    @classmethod
    def in_city(cls, city: City) -> Select["District"]:
        """In the order in which the city lists them."""
        return select(cls).where(cls.city_id == city.id).order_by(cls.position)


def district_name(city_id: int, code: str | None) -> Text | None:
    """What the city calls this district, in the reader's language; None where it has none of that code."""
    query = select(District.name).where(District.city_id == city_id, District.code == code)
    name = db.session.scalar(query) if code else None
    return localized(name) if name else None

"""The districts of a city: a name each, and an outline where the city gave one."""

from typing import Any

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen.cities.models import City
from citizen.core.db import Base, CityId, Texts


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

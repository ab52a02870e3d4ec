"""The city as the database keeps it."""

from typing import Any, cast

from sqlalchemy import CheckConstraint, Select, Table, event, select
from sqlalchemy.orm import Mapped, mapped_column

from citizen.core.audit import AuditEntry
from citizen.core.db import Base, Codes, Created, Id, Line, Slug, Texts

RESERVED_SLUGS = frozenset(
    "about account accessibility admin api assets data healthz imprint metrics media password privacy readyz "
    "robots.txt favicon.ico sign-in sign-out sitemap.xml static styleguide".split()
)
DEFAULT_ACCENT = "#0b5f66"


class City(Base):
    """A tenant. `revision` grows with every staff act in it, so that kept pages know when they are old."""

    __tablename__ = "city"
    __table_args__ = (CheckConstraint("population IS NULL OR population > 0", name="population_positive"),)

    id: Mapped[Id]
    slug: Mapped[Slug] = mapped_column(unique=True)
    name: Mapped[Line]
    languages: Mapped[Codes]
    time_zone: Mapped[Line] = mapped_column(default="Europe/Brussels")
    accent: Mapped[str] = mapped_column(default=DEFAULT_ACCENT)
    logo: Mapped[str | None]
    logo_alt: Mapped[Texts] = mapped_column(default=dict)
    welcome: Mapped[Texts] = mapped_column(default=dict)
    imprint: Mapped[Texts] = mapped_column(default=dict)
    privacy: Mapped[Texts] = mapped_column(default=dict)
    contact: Mapped[Line | None]
    population: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Created]

    @property
    def has_logo(self) -> bool:
        return self.logo is not None


def all_cities() -> Select[City]:
    return select(City).order_by(City.name)


@event.listens_for(AuditEntry, "after_insert")
def _bump_revision(_mapper: Any, connection: Any, entry: AuditEntry) -> None:
    """Whatever staff do may change what a page of their city shows."""
    if entry.city_id is not None:
        table = cast(Table, City.__table__)
        connection.execute(table.update().where(table.c.id == entry.city_id).values(revision=table.c.revision + 1))

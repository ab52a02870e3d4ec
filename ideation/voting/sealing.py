"""After a vote: nobody can find their ballot any more, and neither can we."""

import secrets

from sqlalchemy import Column, LargeBinary, MetaData, Table, delete, insert, select

from citizen.core import audit
from citizen.core.db import Base, db
from citizen.participation import actions as participation
from citizen.participation.models import Consultation, State
from citizen.participation.running import subject
from ideation.models import Campaign, IdeaBallot, IdeaVote, StageKind

AT_ONCE = 5000


def seal_ended_votes() -> None:
    """Seal every campaign whose vote is over, and those without one that have ended."""
    query = select(Campaign).where(Consultation.sealed_at.is_(None), Consultation.published_at.is_not(None))
    for campaign in db.session.scalars(query).unique():
        if has_voted(campaign):
            seal(campaign)
            audit.record("sealed", subject(campaign), by=audit.SYSTEM, city_id=campaign.city_id)


def has_voted(campaign: Campaign) -> bool:
    """True once no ballot can come any more."""
    stage = campaign.stage(StageKind.VOTE)
    if campaign.state in {State.CLOSED, State.WITHDRAWN}:
        return True
    return stage is not None and stage.is_over


def seal(campaign: Campaign) -> None:
    """Destroy the secret, give every ballot a random name, and write ballots and votes anew in the order of those."""
    names = _new_names(campaign)
    for model in (IdeaBallot, IdeaVote):
        _rename(model, campaign, names)
    names.drop(db.session.connection())
    participation.seal(campaign, [])


def _new_names(campaign: Campaign) -> Table:
    """For each voter a random name, in a table of this transaction alone."""
    columns = [Column(name, LargeBinary(32), primary_key=name == "voter") for name in ("voter", "renamed")]
    names = Table("idea_ballot_names", MetaData(), *columns, prefixes=["TEMPORARY"])
    connection = db.session.connection()
    names.create(connection)
    query = select(IdeaBallot.voter).filter_by(city_id=campaign.city_id, campaign_id=campaign.id)
    voters = list(db.session.scalars(query))
    for start in range(0, len(voters), AT_ONCE):
        rows = [{"voter": voter, "renamed": secrets.token_bytes(32)} for voter in voters[start : start + AT_ONCE]]
        connection.execute(insert(names), rows)
    return names


def _rename(model: type[Base], campaign: Campaign, names: Table) -> None:
    """The rows under their new names, in their order, which is random: nothing says any more in which they came."""
    table: Table = model.__table__  # type: ignore[assignment]
    copy = Table(f"renamed_{table.name}", MetaData(), *_columns(table), prefixes=["TEMPORARY"])
    connection = db.session.connection()
    copy.create(connection)
    ours = (table.c.city_id == campaign.city_id) & (table.c.campaign_id == campaign.id)
    renamed = [names.c.renamed if column.name == "voter" else column for column in table.columns]
    found = select(*renamed).join(names, names.c.voter == table.c.voter).where(ours)
    connection.execute(insert(copy).from_select(list(table.c.keys()), found))
    connection.execute(delete(table).where(ours))
    connection.execute(insert(table).from_select(list(table.c.keys()), select(copy).order_by(copy.c.voter)))
    copy.drop(connection)


def _columns(table: Table) -> "list[Column[object]]":
    return [Column(column.name, column.type) for column in table.columns]

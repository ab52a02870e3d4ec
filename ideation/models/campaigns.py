"""A campaign, its stages and categories."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from citizen.core import clock
from citizen.core.db import Base, CityId, Code, Codes, Texts
from citizen.participation.models import Assurance, Consultation
from ideation.models.kinds import BallotForm, Method, Rule, StageKind, one_of


class Campaign(Consultation):
    """One question to which people send ideas. It is open while ideas, comments or votes can come.

    `assurance` is the level for voting; the other acts have their own. `premoderates` names what waits for a moderator
    before it shows: "ideas", "comments". `budget` and costs are whole units of the currency.
    """

    __tablename__ = "campaign"
    __mapper_args__ = {"polymorphic_identity": "campaign"}
    __table_args__ = (
        CheckConstraint(one_of("method", Method), name="method_known"),
        CheckConstraint(one_of("ballot_form", BallotForm), name="ballot_form_known"),
        CheckConstraint(one_of("rule", Rule), name="rule_known"),
        CheckConstraint("votes_max BETWEEN 1 AND 1000", name="votes_max_in_bounds"),
        CheckConstraint("per_idea_max BETWEEN 1 AND votes_max", name="per_idea_max_in_bounds"),
        CheckConstraint("budget IS NULL OR budget > 0", name="budget_positive"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    background: Mapped[Texts] = mapped_column(default=dict)
    guidelines: Mapped[Texts] = mapped_column(default=dict)
    submit_level: Mapped[int] = mapped_column(default=Assurance.DEVICE)
    support_level: Mapped[int] = mapped_column(default=Assurance.DEVICE)
    comment_level: Mapped[int] = mapped_column(default=Assurance.DEVICE)
    premoderates: Mapped[Codes] = mapped_column(default=list)
    asks_place: Mapped[bool] = mapped_column(default=True)
    asks_cost: Mapped[bool] = mapped_column(default=False)
    asks_picture: Mapped[bool] = mapped_column(default=True)
    method: Mapped[Code] = mapped_column(default=Method.CHOOSE)
    votes_max: Mapped[int] = mapped_column(default=3)
    per_idea_max: Mapped[int] = mapped_column(default=1)
    budget: Mapped[int | None]
    currency: Mapped[Code] = mapped_column(default="EUR")
    ballot_form: Mapped[Code] = mapped_column(default=BallotForm.APPROVAL)
    rule: Mapped[Code] = mapped_column(default=Rule.EQUAL_SHARES)
    edition: Mapped[int] = mapped_column(default=1)
    stages: Mapped[list["CampaignStage"]] = relationship(
        order_by="CampaignStage.opens_at", cascade="all, delete-orphan", lazy="selectin"
    )
    categories: Mapped[list["CampaignCategory"]] = relationship(
        order_by="CampaignCategory.position", cascade="all, delete-orphan", lazy="selectin"
    )

    def stage(self, kind: StageKind) -> "CampaignStage | None":
        return next((stage for stage in self.stages if stage.kind == kind), None)

    def is_in(self, kind: StageKind) -> bool:
        """True while the campaign is open and this stage of it runs."""
        stage = self.stage(kind)
        return self.is_open and stage is not None and stage.is_running

    def category(self, code: str | None) -> "CampaignCategory | None":
        return next((category for category in self.categories if category.code == code), None)


class CampaignStage(Base):
    """From when until when something happens. Without an end, it goes on."""

    __tablename__ = "campaign_stage"
    __table_args__ = (
        CheckConstraint(one_of("kind", StageKind), name="kind_known"),
        CheckConstraint("closes_at IS NULL OR opens_at < closes_at", name="opens_before_it_closes"),
    )

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    kind: Mapped[Code] = mapped_column(primary_key=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]

    @property
    def has_begun(self) -> bool:
        return self.opens_at <= clock.now()

    @property
    def is_running(self) -> bool:
        return self.has_begun and not self.is_over

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= clock.now()


class CampaignCategory(Base):
    """What ideas of a campaign are about."""

    __tablename__ = "campaign_category"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name: Mapped[Texts]


class CampaignPulse(Base):
    """Grows with everything that citizens do in a campaign, so that kept pages know when they are old."""

    __tablename__ = "campaign_pulse"

    city_id: Mapped[CityId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    n: Mapped[int]

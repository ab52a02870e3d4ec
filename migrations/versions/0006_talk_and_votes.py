"""The talk about ideas, who hears of what happened to them, and votes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "idea_ballot",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("used BETWEEN 0 AND allowed", name=op.f("ck_idea_ballot_within_the_limit")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_ballot_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_ballot_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "voter", name=op.f("pk_idea_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idea_vote_outcome",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_idea_vote_outcome_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_vote_outcome_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", name=op.f("pk_idea_vote_outcome")),
    )
    op.create_table(
        "idea_following",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_following_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_following_city_id_city")),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["contributor.id"], name=op.f("fk_idea_following_contributor_id_contributor")
        ),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "topic", "contributor_id", name=op.f("pk_idea_following")),
    )
    op.create_index(op.f("ix_idea_following_contributor_id"), "idea_following", ["contributor_id"], unique=False)
    op.create_table(
        "idea_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("came_from_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_name", sa.String(length=300), nullable=False),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.Column("showing", sa.String(length=20), nullable=False),
        sa.Column("hidden_reason", Json, nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "showing IN ('held', 'shown', 'hidden', 'withdrawn', 'merged')", name=op.f("ck_idea_comment_showing_known")
        ),
        sa.CheckConstraint(
            "stance IN ('for', 'against', 'question', 'remark')", name=op.f("ck_idea_comment_stance_known")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["contributor.id"], name=op.f("fk_idea_comment_author_id_contributor")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_comment_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["came_from_id"], ["idea.id"], name=op.f("fk_idea_comment_came_from_id_idea")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_comment_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_comment_idea_id_idea")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["idea_comment.id"], name=op.f("fk_idea_comment_parent_id_idea_comment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_comment")),
        sa.UniqueConstraint(
            "city_id", "campaign_id", "receipt", name=op.f("uq_idea_comment_city_id_campaign_id_receipt")
        ),
    )
    op.create_index(op.f("ix_idea_comment_came_from_id"), "idea_comment", ["came_from_id"], unique=False)
    op.create_index(op.f("ix_idea_comment_author_id"), "idea_comment", ["author_id"], unique=False)
    op.create_index(
        "ix_idea_comment_helpful",
        "idea_comment",
        ["city_id", "idea_id", "parent_id", "showing", "helpful", "id"],
        unique=False,
    )
    op.create_index(
        "ix_idea_comment_waiting", "idea_comment", ["city_id", "campaign_id", "showing", "id"], unique=False
    )
    op.create_table(
        "idea_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("sentence", Json, nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_event_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_event_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_event_idea_id_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_event")),
    )
    op.create_index("ix_idea_event_idea_id", "idea_event", ["city_id", "idea_id", "id"], unique=False)
    op.create_index("ix_idea_event_told_at", "idea_event", ["told_at"], unique=False)
    op.create_table(
        "idea_support",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_support_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_support_city_id_city")),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["contributor.id"], name=op.f("fk_idea_support_contributor_id_contributor")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_support_idea_id_idea")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "idea_id", "contributor_id", name=op.f("pk_idea_support")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_idea_support_contributor_id"), "idea_support", ["contributor_id"], unique=False)
    op.create_table(
        "idea_vote",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.LargeBinary(length=32), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_idea_vote_points_positive")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_vote_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_vote_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_vote_idea_id_idea")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "voter", "idea_id", name=op.f("pk_idea_vote")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_idea_vote_idea_id"), "idea_vote", ["idea_id"], unique=False)
    op.create_table(
        "idea_vote_tally",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_vote_tally_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_vote_tally_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_vote_tally_idea_id_idea")),
        sa.PrimaryKeyConstraint(
            "city_id", "campaign_id", "idea_id", "channel", "assurance", name=op.f("pk_idea_vote_tally")
        ),
    )
    op.create_table(
        "idea_comment_help",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_comment_help_city_id_city")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["idea_comment.id"], name=op.f("fk_idea_comment_help_comment_id_idea_comment")
        ),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["contributor.id"], name=op.f("fk_idea_comment_help_contributor_id_contributor")
        ),
        sa.PrimaryKeyConstraint("city_id", "comment_id", "contributor_id", name=op.f("pk_idea_comment_help")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idea_notice",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_notice_city_id_city")),
        sa.ForeignKeyConstraint(
            ["contributor_id"], ["contributor.id"], name=op.f("fk_idea_notice_contributor_id_contributor")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["idea_event.id"], name=op.f("fk_idea_notice_event_id_idea_event")),
        sa.PrimaryKeyConstraint("city_id", "event_id", "contributor_id", name=op.f("pk_idea_notice")),
    )
    op.create_index(op.f("ix_idea_notice_contributor_id"), "idea_notice", ["contributor_id"], unique=False)
    op.create_index(op.f("ix_idea_notice_due_at"), "idea_notice", ["due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("idea_notice")
    op.drop_table("idea_comment_help")
    op.drop_table("idea_vote_tally")
    op.drop_table("idea_vote")
    op.drop_table("idea_support")
    op.drop_table("idea_event")
    op.drop_table("idea_comment")
    op.drop_table("idea_following")
    op.drop_table("idea_vote_outcome")
    op.drop_table("idea_ballot")

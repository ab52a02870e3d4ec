"""Idea campaigns, their ideas and contributors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("background", Json, nullable=False),
        sa.Column("guidelines", Json, nullable=False),
        sa.Column("submit_level", sa.Integer(), nullable=False),
        sa.Column("support_level", sa.Integer(), nullable=False),
        sa.Column("comment_level", sa.Integer(), nullable=False),
        sa.Column("premoderates", Json, nullable=False),
        sa.Column("asks_place", sa.Boolean(), nullable=False),
        sa.Column("asks_cost", sa.Boolean(), nullable=False),
        sa.Column("asks_picture", sa.Boolean(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("votes_max", sa.Integer(), nullable=False),
        sa.Column("per_idea_max", sa.Integer(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=20), nullable=False),
        sa.Column("ballot_form", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("ballot_form IN ('approval', 'points', 'rank')", name=op.f("ck_campaign_ballot_form_known")),
        sa.CheckConstraint(
            "method IN ('support', 'choose', 'points', 'rank', 'budget')", name=op.f("ck_campaign_method_known")
        ),
        sa.CheckConstraint("rule IN ('greedy', 'equal_shares')", name=op.f("ck_campaign_rule_known")),
        sa.CheckConstraint("budget IS NULL OR budget > 0", name=op.f("ck_campaign_budget_positive")),
        sa.CheckConstraint("per_idea_max BETWEEN 1 AND votes_max", name=op.f("ck_campaign_per_idea_max_in_bounds")),
        sa.CheckConstraint("votes_max BETWEEN 1 AND 1000", name=op.f("ck_campaign_votes_max_in_bounds")),
        sa.ForeignKeyConstraint(["id"], ["consultation.id"], name=op.f("fk_campaign_id_consultation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_table(
        "campaign_category",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_category_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_campaign_category_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "code", name=op.f("pk_campaign_category")),
    )
    op.create_table(
        "campaign_pulse",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_pulse_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_campaign_pulse_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", name=op.f("pk_campaign_pulse")),
    )
    op.create_table(
        "campaign_stage",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('collect', 'curate', 'vote', 'answer', 'follow_up')", name=op.f("ck_campaign_stage_kind_known")
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at < closes_at", name=op.f("ck_campaign_stage_opens_before_it_closes")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_stage_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_campaign_stage_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "kind", name=op.f("pk_campaign_stage")),
    )
    op.create_table(
        "contributor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rhythm", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "rhythm IN ('at_once', 'daily', 'weekly', 'never')", name=op.f("ck_contributor_rhythm_known")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_contributor_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_contributor_city_id_city")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributor")),
        sa.UniqueConstraint(
            "city_id", "campaign_id", "key_digest", name=op.f("uq_contributor_city_id_campaign_id_key_digest")
        ),
    )
    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("came_from", sa.String(length=80), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("text_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("author_name", sa.String(length=300), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("district", sa.String(length=64), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("picture_width", sa.Integer(), nullable=True),
        sa.Column("picture_height", sa.Integer(), nullable=True),
        sa.Column("picture_alt", sa.String(length=300), nullable=False),
        sa.Column("showing", sa.String(length=20), nullable=False),
        sa.Column("hidden_reason", Json, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("flags", Json, nullable=False),
        sa.Column("feasibility", sa.String(length=20), nullable=True),
        sa.Column("assessed_cost", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=300), nullable=False),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("supports", sa.Integer(), nullable=False),
        sa.Column("imported_supports", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("mix", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(showing = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_idea_merged_somewhere")
        ),
        sa.CheckConstraint(
            "showing IN ('held', 'shown', 'hidden', 'withdrawn', 'merged')", name=op.f("ck_idea_showing_known")
        ),
        sa.CheckConstraint(
            "status IN ('received', 'under_review', 'shortlisted', 'in_vote', 'accepted', 'planned', "
            "'under_way', 'done', 'declined')",
            name=op.f("ck_idea_status_known"),
        ),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["account.id"], name=op.f("fk_idea_assigned_to_id_account")),
        sa.ForeignKeyConstraint(["author_id"], ["contributor.id"], name=op.f("fk_idea_author_id_contributor")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_city_id_city")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["idea.id"], name=op.f("fk_idea_merged_into_id_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sa.UniqueConstraint("city_id", "campaign_id", "came_from", name=op.f("uq_idea_city_id_campaign_id_came_from")),
        sa.UniqueConstraint("city_id", "campaign_id", "number", name=op.f("uq_idea_city_id_campaign_id_number")),
        sa.UniqueConstraint("city_id", "campaign_id", "receipt", name=op.f("uq_idea_city_id_campaign_id_receipt")),
    )
    op.create_index("ix_idea_author_id", "idea", ["author_id"], unique=False)
    op.create_index("ix_idea_category", "idea", ["city_id", "campaign_id", "showing", "category", "id"], unique=False)
    op.create_index("ix_idea_district", "idea", ["city_id", "campaign_id", "showing", "district", "id"], unique=False)
    op.create_index("ix_idea_merged_into_id", "idea", ["merged_into_id"], unique=False)
    op.create_index("ix_idea_mixed", "idea", ["city_id", "campaign_id", "showing", "mix", "id"], unique=False)
    op.create_index(
        "ix_idea_most_discussed", "idea", ["city_id", "campaign_id", "showing", "comments", "id"], unique=False
    )
    op.create_index(
        "ix_idea_most_supported", "idea", ["city_id", "campaign_id", "showing", "supports", "id"], unique=False
    )
    op.create_index("ix_idea_newest", "idea", ["city_id", "campaign_id", "showing", "id"], unique=False)
    op.create_index("ix_idea_same_text", "idea", ["city_id", "campaign_id", "text_digest"], unique=False)
    op.create_index("ix_idea_same_title", "idea", ["city_id", "campaign_id", "title_digest"], unique=False)
    op.create_index("ix_idea_status", "idea", ["city_id", "campaign_id", "showing", "status", "id"], unique=False)
    op.create_table(
        "idea_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_note_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_note_idea_id_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_note")),
    )
    op.create_index(op.f("ix_idea_note_idea_id"), "idea_note", ["idea_id"], unique=False)
    op.create_table(
        "idea_tag",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_tag_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_tag_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_tag_idea_id_idea")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "tag", "idea_id", name=op.f("pk_idea_tag")),
    )
    op.create_index(op.f("ix_idea_tag_idea_id"), "idea_tag", ["idea_id"], unique=False)
    op.create_table(
        "idea_term",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("in_title", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_idea_term_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_term_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_term_idea_id_idea")),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "term", "idea_id", name=op.f("pk_idea_term")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_idea_term_idea_id"), "idea_term", ["idea_id"], unique=False)
    op.create_table(
        "idea_version",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_version_city_id_city")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_version_idea_id_idea")),
        sa.PrimaryKeyConstraint("city_id", "idea_id", "edition", name=op.f("pk_idea_version")),
    )


def downgrade() -> None:
    op.drop_table("idea_version")
    op.drop_table("idea_term")
    op.drop_table("idea_tag")
    op.drop_table("idea_note")
    op.drop_table("idea")
    op.drop_table("contributor")
    op.drop_table("campaign_stage")
    op.drop_table("campaign_pulse")
    op.drop_table("campaign_category")
    op.drop_table("campaign")

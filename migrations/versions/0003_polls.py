"""Polls, their ballots and counters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("background", Json, nullable=False),
        sa.Column("choose_max", sa.Integer(), nullable=False),
        sa.Column("scale_points", sa.Integer(), nullable=False),
        sa.Column("scale_low", Json, nullable=False),
        sa.Column("scale_high", Json, nullable=False),
        sa.Column("is_shuffled", sa.Boolean(), nullable=False),
        sa.Column("has_other", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "form IN ('single', 'multiple', 'rank', 'scale', 'yes_no')", name=op.f("ck_poll_form_known")
        ),
        sa.CheckConstraint("choose_max BETWEEN 1 AND 30", name=op.f("ck_poll_choose_max_in_bounds")),
        sa.CheckConstraint("scale_points BETWEEN 2 AND 11", name=op.f("ck_poll_scale_in_bounds")),
        sa.ForeignKeyConstraint(["id"], ["consultation.id"], name="fk_poll_id_consultation"),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
    )
    op.create_table(
        "poll_option",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", Json, nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("picture_width", sa.Integer(), nullable=True),
        sa.Column("picture_height", sa.Integer(), nullable=True),
        sa.Column("picture_alt", Json, nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_poll_option_city_id_city"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_option_poll_id_poll"),
        sa.PrimaryKeyConstraint("city_id", "poll_id", "id", name="pk_poll_option"),
    )
    op.create_table(
        "poll_ballot",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("answer", Json, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_poll_ballot_city_id_city"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_ballot_poll_id_poll"),
        sa.PrimaryKeyConstraint("city_id", "poll_id", "id", name="pk_poll_ballot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_tally",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("rival", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_poll_tally_city_id_city"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_tally_poll_id_poll"),
        sa.PrimaryKeyConstraint(
            "city_id",
            "poll_id",
            "channel",
            "assurance",
            "choice",
            "rival",
            "place",
            "length",
            name="pk_poll_tally",
        ),
    )
    op.create_table(
        "poll_other_text",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("state IN ('held', 'approved', 'rejected')", name=op.f("ck_poll_other_text_state_known")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_poll_other_text_city_id_city"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_other_text_poll_id_poll"),
        sa.PrimaryKeyConstraint("city_id", "poll_id", "id", name="pk_poll_other_text"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "poll_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("part", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_poll_correction_city_id_city"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_correction_poll_id_poll"),
        sa.PrimaryKeyConstraint("id", name="pk_poll_correction"),
    )
    op.create_index("ix_poll_correction_poll_id", "poll_correction", ["poll_id"])


def downgrade() -> None:
    op.drop_table("poll_correction")
    op.drop_table("poll_other_text")
    op.drop_table("poll_tally")
    op.drop_table("poll_ballot")
    op.drop_table("poll_option")
    op.drop_table("poll")

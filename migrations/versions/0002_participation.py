"""Consultations, and taking part in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", Json, nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("results", sa.String(length=20), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawal_reason", Json, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "results IN ('always', 'after_answer', 'after_close')", name=op.f("ck_consultation_results_known")
        ),
        sa.CheckConstraint("assurance BETWEEN 0 AND 4", name=op.f("ck_consultation_assurance_known")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_consultation_opens_before_it_closes")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_consultation_city_id_city"),
        sa.PrimaryKeyConstraint("id", name="pk_consultation"),
        sa.UniqueConstraint("city_id", "kind", "slug", name="uq_consultation_city_id_kind_slug"),
    )
    op.create_index("ix_consultation_city_id_closes_at", "consultation", ["city_id", "closes_at"])
    op.create_table(
        "consultation_secret",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_consultation_secret_city_id_city"),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name="fk_consultation_secret_consultation_id_consultation",
        ),
        sa.PrimaryKeyConstraint("city_id", "consultation_id", name="pk_consultation_secret"),
    )
    op.create_table(
        "participation",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_participation_city_id_city"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_participation_consultation_id_consultation"
        ),
        sa.PrimaryKeyConstraint("city_id", "consultation_id", "participant", name="pk_participation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_receipt_city_id_city"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_receipt_consultation_id_consultation"
        ),
        sa.PrimaryKeyConstraint("city_id", "consultation_id", "key_digest", name="pk_receipt"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_count",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_answer_count_city_id_city"),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_answer_count_consultation_id_consultation"
        ),
        sa.PrimaryKeyConstraint("city_id", "consultation_id", "day", "channel", "assurance", name="pk_answer_count"),
    )
    op.create_table(
        "burst",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_burst_city_id_city"),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name="fk_burst_consultation_id_consultation"),
        sa.PrimaryKeyConstraint("city_id", "consultation_id", "day", name="pk_burst"),
    )


def downgrade() -> None:
    op.drop_table("burst")
    op.drop_table("answer_count")
    op.drop_table("receipt")
    op.drop_table("participation")
    op.drop_table("consultation_secret")
    op.drop_table("consultation")

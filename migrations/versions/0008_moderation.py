"""What waits for moderators, what they decided, appeals, reports, and how each city moderates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "moderation_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("sentence", Json, nullable=False),
        sa.Column("basis", Json, nullable=False),
        sa.Column("is_legal", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('approve', 'reject', 'restore', 'block')", name=op.f("ck_moderation_decision_verdict_known")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_decision_city_id_city")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_decision")),
    )
    op.create_index(op.f("ix_moderation_decision_city_id_at"), "moderation_decision", ["city_id", "at"], unique=False)
    op.create_index(op.f("ix_moderation_decision_is_done"), "moderation_decision", ["is_done"], unique=False)

    op.create_table(
        "moderation_reason",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", Json, nullable=False),
        sa.Column("sentence", Json, nullable=False),
        sa.Column("basis", Json, nullable=False),
        sa.Column("is_legal", sa.Boolean(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_reason_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "code", name=op.f("pk_moderation_reason")),
    )
    op.create_table(
        "moderation_rules",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("off", Json, nullable=False),
        sa.Column("most_links", sa.Integer(), nullable=False),
        sa.Column("burst", sa.Integer(), nullable=False),
        sa.Column("appeal_days", sa.Integer(), nullable=False),
        sa.Column("sends_digest", sa.Boolean(), nullable=False),
        sa.CheckConstraint("appeal_days BETWEEN 1 AND 90", name=op.f("ck_moderation_rules_appeal_days_in_bounds")),
        sa.CheckConstraint("burst BETWEEN 2 AND 1000", name=op.f("ck_moderation_rules_burst_in_bounds")),
        sa.CheckConstraint("most_links BETWEEN 0 AND 50", name=op.f("ck_moderation_rules_links_in_bounds")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_rules_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", name=op.f("pk_moderation_rules")),
    )
    op.create_table(
        "moderation_words",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_words_city_id_city")),
        sa.PrimaryKeyConstraint("city_id", "language", name=op.f("pk_moderation_words")),
    )
    op.create_table(
        "moderation_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("context", sa.String(length=300), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=True),
        sa.Column("assurance", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("reports_decided", sa.Integer(), nullable=False),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("assigned_to", sa.String(length=300), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "cause IN ('after', 'before', 'flagged', 'reported')", name=op.f("ck_moderation_item_cause_known")
        ),
        sa.CheckConstraint(
            "state != 'decided' OR decision_id IS NOT NULL", name=op.f("ck_moderation_item_decided_by_somebody")
        ),
        sa.CheckConstraint("state IN ('waiting', 'decided', 'gone')", name=op.f("ck_moderation_item_state_known")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_item_city_id_city")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_moderation_item_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["moderation_decision.id"], name=op.f("fk_moderation_item_decision_id_moderation_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_item")),
        sa.UniqueConstraint("city_id", "source", "subject", name=op.f("uq_moderation_item_city_id_source_subject")),
    )
    op.create_index(
        op.f("ix_moderation_item_author"), "moderation_item", ["city_id", "author", "created_at"], unique=False
    )
    op.create_index(op.f("ix_moderation_item_consultation_id"), "moderation_item", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_moderation_item_decision"), "moderation_item", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_moderation_item_kinds"), "moderation_item", ["city_id", "state", "source", "cause"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_item_oldest"), "moderation_item", ["city_id", "state", "waiting_since", "id"], unique=False
    )
    op.create_index(op.f("ix_moderation_item_same"), "moderation_item", ["city_id", "digest"], unique=False)

    op.create_table(
        "moderation_edition",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_edition_city_id_city")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["moderation_item.id"], name=op.f("fk_moderation_edition_item_id_moderation_item")
        ),
        sa.PrimaryKeyConstraint("city_id", "item_id", "digest", name=op.f("pk_moderation_edition")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "moderation_hit",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("found", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_hit_city_id_city")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["moderation_item.id"], name=op.f("fk_moderation_hit_item_id_moderation_item")
        ),
        sa.PrimaryKeyConstraint("city_id", "item_id", "rule", name=op.f("pk_moderation_hit")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "moderation_report",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("reporter", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_report_city_id_city")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["moderation_item.id"], name=op.f("fk_moderation_report_item_id_moderation_item")
        ),
        sa.PrimaryKeyConstraint("city_id", "item_id", "reporter", name=op.f("pk_moderation_report")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "moderation_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=True),
        sa.Column("was_shown", sa.Boolean(), nullable=False),
        sa.Column("had_machine", sa.Boolean(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_statement_city_id_city")),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["moderation_decision.id"],
            name=op.f("fk_moderation_statement_decision_id_moderation_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["moderation_item.id"], name=op.f("fk_moderation_statement_item_id_moderation_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_statement")),
    )
    op.create_index(op.f("ix_moderation_statement_author"), "moderation_statement", ["city_id", "author"], unique=False)
    op.create_index(op.f("ix_moderation_statement_item_id"), "moderation_statement", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_moderation_statement_work"), "moderation_statement", ["decision_id", "carried_out_at"], unique=False
    )

    op.create_table(
        "moderation_appeal",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=300), nullable=False),
        sa.CheckConstraint("outcome IN ('granted', 'upheld')", name=op.f("ck_moderation_appeal_outcome_known")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_moderation_appeal_decided_with_an_outcome")
        ),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_moderation_appeal_city_id_city")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["moderation_statement.id"],
            name=op.f("fk_moderation_appeal_statement_id_moderation_statement"),
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_moderation_appeal")),
    )
    op.create_index(
        op.f("ix_moderation_appeal_waiting"), "moderation_appeal", ["city_id", "outcome", "due_at"], unique=False
    )


def downgrade() -> None:
    for table in ("appeal", "statement", "report", "hit", "edition", "item", "words", "rules", "reason", "decision"):
        op.drop_table(f"moderation_{table}")

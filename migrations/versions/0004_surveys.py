"""Surveys, their waves and versions, what was answered, paper sheets, exports; and the districts of cities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "city_district",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", Json, nullable=False),
        sa.Column("outline", Json, nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_city_district_city_id_city"),
        sa.PrimaryKeyConstraint("city_id", "code", name="pk_city_district"),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("title", Json, nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("is_template", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_city_id_city"),
        sa.PrimaryKeyConstraint("id", name="pk_survey"),
    )
    op.create_index("ix_survey_city_id", "survey", ["city_id"])
    op.create_table(
        "survey_revision",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("act", sa.String(length=300), nullable=False),
        sa.Column("part", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_revision_city_id_city"),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_survey_revision_survey_id_survey"),
        sa.PrimaryKeyConstraint("city_id", "survey_id", "edition", name="pk_survey_revision"),
    )
    op.create_table(
        "survey_version",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_version_city_id_city"),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_survey_version_survey_id_survey"),
        sa.PrimaryKeyConstraint("city_id", "survey_id", "number", name="pk_survey_version"),
    )
    op.create_table(
        "survey_wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("name", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("paper_return", Json, nullable=False),
        sa.Column("kiosk_key", sa.String(length=20), nullable=False),
        sa.CheckConstraint("grace_minutes BETWEEN 0 AND 20160", name=op.f("ck_survey_wave_grace_in_bounds")),
        sa.ForeignKeyConstraint(["id"], ["consultation.id"], name="fk_survey_wave_id_consultation"),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_survey_wave_survey_id_survey"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_wave"),
    )
    op.create_index("ix_survey_wave_survey_id", "survey_wave", ["survey_id"])
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_double", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_paper_batch_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_paper_batch_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_batch"),
    )
    op.create_index("ix_paper_batch_wave_id", "paper_batch", ["wave_id"])
    op.create_table(
        "survey_breakdown",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("split", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("counters", Json, nullable=False),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_breakdown_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_breakdown_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("city_id", "wave_id", "split", name="pk_survey_breakdown"),
    )
    op.create_table(
        "survey_draft",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_draft_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_draft_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("city_id", "wave_id", "key", name="pk_survey_draft"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_export_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_export_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_export"),
    )
    op.create_index("ix_survey_export_wave_id", "survey_export", ["wave_id"])
    op.create_table(
        "survey_sheet",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_sheet_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_sheet_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("city_id", "wave_id", "id", name="pk_survey_sheet"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_tally",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("rival", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_tally_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_tally_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint(
            "city_id",
            "wave_id",
            "question",
            "version",
            "row",
            "choice",
            "rival",
            "place",
            "length",
            name="pk_survey_tally",
        ),
    )
    op.create_table(
        "survey_text",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("act", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("state IN ('held', 'approved', 'rejected')", name=op.f("ck_survey_text_state_known")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_survey_text_city_id_city"),
        sa.ForeignKeyConstraint(["wave_id"], ["survey_wave.id"], name="fk_survey_text_wave_id_survey_wave"),
        sa.PrimaryKeyConstraint("city_id", "wave_id", "sheet_id", "field", name="pk_survey_text"),
        sa.UniqueConstraint("city_id", "wave_id", "key", name="uq_survey_text_city_id_wave_id_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_text_review", "survey_text", ["city_id", "wave_id", "state", "field", "key"])
    op.create_table(
        "paper_entry",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("typed", Json, nullable=False),
        sa.Column("by", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("reading BETWEEN 1 AND 3", name=op.f("ck_paper_entry_reading_known")),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batch.id"], name="fk_paper_entry_batch_id_paper_batch"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name="fk_paper_entry_city_id_city"),
        sa.PrimaryKeyConstraint("city_id", "batch_id", "number", "reading", name="pk_paper_entry"),
    )


def downgrade() -> None:
    op.drop_table("paper_entry")
    op.drop_table("survey_text")
    op.drop_table("survey_tally")
    op.drop_table("survey_sheet")
    op.drop_table("survey_export")
    op.drop_table("survey_draft")
    op.drop_table("survey_breakdown")
    op.drop_table("paper_batch")
    op.drop_table("survey_wave")
    op.drop_table("survey_version")
    op.drop_table("survey_revision")
    op.drop_table("survey")
    op.drop_table("city_district")

"""Acts of staff that can be undone, drafts of ideas on accounts, the way out of mails, and words in one order.

Beginnings of words are looked up as a range, which has to mean the same in every database: by the numbers of signs.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    _order_words("C")
    with op.batch_alter_table("outgoing_mail") as mail:
        mail.add_column(sa.Column("way_out", sa.String(), nullable=True))
    op.drop_index("ix_idea_comment_helpful", table_name="idea_comment")
    op.create_index("ix_idea_comment_helpful", "idea_comment", ["city_id", "idea_id", "parent_id", "helpful", "id"])
    op.create_table(
        "idea_curating_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("events", Json, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        *_places("idea_curating_act"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_curating_act")),
    )
    op.create_index("ix_idea_curating_act_campaign_id", "idea_curating_act", ["campaign_id"])
    op.create_table(
        "idea_draft",
        sa.Column("city_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_places("idea_draft"),
        sa.PrimaryKeyConstraint("city_id", "campaign_id", "account_id", name=op.f("pk_idea_draft")),
    )
    op.create_index("ix_idea_draft_account_id", "idea_draft", ["account_id"])


def _places(table: str) -> list[sa.ForeignKeyConstraint]:
    """To the city, the campaign and the account that a row belongs to."""
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}.id"], name=op.f(f"fk_{table}_{name}_id_{name}"))
        for name in ("city", "campaign", "account")
    ]


def _order_words(collation: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE idea_term ALTER COLUMN term TYPE VARCHAR(40) COLLATE "{collation}"')


def downgrade() -> None:
    op.drop_table("idea_draft")
    op.drop_table("idea_curating_act")
    op.drop_index("ix_idea_comment_helpful", table_name="idea_comment")
    op.create_index(
        "ix_idea_comment_helpful", "idea_comment", ["city_id", "idea_id", "parent_id", "showing", "helpful", "id"]
    )
    with op.batch_alter_table("outgoing_mail") as mail:
        mail.drop_column("way_out")
    _order_words("default")

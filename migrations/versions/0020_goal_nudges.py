"""Somebody would like to hear of a goal."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "goal_nudges",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_goal_nudges_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "goal_id"],
            ["goals.organization_id", "goals.id"],
            name=op.f("fk_goal_nudges_organization_id_goal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "by_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_goal_nudges_organization_id_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "goal_id", name=op.f("pk_goal_nudges")),
    )
    op.create_index(
        op.f("ix_goal_nudges_organization_id_by_id"), "goal_nudges", ["organization_id", "by_id"]
    )
    for command in rls.protect("goal_nudges", allow=("SELECT", "INSERT", "DELETE")):
        op.execute(command)


def downgrade() -> None:
    op.drop_table("goal_nudges")

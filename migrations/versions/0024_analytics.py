"""Numbers about goals: facts that follow the log, and what they were at the end of each day."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0024"
down_revision = "0023"

# Also those it is not aligned to any more: they have lost what it brought along.
GOALS_EVER_ABOVE = """
CREATE FUNCTION goals_ever_above(organization uuid, goals uuid[])
RETURNS TABLE (goal_id uuid)
LANGUAGE sql STABLE ROWS 20 AS $$
    WITH RECURSIVE up AS (
        SELECT unnest(goals) AS id
        UNION
        SELECT h.parent_id FROM goals_history h JOIN up ON h.id = up.id
        WHERE h.organization_id = organization AND h.parent_id IS NOT NULL
    )
    SELECT up.id FROM up WHERE up.id IS NOT NULL
$$
"""

COUNTS = (
    *("goals", "owners", "active", "closed", "cancelled", "archived"),
    *("on_track", "at_risk", "off_track", "no_number", "measured"),
    *("waiting", "in_rhythm", "stale", "could_serve", "serving"),
)
NUMBER = sa.Numeric(30, 12)
WORD = sa.String(length=40)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "goal_facts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("level", WORD, nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("visibility", WORD, nullable=False),
        sa.Column("driver", WORD, nullable=False),
        sa.Column("has_key_results", sa.Boolean(), nullable=False),
        sa.Column("serves_another", sa.Boolean(), nullable=False),
        sa.Column("progress", NUMBER, nullable=True),
        sa.Column("manual_status", WORD, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("check_in_every_days", sa.Integer(), nullable=False),
        sa.Column("activated_at", TIME, nullable=True),
        sa.Column("checked_in_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_goal_facts_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "goal_id"],
            ["goals.organization_id", "goals.id"],
            name=op.f("fk_goal_facts_organization_id_goal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_goal_facts_organization_id_owner_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "goal_id", name=op.f("pk_goal_facts")),
    )
    op.create_index(
        op.f("ix_goal_facts_organization_id_owner_id"),
        "goal_facts",
        ["organization_id", "owner_id"],
    )
    op.create_index(
        "ix_goal_facts_of_cycle", "goal_facts", ["organization_id", "cycle_id", "department_id"]
    )
    op.create_table(
        "goal_snapshots",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("group_kind", WORD, nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("progress", "expected")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_goal_snapshots_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "cycle_id"],
            ["goal_cycles.organization_id", "goal_cycles.id"],
            name=op.f("fk_goal_snapshots_organization_id_cycle_id"),
        ),
        sa.PrimaryKeyConstraint(
            *("organization_id", "cycle_id", "group_kind", "group_id", "day"),
            name=op.f("pk_goal_snapshots"),
        ),
    )
    for table in ("goal_facts", "goal_snapshots"):
        for command in rls.protect(table):
            op.execute(command)
    op.execute(GOALS_EVER_ABOVE)


def downgrade() -> None:
    op.execute("DROP FUNCTION goals_ever_above(uuid, uuid[])")
    op.drop_table("goal_snapshots")
    op.drop_table("goal_facts")

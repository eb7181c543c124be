"""The life of a goal: people on it, closings, archive, agreement, carrying over, initiatives."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0007"
down_revision = "0006"

NUMBER = sa.Numeric(precision=30, scale=12)

GOALS_BELOW = """
CREATE FUNCTION goals_below(organization uuid, goal uuid)
RETURNS TABLE (goal_id uuid, steps integer)
LANGUAGE sql STABLE ROWS 20 AS $$
    WITH RECURSIVE down AS (
        SELECT g.id, 1 AS steps FROM goals g
        WHERE g.organization_id = organization AND g.parent_id = goal
        UNION ALL
        SELECT g.id, down.steps + 1 FROM goals g JOIN down ON g.parent_id = down.id
        WHERE g.organization_id = organization
    )
    SELECT down.id, down.steps FROM down
$$
"""

# Who closed a goal is in the event log, if it is still there.
KEEP_CLOSINGS = """
INSERT INTO goal_closings
    (organization_id, id, goal_id, outcome, note, score, closed_by_id, closed_at)
SELECT g.organization_id, gen_random_uuid(), g.id, g.state, g.closing_note, g.final_score, (
    SELECT e.actor_id FROM event_log e
    JOIN people p ON p.organization_id = e.organization_id AND p.id = e.actor_id
    WHERE e.organization_id = g.organization_id AND e.subject_id = g.id
        AND e.topic IN ('goals.goal_closed', 'goals.goal_cancelled')
    ORDER BY e.id DESC LIMIT 1
), g.ended_at
FROM goals g WHERE g.ended_at IS NOT NULL
"""

TAKE_CLOSINGS_BACK = """
UPDATE goals g SET closing_note = c.note, final_score = c.score, ended_at = c.closed_at
FROM (
    SELECT DISTINCT ON (organization_id, goal_id) * FROM goal_closings
    ORDER BY organization_id, goal_id, closed_at DESC, id DESC
) c
WHERE c.organization_id = g.organization_id AND c.goal_id = g.id
    AND g.state IN ('closed', 'cancelled')
"""

# Closed goals count again in what is above them.
RESTORE = (
    "CREATE TEMPORARY TABLE restored ON COMMIT DROP AS "
    "SELECT organization_id, id FROM goals WHERE state = 'archived'",
    "UPDATE goals SET state = archived_from, archived_from = NULL, archived_at = NULL "
    "WHERE state = 'archived'",
    "SELECT roll_up(organization_id, array_agg(id)) FROM restored GROUP BY organization_id",
)

TABLES = {
    "goal_members": rls.EVERYTHING,
    "goal_closings": ("SELECT", "INSERT"),
    "goal_negotiations": ("SELECT", "INSERT"),
    "initiatives": rls.EVERYTHING,
}


def upgrade() -> None:
    _add_columns()
    _create_tables()
    for table, allowed in TABLES.items():
        for command in rls.protect(table, allow=allowed):
            op.execute(command)
    op.execute(GOALS_BELOW)
    op.execute("REVOKE ALL ON FUNCTION goals_below(uuid, uuid) FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION goals_below(uuid, uuid) TO {rls.APP}")
    op.execute(KEEP_CLOSINGS)
    op.drop_constraint("ck_goals_final_score", "goals")
    for column in ("closing_note", "final_score", "ended_at"):
        op.drop_column("goals", column)


def _add_columns() -> None:
    for column in (
        _word("ambition", "committed", "aspirational", default="committed"),
        _word("purpose", "business", "development", default="business"),
        _word("agreement", "none", "proposed", "agreed", default="none"),
        _word("awaits", "owner", "manager", nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        _word("archived_from", *_STATES, nullable=True),
        sa.Column("carried_from_id", sa.Uuid(), nullable=True),
        sa.Column("parent_key_result_id", sa.Uuid(), nullable=True),
    ):
        op.add_column("goals", column)
    for name, condition in {
        "proposal": "(agreement = 'proposed') = (awaits IS NOT NULL) "
        "AND (agreement = 'proposed') = (proposed_by_id IS NOT NULL)",
        "archival": "(state = 'archived') = (archived_at IS NOT NULL) "
        "AND (state = 'archived') = (archived_from IS NOT NULL)",
        "archived_from": "archived_from IN ('closed', 'cancelled')",
        "key_result_of_parent": "parent_key_result_id IS NULL OR parent_id IS NOT NULL",
    }.items():
        op.create_check_constraint(op.f(f"ck_goals_{name}"), "goals", condition)
    for column, target in {
        "proposed_by_id": "people",
        "carried_from_id": "goals",
        "parent_key_result_id": "key_results",
    }.items():
        op.create_foreign_key(
            op.f(f"fk_goals_organization_id_{column}"),
            "goals",
            target,
            ["organization_id", column],
            ["organization_id", "id"],
        )
    _index("goals", "parent_key_result_id")
    op.create_index(
        "ix_goals_carried_from",
        "goals",
        ["organization_id", "carried_from_id"],
        unique=True,
        postgresql_where=sa.text("carried_from_id IS NOT NULL"),
    )


def _create_tables() -> None:
    op.create_table(
        "goal_members",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        _word("role", "owner", "contributor"),
        _instant("added_at"),
        _reference("goal_members", "goal_id", "goals", ondelete="CASCADE"),
        _reference("goal_members", "person_id", "people"),
        _owned("goal_members"),
        sa.PrimaryKeyConstraint(
            "organization_id", "goal_id", "person_id", name=op.f("pk_goal_members")
        ),
    )
    _index("goal_members", "person_id")
    op.create_table(
        "goal_closings",
        *_identity(),
        _word("outcome", *_STATES),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("note", "went_well", "went_badly", "next_time")
        ),
        sa.Column("score", NUMBER, nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        _instant("closed_at"),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_goal_closings_score")),
        sa.CheckConstraint(
            "outcome IN ('closed', 'cancelled')", name=op.f("ck_goal_closings_outcome")
        ),
        _reference("goal_closings", "goal_id", "goals"),
        _reference("goal_closings", "closed_by_id", "people"),
        _owned("goal_closings"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_closings")),
    )
    _index("goal_closings", "closed_by_id")
    _page("goal_closings", "closed_at")
    op.create_table(
        "goal_negotiations",
        *_identity(),
        _word("step", "proposed", "agreed", "changes_requested", "changed", "withdrawn"),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        _instant("at", "clock_timestamp()"),
        _reference("goal_negotiations", "goal_id", "goals", ondelete="CASCADE"),
        _reference("goal_negotiations", "by_id", "people"),
        _owned("goal_negotiations"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_negotiations")),
    )
    _index("goal_negotiations", "by_id")
    _page("goal_negotiations", "at")
    op.create_table(
        "initiatives",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("key_result_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        _instant("created_at"),
        _instant("updated_at"),
        _reference("initiatives", "goal_id", "goals", ondelete="CASCADE"),
        _reference("initiatives", "key_result_id", "key_results", ondelete="CASCADE"),
        _reference("initiatives", "owner_id", "people"),
        _owned("initiatives"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_initiatives")),
    )
    for column in ("goal_id", "key_result_id", "owner_id"):
        _index("initiatives", column)


_STATES = ("draft", "active", "closed", "cancelled", "archived")


def _identity() -> list[sa.Column[Any]]:
    return [
        sa.Column(name, sa.Uuid(), nullable=False) for name in ("organization_id", "id", "goal_id")
    ]


def _word(
    name: str, *words: str, nullable: bool = False, default: str | None = None
) -> sa.Column[Any]:
    kind = sa.Enum(*words, name=name, native_enum=False, length=40)
    return sa.Column(name, kind, nullable=nullable, server_default=default)


def _instant(name: str, default: str = "now()") -> sa.Column[Any]:
    now = sa.text(default)
    return sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_organization_id")
    return sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=name)


def _reference(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{target}.organization_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organization_id_{column}"),
        ondelete=ondelete,
    )


def _index(table: str, column: str) -> None:
    op.create_index(
        op.f(f"ix_{table}_organization_id_{column}"), table, ["organization_id", column]
    )


def _page(table: str, instant: str) -> None:
    op.create_index(f"ix_{table}_page", table, ["organization_id", "goal_id", instant, "id"])


def downgrade() -> None:
    """Goals keep how they ended last; earlier closings and whatever is new are lost."""
    for command in RESTORE:
        op.execute(command)
    for name, kind in {
        "closing_note": sa.String(),
        "final_score": NUMBER,
        "ended_at": sa.DateTime(timezone=True),
    }.items():
        op.add_column("goals", sa.Column(name, kind, nullable=True))
    op.create_check_constraint(op.f("ck_goals_final_score"), "goals", "final_score BETWEEN 0 AND 1")
    op.execute(TAKE_CLOSINGS_BACK)
    op.execute("DROP FUNCTION goals_below(uuid, uuid)")
    for table in reversed(TABLES):
        op.drop_table(table)
    for column in (
        "parent_key_result_id",
        "carried_from_id",
        "archived_from",
        "archived_at",
        "proposed_by_id",
        "awaits",
        "agreement",
        "purpose",
        "ambition",
    ):
        op.drop_column("goals", column)

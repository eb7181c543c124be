"""Views of the goals that people keep and share, and the one with which each begins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from perfapi.core import rls

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    now = sa.text("now()")
    op.create_table(
        "goal_views",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("query", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        _within("goal_views"),
        _reference("goal_views", "owner_id", "people"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_views")),
        sa.UniqueConstraint(
            "organization_id",
            "owner_id",
            "name",
            name=op.f("uq_goal_views_organization_id_owner_id_name"),
        ),
    )
    op.create_index("ix_goal_views_page", "goal_views", ["organization_id", "name", "id"])
    op.create_table(
        "goal_view_defaults",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("view_id", sa.Uuid(), nullable=False),
        _within("goal_view_defaults"),
        _reference("goal_view_defaults", "person_id", "people"),
        _reference("goal_view_defaults", "view_id", "goal_views", on_delete="CASCADE"),
        sa.PrimaryKeyConstraint("organization_id", "person_id", name=op.f("pk_goal_view_defaults")),
    )
    op.create_index(
        op.f("ix_goal_view_defaults_organization_id_view_id"),
        "goal_view_defaults",
        ["organization_id", "view_id"],
    )
    for table in ("goal_views", "goal_view_defaults"):
        for command in rls.protect(table):
            op.execute(command)


def _within(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_organization_id")
    return sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=name)


def _reference(
    table: str, column: str, other: str, *, on_delete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{other}.organization_id", f"{other}.id"],
        name=op.f(f"fk_{table}_organization_id_{column}"),
        ondelete=on_delete,
    )


def downgrade() -> None:
    op.drop_table("goal_view_defaults")
    op.drop_table("goal_views")

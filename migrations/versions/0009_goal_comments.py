"""Comments on goals, whom they mention, for whom they wait, and reactions to them and check-ins."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0009"
down_revision = "0008"

KINDS = ("thumbs_up", "celebrate", "heart", "eyes", "thanks")
ABOUT_PEOPLE = {
    "goal_comment_mentions": ("comment_id", "goal_comments"),
    "goal_comment_notices": ("comment_id", "goal_comments"),
    "goal_comment_reactions": ("comment_id", "goal_comments"),
    "check_in_reactions": ("check_in_id", "check_ins"),
}
WITH_KINDS = ("goal_comment_reactions", "check_in_reactions")
THERE_OR_NOT = ("SELECT", "INSERT", "DELETE")


def upgrade() -> None:
    now = sa.text("now()")
    op.create_table(
        "goal_comments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("reply_to_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.CheckConstraint(
            "(deleted_at IS NULL) = (text IS NOT NULL)",
            name=op.f("ck_goal_comments_deleted_or_text"),
        ),
        sa.CheckConstraint("reply_to_id <> id", name=op.f("ck_goal_comments_not_its_own_reply")),
        _reference("goal_comments", "author_id", "people"),
        _reference("goal_comments", "goal_id", "goals", ondelete="CASCADE"),
        _reference("goal_comments", "reply_to_id", "goal_comments"),
        _owned("goal_comments"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_comments")),
    )
    op.create_index(
        "ix_goal_comments_page", "goal_comments", ["organization_id", "goal_id", "created_at", "id"]
    )
    _index("goal_comments", "author_id")
    _index("goal_comments", "reply_to_id")
    for table, (column, target) in ABOUT_PEOPLE.items():
        kind = sa.Enum(*KINDS, name="reactionkind", native_enum=False, length=40)
        kinds = [sa.Column("kind", kind, nullable=False)] if table in WITH_KINDS else []
        key = ["organization_id", column, "person_id", *(one.name for one in kinds)]
        op.create_table(
            table,
            sa.Column("organization_id", sa.Uuid(), nullable=False),
            sa.Column(column, sa.Uuid(), nullable=False),
            sa.Column("person_id", sa.Uuid(), nullable=False),
            *kinds,
            _reference(table, column, target, ondelete="CASCADE"),
            _reference(table, "person_id", "people"),
            _owned(table),
            sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        )
        _index(table, "person_id")
        for command in rls.protect(table, allow=THERE_OR_NOT):
            op.execute(command)
    for command in rls.protect("goal_comments"):
        op.execute(command)


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


def downgrade() -> None:
    for table in reversed(ABOUT_PEOPLE):
        op.drop_table(table)
    op.drop_table("goal_comments")

"""Templates that an organization keeps for its goals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from perfapi.core import rls

revision = "0010"
down_revision = "0009"

FUNCTIONS = (
    *("engineering", "product", "design", "sales", "marketing"),
    *("customer_success", "finance", "people", "operations", "leadership"),
)
LANGUAGES = ("en", "de", "it", "nl")


def upgrade() -> None:
    now = sa.text("now()")
    op.create_table(
        "goal_templates",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        _word("function", "goalfunction", *FUNCTIONS),
        _word("language", "goallanguage", *LANGUAGES),
        sa.Column("key_results", postgresql.JSONB(), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_goal_templates_organization_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_goal_templates_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_templates")),
    )
    op.create_index("ix_goal_templates_page", "goal_templates", ["organization_id", "title", "id"])
    for command in rls.protect("goal_templates"):
        op.execute(command)


def _word(name: str, kind: str, *words: str) -> sa.Column[str]:
    return sa.Column(name, sa.Enum(*words, name=kind, native_enum=False, length=40), nullable=False)


def downgrade() -> None:
    op.drop_table("goal_templates")

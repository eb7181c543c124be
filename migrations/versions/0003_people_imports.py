"""Imports of people: the file, the plan, its rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from perfapi.core import rls

revision = "0003"
down_revision = "0002"


TABLES = (
    "people_imports",
    "people_import_chunks",
    "people_import_rows",
)


def upgrade() -> None:
    op.create_table(
        "people_imports",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "planning",
                "planned",
                "applying",
                "applied",
                "failed",
                "discarded",
                name="importstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "summary", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "warnings", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_people_imports_organization_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_people_imports_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_people_imports")),
    )
    op.create_index(
        op.f("ix_people_imports_organization_id_created_by_id"),
        "people_imports",
        ["organization_id", "created_by_id"],
        unique=False,
    )
    op.create_table(
        "people_import_chunks",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "import_id"],
            ["people_imports.organization_id", "people_imports.id"],
            name=op.f("fk_people_import_chunks_organization_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_people_import_chunks_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "import_id", "number", name=op.f("pk_people_import_chunks")
        ),
    )
    op.create_table(
        "people_import_rows",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "create",
                "update",
                "deactivate",
                "unchanged",
                "error",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("manager_id", sa.Uuid(), nullable=True),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "import_id"],
            ["people_imports.organization_id", "people_imports.id"],
            name=op.f("fk_people_import_rows_organization_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_people_import_rows_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_people_import_rows")),
    )
    op.create_index(
        "ix_people_import_rows_page",
        "people_import_rows",
        ["organization_id", "import_id", "row", "id"],
        unique=False,
    )
    for table in TABLES:
        for command in rls.protect(table):
            op.execute(command)


def downgrade() -> None:
    op.drop_table("people_import_rows")
    op.drop_table("people_import_chunks")
    op.drop_table("people_imports")

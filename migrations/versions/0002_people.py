"""People, their lines, teams and roles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from perfapi.core import rls

revision = "0002"
down_revision = "0001"


TABLES = (
    "departments",
    "department_lines",
    "people",
    "reporting_lines",
    "chains",
    "teams",
    "team_members",
    "role_assignments",
)


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.create_table(
        "departments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_departments_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_departments_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_departments_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_departments")),
        sa.UniqueConstraint(
            "organization_id", "name", name=op.f("uq_departments_organization_id_name")
        ),
    )
    op.create_index(
        op.f("ix_departments_organization_id_parent_id"),
        "departments",
        ["organization_id", "parent_id"],
        unique=False,
    )
    op.create_table(
        "department_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("ancestor_id", sa.Uuid(), nullable=False),
        sa.Column("descendant_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "ancestor_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_department_lines_organization_id_ancestor_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "descendant_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_department_lines_organization_id_descendant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_department_lines_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "ancestor_id", "descendant_id", name=op.f("pk_department_lines")
        ),
    )
    op.create_index(
        op.f("ix_department_lines_organization_id_descendant_id"),
        "department_lines",
        ["organization_id", "descendant_id"],
        unique=False,
    )
    op.create_table(
        "people",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("job_title", sa.String(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "upcoming",
                "active",
                "on_leave",
                "left",
                name="status",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("employment_type", sa.String(), nullable=True),
        sa.Column(
            "attributes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
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
        sa.CheckConstraint(
            "status <> 'left' OR left_on IS NOT NULL", name=op.f("ck_people_leavers_have_a_day")
        ),
        sa.CheckConstraint("left_on >= hired_on", name=op.f("ck_people_leaves_after_joining")),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_people_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_people_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_people")),
        sa.UniqueConstraint(
            "organization_id",
            "email",
            name=op.f("uq_people_organization_id_email"),
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.UniqueConstraint(
            "organization_id",
            "external_id",
            name=op.f("uq_people_organization_id_external_id"),
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )
    op.create_index(
        "ix_people_directory", "people", ["organization_id", "name", "id"], unique=False
    )
    op.create_index(
        op.f("ix_people_organization_id_department_id"),
        "people",
        ["organization_id", "department_id"],
        unique=False,
    )
    op.create_index(
        "ix_people_updated", "people", ["organization_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "reporting_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("primary", "dotted", name="linekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
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
        postgresql.ExcludeConstraint(
            (sa.column("organization_id"), "="),
            (sa.column("person_id"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("kind = 'primary'"),
            using="gist",
            name="ex_reporting_lines_one_primary_manager",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("organization_id"), "="),
            (sa.column("person_id"), "="),
            (sa.column("manager_id"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("kind = 'dotted'"),
            using="gist",
            name="ex_reporting_lines_one_dotted_line_to_a_manager",
        ),
        sa.CheckConstraint(
            "person_id <> manager_id", name=op.f("ck_reporting_lines_not_to_oneself")
        ),
        sa.CheckConstraint(
            "valid_to > valid_from", name=op.f("ck_reporting_lines_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "manager_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_reporting_lines_organization_id_manager_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_reporting_lines_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_reporting_lines_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_reporting_lines")),
    )
    op.create_index(
        op.f("ix_reporting_lines_organization_id_manager_id"),
        "reporting_lines",
        ["organization_id", "manager_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reporting_lines_organization_id_person_id"),
        "reporting_lines",
        ["organization_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "chains",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "manager_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_chains_organization_id_manager_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "report_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_chains_organization_id_report_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_chains_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "manager_id", "report_id", name=op.f("pk_chains")
        ),
    )
    op.create_index(
        "ix_chains_direct",
        "chains",
        ["organization_id", "manager_id"],
        unique=False,
        postgresql_where=sa.text("depth = 1"),
    )
    op.create_index(
        "ix_chains_report", "chains", ["organization_id", "report_id", "depth"], unique=False
    )
    op.create_table(
        "teams",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
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
            ["organization_id", "lead_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_teams_organization_id_lead_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_teams_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_teams")),
        sa.UniqueConstraint("organization_id", "name", name=op.f("uq_teams_organization_id_name")),
    )
    op.create_index(
        op.f("ix_teams_organization_id_lead_id"),
        "teams",
        ["organization_id", "lead_id"],
        unique=False,
    )
    op.create_table(
        "team_members",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_team_members_organization_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "team_id"],
            ["teams.organization_id", "teams.id"],
            name=op.f("fk_team_members_organization_id_team_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_team_members_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_team_members")),
        sa.UniqueConstraint(
            "organization_id",
            "team_id",
            "person_id",
            name=op.f("uq_team_members_organization_id_team_id_person_id"),
        ),
    )
    op.create_index(
        op.f("ix_team_members_organization_id_person_id"),
        "team_members",
        ["organization_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "role_assignments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("admin", "hr", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("department_id", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint(
            "role <> 'admin' OR department_id IS NULL",
            name=op.f("ck_role_assignments_admins_are_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_role_assignments_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_role_assignments_organization_id_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_role_assignments_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_role_assignments")),
        sa.UniqueConstraint(
            "organization_id",
            "person_id",
            "role",
            "department_id",
            name="uq_role_assignments_held_once",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        op.f("ix_role_assignments_organization_id_department_id"),
        "role_assignments",
        ["organization_id", "department_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_role_assignments_organization_id_person_id"),
        "role_assignments",
        ["organization_id", "person_id"],
        unique=False,
    )
    for table in TABLES:
        for command in rls.protect(table):
            op.execute(command)


def downgrade() -> None:
    op.drop_table("role_assignments")
    op.drop_table("team_members")
    op.drop_table("teams")
    op.drop_table("chains")
    op.drop_table("reporting_lines")
    op.drop_table("people")
    op.drop_table("department_lines")
    op.drop_table("departments")

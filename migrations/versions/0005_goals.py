"""Goal cycles, goals, key results and check-ins."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0005"
down_revision = "0004"


TABLES = ("goal_cycles", "goals", "goal_progress", "key_results", "key_result_progress")


def upgrade() -> None:
    op.create_table(
        "goal_cycles",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
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
            "ends_on >= starts_on", name=op.f("ck_goal_cycles_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_goal_cycles_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_cycles")),
    )
    op.create_index(
        "ix_goal_cycles_page", "goal_cycles", ["organization_id", "starts_on", "id"], unique=False
    )
    op.create_table(
        "goals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "company",
                "department",
                "team",
                "person",
                name="level",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum(
                "public",
                "department",
                "team",
                "manager_chain",
                "private",
                name="visibility",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weight", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column(
            "driver",
            sa.Enum("key_results", "goals", "both", name="driver", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "active",
                "closed",
                "cancelled",
                name="goalstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("check_in_every_days", sa.Integer(), nullable=False),
        sa.Column("closing_note", sa.String(), nullable=True),
        sa.Column("final_score", sa.Numeric(precision=30, scale=12), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
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
            "(level = 'department') = (department_id IS NOT NULL) "
            "AND (level = 'team') = (team_id IS NOT NULL)",
            name=op.f("ck_goals_level_and_unit"),
        ),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("ck_goals_due_after_it_starts")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_goals_not_its_own_parent")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_goals_weight")),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_goals_organization_id_created_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "cycle_id"],
            ["goal_cycles.organization_id", "goal_cycles.id"],
            name=op.f("fk_goals_organization_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_goals_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_goals_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["goals.organization_id", "goals.id"],
            name=op.f("fk_goals_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "team_id"],
            ["teams.organization_id", "teams.id"],
            name=op.f("fk_goals_organization_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_goals_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goals")),
    )
    op.create_index(
        op.f("ix_goals_organization_id_cycle_id"),
        "goals",
        ["organization_id", "cycle_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_goals_organization_id_department_id"),
        "goals",
        ["organization_id", "department_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_goals_organization_id_owner_id"),
        "goals",
        ["organization_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_goals_organization_id_parent_id"),
        "goals",
        ["organization_id", "parent_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_goals_organization_id_team_id"),
        "goals",
        ["organization_id", "team_id"],
        unique=False,
    )
    op.create_index(
        "ix_goals_page", "goals", ["organization_id", "cycle_id", "level", "id"], unique=False
    )
    op.create_table(
        "goal_progress",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("progress", sa.Numeric(precision=30, scale=12), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "goal_id"],
            ["goals.organization_id", "goals.id"],
            name=op.f("fk_goal_progress_organization_id_goal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_goal_progress_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "goal_id", name=op.f("pk_goal_progress")),
    )
    op.create_table(
        "key_results",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("number", "percent", name="keyresultkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("start", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("target", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("weight", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.CheckConstraint("start <> target", name=op.f("ck_key_results_goes_somewhere")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_key_results_weight")),
        sa.ForeignKeyConstraint(
            ["organization_id", "goal_id"],
            ["goals.organization_id", "goals.id"],
            name=op.f("fk_key_results_organization_id_goal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_key_results_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_key_results")),
    )
    op.create_index(
        op.f("ix_key_results_organization_id_goal_id"),
        "key_results",
        ["organization_id", "goal_id"],
        unique=False,
    )
    op.create_table(
        "key_result_progress",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key_result_id", sa.Uuid(), nullable=False),
        sa.Column("current", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("raw_progress", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("progress", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "key_result_id"],
            ["key_results.organization_id", "key_results.id"],
            name=op.f("fk_key_result_progress_organization_id_key_result_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_key_result_progress_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "key_result_id", name=op.f("pk_key_result_progress")
        ),
    )
    op.create_table(
        "check_ins",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_result_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("raw_progress", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column("progress", sa.Numeric(precision=30, scale=12), nullable=False),
        sa.Column(
            "checked_in_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name=op.f("ck_check_ins_confidence")),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_check_ins_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "key_result_id"],
            ["key_results.organization_id", "key_results.id"],
            name=op.f("fk_check_ins_organization_id_key_result_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_check_ins_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_check_ins")),
    )
    op.create_index(
        op.f("ix_check_ins_organization_id_author_id"),
        "check_ins",
        ["organization_id", "author_id"],
        unique=False,
    )
    op.create_index(
        "ix_check_ins_page", "check_ins", ["organization_id", "key_result_id", "id"], unique=False
    )
    for table in TABLES:
        for command in rls.protect(table):
            op.execute(command)
    for command in rls.protect("check_ins", allow=("SELECT", "INSERT")):
        op.execute(command)


def downgrade() -> None:
    op.drop_table("check_ins")
    op.drop_table("key_result_progress")
    op.drop_table("key_results")
    op.drop_table("goal_progress")
    op.drop_table("goals")
    op.drop_table("goal_cycles")

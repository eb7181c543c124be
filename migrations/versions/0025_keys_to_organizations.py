"""What refers to something of an organization needs no key to the organization itself."""

from alembic import op

revision = "0025"
down_revision = "0024"

TABLES = [
    "chains",
    "check_in_milestones",
    "check_in_reactions",
    "check_ins",
    "department_lines",
    "goal_closings",
    "goal_comment_mentions",
    "goal_comment_notices",
    "goal_comment_reactions",
    "goal_comments",
    "goal_facts",
    "goal_members",
    "goal_negotiations",
    "goal_nudges",
    "goal_progress",
    "goal_snapshots",
    "goal_templates",
    "goal_view_defaults",
    "goal_views",
    "goals",
    "initiatives",
    "invitations",
    "key_result_progress",
    "key_results",
    "milestones",
    "people_import_chunks",
    "people_import_rows",
    "reporting_lines",
    "role_assignments",
    "sessions",
    "team_members",
]


def upgrade() -> None:
    for table in TABLES:
        op.drop_constraint(op.f(f"fk_{table}_organization_id"), table, type_="foreignkey")


def downgrade() -> None:
    for table in TABLES:
        op.create_foreign_key(
            op.f(f"fk_{table}_organization_id"),
            table,
            "organizations",
            ["organization_id"],
            ["id"],
        )

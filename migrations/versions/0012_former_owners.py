"""Who owned a goal keeps it in sight: a member who stays as long as they wish."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column(
        "goal_members",
        sa.Column("was_owner", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("goal_members_history", sa.Column("was_owner", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("goal_members_history", "was_owner")
    op.drop_column("goal_members", "was_owner")

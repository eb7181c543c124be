"""Who owned a goal keeps it in sight: a member who stays as long as they wish."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column(
        "goal_members",
        sa.Column("was_owner", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("goal_members", "was_owner")

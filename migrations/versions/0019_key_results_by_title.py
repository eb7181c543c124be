"""Key results are found by their words, whatever goal they measure."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_index("ix_key_results_by_title", "key_results", ["organization_id", "title", "id"])


def downgrade() -> None:
    op.drop_index("ix_key_results_by_title", "key_results")

"""Replies to a comment are a list of their own."""

from alembic import op

revision = "0013"
down_revision = "0012"

WAS, IS = "ix_goal_comments_organization_id_reply_to_id", "ix_goal_comments_replies"


def upgrade() -> None:
    op.create_index(IS, "goal_comments", ["organization_id", "reply_to_id", "created_at", "id"])
    op.drop_index(WAS, "goal_comments")


def downgrade() -> None:
    op.create_index(WAS, "goal_comments", ["organization_id", "reply_to_id"])
    op.drop_index(IS, "goal_comments")

"""A step of a negotiation knows whose goal it was; versions of deleted goals go with them."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

# Of steps so far it is known only if one of the present sides made them.
WHOSE = """
UPDATE goal_negotiations n SET owner_id = g.owner_id
FROM goals g
WHERE g.organization_id = n.organization_id AND g.id = n.goal_id AND (
    n.by_id = g.owner_id OR EXISTS (
        SELECT FROM chains c WHERE c.organization_id = g.organization_id
            AND c.manager_id = n.by_id AND c.report_id = g.owner_id
    )
)
"""
# Nobody sees them any more. What hangs on the goal goes before it, so that nothing comes after.
FORGET = """
CREATE FUNCTION forget_goal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM milestones_history m USING key_results_history k
    WHERE k.organization_id = OLD.organization_id AND k.goal_id = OLD.id
        AND m.organization_id = k.organization_id AND m.key_result_id = k.id;
    DELETE FROM key_result_progress_history p USING key_results_history k
    WHERE k.organization_id = OLD.organization_id AND k.goal_id = OLD.id
        AND p.organization_id = k.organization_id AND p.key_result_id = k.id;
    DELETE FROM key_results_history WHERE organization_id = OLD.organization_id
        AND goal_id = OLD.id;
    DELETE FROM goal_members_history WHERE organization_id = OLD.organization_id
        AND goal_id = OLD.id;
    DELETE FROM goal_progress_history WHERE organization_id = OLD.organization_id
        AND goal_id = OLD.id;
    DELETE FROM goals_history WHERE organization_id = OLD.organization_id AND id = OLD.id;
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    op.add_column("goal_negotiations", sa.Column("owner_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_goal_negotiations_organization_id_owner_id"),
        "goal_negotiations",
        "people",
        ["organization_id", "owner_id"],
        ["organization_id", "id"],
    )
    op.execute(WHOSE)
    op.execute(FORGET)
    op.execute("REVOKE ALL ON FUNCTION forget_goal() FROM public")
    # By its name it runs behind the trigger that keeps versions.
    op.execute(
        "CREATE TRIGGER keep_none_of_deleted AFTER DELETE ON goals "
        "FOR EACH ROW EXECUTE FUNCTION forget_goal()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_none_of_deleted ON goals")
    op.execute("DROP FUNCTION forget_goal()")
    op.drop_column("goal_negotiations", "owner_id")

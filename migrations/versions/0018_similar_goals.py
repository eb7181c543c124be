"""Goals that say nearly the same are found by trigrams."""

from alembic import op

from perfapi.core import rls

revision = "0018"
down_revision = "0017"

# Of the entered organization. What YOU may not see of it is left out by whoever calls.
GOALS_LIKE = f"""
CREATE FUNCTION goals_like(title text, measured text[])
RETURNS TABLE (goal_id uuid, likeness real)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
SET search_path = pg_catalog, public, pg_temp AS $$
    WITH here AS (SELECT nullif(current_setting('{rls.SETTING}', true), '')::uuid AS id)
    SELECT found.goal_id, max(found.likeness)
    FROM (
        SELECT g.id AS goal_id, similarity(g.title, goals_like.title) AS likeness
        FROM here JOIN goals g ON g.organization_id = here.id AND g.title % goals_like.title
        UNION ALL
        SELECT k.goal_id, similarity(k.title, one.title)
        FROM here
        CROSS JOIN unnest(measured) AS one(title)
        JOIN key_results k ON k.organization_id = here.id AND k.title % one.title
        WHERE k.archived_at IS NULL
    ) found
    GROUP BY found.goal_id
$$
"""
SIGNATURE = "goals_like(text, text[])"
INDEXES = {"ix_goals_alike": "goals", "ix_key_results_alike": "key_results"}


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, table in INDEXES.items():
        op.create_index(
            name,
            table,
            ["organization_id", "title"],
            postgresql_using="gist",
            postgresql_ops={"title": "gist_trgm_ops"},
        )
    op.execute(GOALS_LIKE)
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {rls.APP}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")
    for name, table in INDEXES.items():
        op.drop_index(name, table)

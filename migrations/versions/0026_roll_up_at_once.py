"""A chain of goals is reckoned from the bottom up and written at once, by plans that are kept.

PostgreSQL planned the statements of the roll-up anew for each goal, which took longer than to run
them: plans for the one goal at hand looked cheaper than one for any number of them. They all look
rows up by their keys, so that one plan does for all.
"""

from alembic import context, op

from perfapi.core import rls

revision = "0026"
down_revision = "0025"

KEPT_PLANS = "SET plan_cache_mode = force_generic_plan"

# The rule of the roll-up, in one place: P = sum(w * p) / sum(w) over live children with w > 0.
# Of goals in `ahead` it takes what was reckoned a moment ago and is not stored yet.
ROLLED_UP = """
CREATE FUNCTION rolled_up(organization uuid, goal uuid, ahead uuid[], reckoned numeric[])
RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT ratio_half_even(sum(part.weight * part.progress), sum(part.weight))
    FROM goals g
    CROSS JOIN LATERAL (
        SELECT k.weight, p.progress
        FROM key_results k
        JOIN key_result_progress p
            ON p.organization_id = k.organization_id AND p.key_result_id = k.id
        WHERE k.organization_id = organization AND k.goal_id = goal
            AND g.driver IN ('key_results', 'both') AND k.archived_at IS NULL
        UNION ALL
        SELECT c.weight, CASE
            WHEN c.id = ANY (ahead) THEN reckoned[array_position(ahead, c.id)]
            ELSE (
                SELECT p.progress FROM goal_progress p
                WHERE p.organization_id = organization AND p.goal_id = c.id
            )
        END
        FROM goals c
        WHERE c.organization_id = organization AND c.parent_id = goal
            AND g.driver IN ('goals', 'both') AND c.state IN ('active', 'closed')
    ) part
    WHERE g.organization_id = organization AND g.id = goal
        AND part.weight > 0 AND part.progress IS NOT NULL
$$
"""

STORE_PROGRESS = """
CREATE FUNCTION store_progress(organization uuid, settled uuid[], reckoned numeric[])
RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE changed integer;
BEGIN
    INSERT INTO goal_progress AS stored (organization_id, goal_id, progress, checked_in_at)
    SELECT organization, g.id, found.progress, (
        SELECT max(p.checked_in_at)
        FROM key_results k
        JOIN key_result_progress p
            ON p.organization_id = k.organization_id AND p.key_result_id = k.id
        WHERE k.organization_id = g.organization_id AND k.goal_id = g.id
    )
    FROM unnest(settled, reckoned) AS found (goal_id, progress)
    JOIN goals g ON g.organization_id = organization AND g.id = found.goal_id
    ON CONFLICT (organization_id, goal_id) DO UPDATE SET
        progress = excluded.progress, checked_in_at = excluded.checked_in_at
    WHERE (stored.progress, stored.checked_in_at)
        IS DISTINCT FROM (excluded.progress, excluded.checked_in_at);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$
"""

SETTLE_GOALS = f"""
CREATE OR REPLACE FUNCTION settle_goals(organization uuid, settled uuid[]) RETURNS integer
LANGUAGE plpgsql {KEPT_PLANS} AS $$
BEGIN
    RETURN store_progress(organization, settled, ARRAY(
        SELECT rolled_up(organization, id, '{{}}', '{{}}') FROM unnest(settled) AS id
    ));
END
$$
"""

# Locked from the bottom up before anything is read: whoever comes second below the same ancestor
# waits here, and then sees what the first one stored.
ROLL_UP = f"""
CREATE OR REPLACE FUNCTION roll_up(organization uuid, touched uuid[]) RETURNS void
LANGUAGE plpgsql {KEPT_PLANS} AS $$
DECLARE
    chain uuid[];
    reckoned numeric[];
BEGIN
    WITH RECURSIVE up (id, parent_id) AS (
        SELECT g.id, g.parent_id FROM goals g
        WHERE g.organization_id = organization AND g.id = ANY (touched)
        UNION
        SELECT up.parent_id, (
            SELECT g.parent_id FROM goals g
            WHERE g.organization_id = organization AND g.id = up.parent_id
        )
        FROM up WHERE up.parent_id IS NOT NULL
    ), placed AS (
        SELECT up.id, 0 AS depth FROM up WHERE up.parent_id IS NULL
        UNION ALL
        SELECT up.id, placed.depth + 1 FROM up JOIN placed ON up.parent_id = placed.id
    )
    SELECT coalesce(array_agg(placed.id ORDER BY placed.depth DESC, placed.id), '{{}}')
    INTO chain FROM placed;
    PERFORM FROM goal_progress p
    WHERE p.organization_id = organization AND p.goal_id = ANY (chain)
    ORDER BY array_position(chain, p.goal_id) FOR UPDATE;
    FOR place IN 1 .. cardinality(chain) LOOP
        reckoned[place] := rolled_up(organization, chain[place], chain, reckoned);
    END LOOP;
    PERFORM store_progress(organization, chain, reckoned);
END
$$
"""

FUNCTIONS = {
    "rolled_up(uuid, uuid, uuid[], numeric[])": ROLLED_UP,
    "store_progress(uuid, uuid[], numeric[])": STORE_PROGRESS,
}
FORMER_RULE = "rolled_up(uuid, uuid)"


def upgrade() -> None:
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        _for_the_app(signature)
    op.execute(SETTLE_GOALS)
    op.execute(ROLL_UP)
    op.execute(f"ALTER FUNCTION settle_key_results(uuid, uuid[]) {KEPT_PLANS}")
    op.execute(f"DROP FUNCTION {FORMER_RULE}")


def _for_the_app(signature: str) -> None:
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")


def downgrade() -> None:
    goals = context.script.get_revision("0005").module
    op.execute(goals.ROLLED_UP)
    _for_the_app(FORMER_RULE)
    for former in (goals.SETTLE_GOALS, goals.ROLL_UP):
        op.execute(former.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    op.execute("ALTER FUNCTION settle_key_results(uuid, uuid[]) RESET ALL")
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")

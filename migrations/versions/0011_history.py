"""Every version of goals, of what they are measured by, of people and of settings is kept."""

from alembic import context, op

from perfapi.core import history, rls

revision = "0011"
down_revision = "0010"

KEYS = {
    "organizations": ("id",),
    "people": ("organization_id", "id"),
    "team_members": ("organization_id", "id"),
    "goals": ("organization_id", "id"),
    "goal_progress": ("organization_id", "goal_id"),
    "goal_members": ("organization_id", "goal_id", "person_id"),
    "key_results": ("organization_id", "id"),
    "key_result_progress": ("organization_id", "key_result_id"),
    "milestones": ("organization_id", "id"),
}
# What is looked up by whom it belongs to.
INDEXES = {
    "team_members": ("person_id",),
    "goals": ("parent_id", "cycle_id", "owner_id"),
    "key_results": ("goal_id",),
    "milestones": ("key_result_id",),
}

# As it was at that instant: of the goals above now another may be in between.
GOALS_ABOVE_AT = """
CREATE FUNCTION goals_above_at(organization uuid, goal uuid, instant timestamptz)
RETURNS TABLE (goal_id uuid, steps integer)
LANGUAGE sql STABLE ROWS 5 AS $$
    WITH RECURSIVE held AS NOT MATERIALIZED (
        SELECT g.id, g.parent_id FROM goals_history g
        WHERE g.organization_id = organization AND g.parent_id IS NOT NULL
            AND g.since <= instant AND (g.until IS NULL OR g.until > instant)
    ), up AS (
        SELECT held.parent_id, 1 AS steps FROM held WHERE held.id = goal
        UNION ALL
        SELECT held.parent_id, up.steps + 1 FROM held JOIN up ON held.id = up.parent_id
    )
    SELECT up.parent_id, up.steps FROM up
$$
"""

# A step function: each value holds until the next check-in. Only what was measured counts, so that
# it begins with the first check-in, or with the goal if there was one before.
PERIOD_SCORE = """
CREATE FUNCTION period_score(
    organization uuid, key_result uuid, lower numeric, upper numeric,
    since timestamptz, until timestamptz
) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT ratio_half_even(
        coalesce(sum(extract(epoch FROM ends - begins)) FILTER (WHERE is_inside), 0),
        sum(extract(epoch FROM ends - begins))
    )
    FROM (
        SELECT greatest(c.checked_in_at, since) AS begins,
               least(lead(c.checked_in_at) OVER (ORDER BY c.checked_in_at, c.id), until) AS ends,
               progress_at(c.value, NULL, NULL, lower, upper, NULL) = 1 AS is_inside
        FROM check_ins c
        WHERE c.organization_id = organization AND c.key_result_id = key_result
    ) steps
    WHERE begins < ends
$$
"""
FUNCTIONS = {
    "goals_above_at(uuid, uuid, timestamptz)": GOALS_ABOVE_AT,
    "period_score(uuid, uuid, numeric, numeric, timestamptz, timestamptz)": PERIOD_SCORE,
}
FORMER_SCORE = "period_score(uuid, uuid, timestamptz, timestamptz)"


def upgrade() -> None:
    op.execute(history.HAPPENED_AT)
    _for_the_app("happened_at()")
    for table, key in KEYS.items():
        owner = "id" if table == "organizations" else "organization_id"
        for command in history.kept(table, *key, owner=owner):
            op.execute(command)
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(
                f"ix_{table}_history_{column}", f"{table}_history", ["organization_id", column]
            )
    op.execute(f"DROP FUNCTION {FORMER_SCORE}")
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        _for_the_app(signature)


def _for_the_app(signature: str) -> None:
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.execute(context.script.get_revision("0008").module.PERIOD_SCORE)
    _for_the_app(FORMER_SCORE)
    for command in history.no_longer_kept(list(KEYS)):
        op.execute(command)
    op.execute("DROP FUNCTION happened_at()")

"""Goal cycles, goals, key results, check-ins, and the arithmetic of progress."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0005"
down_revision = "0004"

NUMBER = sa.Numeric(precision=30, scale=12)
RAW = sa.Numeric(precision=36, scale=12)

# PostgreSQL rounds half away from zero, and only after a division that was cut off already. Here
# both are integers, so that a tie is seen as one: 12 places, half to even.
RATIO_HALF_EVEN = """
CREATE FUNCTION ratio_half_even(numerator numeric, denominator numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    size numeric := abs(denominator);
    scaled numeric := abs(numerator) * 1000000000000;
    steps numeric;
    twice_the_rest numeric;
BEGIN
    IF size = 0 THEN
        RETURN NULL;
    END IF;
    steps := div(scaled, size);
    twice_the_rest := 2 * (scaled - steps * size);
    IF twice_the_rest > size OR (twice_the_rest = size AND mod(steps, 2) = 1) THEN
        steps := steps + 1;
    END IF;
    RETURN sign(numerator) * sign(denominator) * steps * 0.000000000001;
END
$$
"""

# The rule of the roll-up, in one place: P = sum(w * p) / sum(w) over live children with w > 0.
ROLLED_UP = """
CREATE FUNCTION rolled_up(organization uuid, goal uuid) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT ratio_half_even(sum(part.weight * part.progress), sum(part.weight))
    FROM (
        SELECT k.weight, p.progress
        FROM goals g
        JOIN key_results k ON k.organization_id = g.organization_id AND k.goal_id = g.id
        JOIN key_result_progress p
            ON p.organization_id = k.organization_id AND p.key_result_id = k.id
        WHERE g.organization_id = organization AND g.id = goal
            AND g.driver IN ('key_results', 'both') AND k.archived_at IS NULL
        UNION ALL
        SELECT c.weight, p.progress
        FROM goals g
        JOIN goals c ON c.organization_id = g.organization_id AND c.parent_id = g.id
        JOIN goal_progress p ON p.organization_id = c.organization_id AND p.goal_id = c.id
        WHERE g.organization_id = organization AND g.id = goal
            AND g.driver IN ('goals', 'both') AND c.state IN ('active', 'closed')
    ) part
    WHERE part.weight > 0 AND part.progress IS NOT NULL
$$
"""

# Both tell how many rows were not yet as they should be. A check-in and the full recompute settle
# with the same functions: what one stores the other finds right.
SETTLE_KEY_RESULTS = """
CREATE FUNCTION settle_key_results(organization uuid, settled uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE changed integer;
BEGIN
    INSERT INTO key_result_progress AS stored (
        organization_id, key_result_id, current, raw_progress, progress, confidence, checked_in_at
    )
    SELECT organization, k.id, stands.at, raw.p, least(greatest(raw.p, 0), 1),
           latest.confidence, latest.checked_in_at
    FROM key_results k
    LEFT JOIN LATERAL (
        SELECT c.value, c.confidence, c.checked_in_at
        FROM check_ins c
        WHERE c.organization_id = k.organization_id AND c.key_result_id = k.id
        ORDER BY c.checked_in_at DESC, c.id DESC
        LIMIT 1
    ) latest ON true
    CROSS JOIN LATERAL (SELECT coalesce(latest.value, k.start) AS at) stands
    CROSS JOIN LATERAL (SELECT ratio_half_even(stands.at - k.start, k.target - k.start) AS p) raw
    WHERE k.organization_id = organization AND k.id = ANY (settled)
    ON CONFLICT (organization_id, key_result_id) DO UPDATE SET
        current = excluded.current, raw_progress = excluded.raw_progress,
        progress = excluded.progress, confidence = excluded.confidence,
        checked_in_at = excluded.checked_in_at
    WHERE (stored.current, stored.raw_progress, stored.progress, stored.confidence,
           stored.checked_in_at)
        IS DISTINCT FROM (excluded.current, excluded.raw_progress, excluded.progress,
                          excluded.confidence, excluded.checked_in_at);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$
"""

SETTLE_GOALS = """
CREATE FUNCTION settle_goals(organization uuid, settled uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE changed integer;
BEGIN
    INSERT INTO goal_progress AS stored (organization_id, goal_id, progress, checked_in_at)
    SELECT organization, g.id, rolled_up(organization, g.id), (
        SELECT max(p.checked_in_at)
        FROM key_results k
        JOIN key_result_progress p
            ON p.organization_id = k.organization_id AND p.key_result_id = k.id
        WHERE k.organization_id = g.organization_id AND k.goal_id = g.id
    )
    FROM goals g
    WHERE g.organization_id = organization AND g.id = ANY (settled)
    ON CONFLICT (organization_id, goal_id) DO UPDATE SET
        progress = excluded.progress, checked_in_at = excluded.checked_in_at
    WHERE (stored.progress, stored.checked_in_at)
        IS DISTINCT FROM (excluded.progress, excluded.checked_in_at);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$$
"""

# Locked from the bottom up before anything is read: whoever comes second below the same ancestor
# waits here, and then sees what the first one stored.
ROLL_UP = """
CREATE FUNCTION roll_up(organization uuid, touched uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    chain uuid[];
    step uuid;
BEGIN
    WITH RECURSIVE up AS (
        SELECT g.id, g.parent_id FROM goals g
        WHERE g.organization_id = organization AND g.id = ANY (touched)
        UNION
        SELECT g.id, g.parent_id FROM goals g JOIN up ON g.id = up.parent_id
        WHERE g.organization_id = organization
    ), placed AS (
        SELECT up.id, 0 AS depth FROM up WHERE up.parent_id IS NULL
        UNION ALL
        SELECT up.id, placed.depth + 1 FROM up JOIN placed ON up.parent_id = placed.id
    )
    SELECT array_agg(placed.id ORDER BY placed.depth DESC, placed.id) INTO chain FROM placed;
    PERFORM FROM goal_progress p
    WHERE p.organization_id = organization AND p.goal_id = ANY (chain)
    ORDER BY array_position(chain, p.goal_id) FOR UPDATE;
    FOREACH step IN ARRAY coalesce(chain, '{}') LOOP
        PERFORM settle_goals(organization, ARRAY[step]);
    END LOOP;
END
$$
"""

GOALS_ABOVE = """
CREATE FUNCTION goals_above(organization uuid, goal uuid)
RETURNS TABLE (goal_id uuid, steps integer)
LANGUAGE sql STABLE ROWS 5 AS $$
    WITH RECURSIVE up AS (
        SELECT g.parent_id, 1 AS steps FROM goals g
        WHERE g.organization_id = organization AND g.id = goal AND g.parent_id IS NOT NULL
        UNION ALL
        SELECT g.parent_id, up.steps + 1 FROM goals g JOIN up ON g.id = up.parent_id
        WHERE g.organization_id = organization AND g.parent_id IS NOT NULL
    )
    SELECT up.parent_id, up.steps FROM up
$$
"""

FUNCTIONS = {
    "ratio_half_even(numeric, numeric)": RATIO_HALF_EVEN,
    "rolled_up(uuid, uuid)": ROLLED_UP,
    "settle_key_results(uuid, uuid[])": SETTLE_KEY_RESULTS,
    "settle_goals(uuid, uuid[])": SETTLE_GOALS,
    "roll_up(uuid, uuid[])": ROLL_UP,
    "goals_above(uuid, uuid)": GOALS_ABOVE,
}
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
        *_times(),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_goal_cycles_ends_after_it_starts")
        ),
        _owned("goal_cycles"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goal_cycles")),
    )
    op.create_index("ix_goal_cycles_page", "goal_cycles", ["organization_id", "starts_on", "id"])
    op.create_table(
        "goals",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        _word("level", "level", "company", "department", "team", "person"),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        _word(
            "visibility", "visibility", "public", "department", "team", "manager_chain", "private"
        ),
        sa.Column("weight", NUMBER, nullable=False),
        _word("driver", "driver", "key_results", "goals", "both"),
        _word("state", "goalstate", "draft", "active", "closed", "cancelled"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("check_in_every_days", sa.Integer(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.String(), nullable=True),
        sa.Column("final_score", NUMBER, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        *_times(),
        sa.CheckConstraint(
            "(level = 'department') = (department_id IS NOT NULL) "
            "AND (level = 'team') = (team_id IS NOT NULL)",
            name=op.f("ck_goals_level_and_unit"),
        ),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("ck_goals_due_after_it_starts")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_goals_not_its_own_parent")),
        sa.CheckConstraint("check_in_every_days > 0", name=op.f("ck_goals_rhythm")),
        sa.CheckConstraint("final_score BETWEEN 0 AND 1", name=op.f("ck_goals_final_score")),
        sa.CheckConstraint(
            "state NOT IN ('active', 'closed') OR activated_at IS NOT NULL",
            name=op.f("ck_goals_activation"),
        ),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_goals_weight")),
        _reference("goals", "created_by_id", "people"),
        _reference("goals", "cycle_id", "goal_cycles"),
        _reference("goals", "department_id", "departments"),
        _reference("goals", "owner_id", "people"),
        _reference("goals", "parent_id", "goals"),
        _reference("goals", "team_id", "teams"),
        _owned("goals"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_goals")),
    )
    _index("goals", "cycle_id")
    _index("goals", "department_id")
    _index("goals", "owner_id")
    _index("goals", "parent_id")
    _index("goals", "team_id")
    op.create_index("ix_goals_by_title", "goals", ["organization_id", "title", "id"])
    op.create_index("ix_goals_by_due_day", "goals", ["organization_id", "due_on", "id"])
    op.create_index("ix_goals_by_update", "goals", ["organization_id", "updated_at", "id"])
    op.create_table(
        "goal_progress",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("progress", NUMBER, nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        _reference("goal_progress", "goal_id", "goals", ondelete="CASCADE"),
        _owned("goal_progress"),
        sa.PrimaryKeyConstraint("organization_id", "goal_id", name=op.f("pk_goal_progress")),
    )
    op.create_table(
        "key_results",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        _word("kind", "keyresultkind", "number", "percent"),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("start", NUMBER, nullable=False),
        sa.Column("target", NUMBER, nullable=False),
        sa.Column("weight", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        *_times(),
        sa.CheckConstraint("start <> target", name=op.f("ck_key_results_goes_somewhere")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_key_results_weight")),
        _reference("key_results", "goal_id", "goals", ondelete="CASCADE"),
        _owned("key_results"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_key_results")),
    )
    _index("key_results", "goal_id")
    op.create_table(
        "key_result_progress",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key_result_id", sa.Uuid(), nullable=False),
        sa.Column("current", NUMBER, nullable=False),
        sa.Column("raw_progress", RAW, nullable=False),
        sa.Column("progress", NUMBER, nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        _reference("key_result_progress", "key_result_id", "key_results", ondelete="CASCADE"),
        _owned("key_result_progress"),
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
        sa.Column("value", NUMBER, nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("raw_progress", RAW, nullable=False),
        sa.Column("progress", NUMBER, nullable=False),
        sa.Column(
            "checked_in_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name=op.f("ck_check_ins_confidence")),
        _reference("check_ins", "author_id", "people"),
        _reference("check_ins", "key_result_id", "key_results"),
        _owned("check_ins"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_check_ins")),
    )
    _index("check_ins", "author_id")
    op.create_index(
        "ix_check_ins_page",
        "check_ins",
        ["organization_id", "key_result_id", "checked_in_at", "id"],
    )
    for table in TABLES:
        for command in rls.protect(table):
            op.execute(command)
    for command in rls.protect("check_ins", allow=("SELECT", "INSERT")):
        op.execute(command)
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")


def _times() -> list[sa.Column[Any]]:
    now = sa.text("now()")
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=now, nullable=False)
        for name in ("created_at", "updated_at")
    ]


def _word(name: str, kind: str, *words: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Enum(*words, name=kind, native_enum=False, length=40), nullable=False)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_organization_id")
    return sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=name)


def _reference(
    table: str, column: str, target: str, *, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{target}.organization_id", f"{target}.id"],
        name=op.f(f"fk_{table}_organization_id_{column}"),
        ondelete=ondelete,
    )


def _index(table: str, column: str) -> None:
    op.create_index(
        op.f(f"ix_{table}_organization_id_{column}"), table, ["organization_id", column]
    )


def downgrade() -> None:
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("check_ins")
    op.drop_table("key_result_progress")
    op.drop_table("key_results")
    op.drop_table("goal_progress")
    op.drop_table("goals")
    op.drop_table("goal_cycles")

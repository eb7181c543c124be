"""Key results of every kind: currencies, yes or no, milestones, bands and manual percentages; and
goals whose status somebody decided."""

import sqlalchemy as sa
from alembic import context, op

from perfapi.core import rls

revision = "0008"
down_revision = "0007"

NUMBER = sa.Numeric(precision=30, scale=12)
RAW = sa.Numeric(precision=36, scale=12)

# How far a value is, of every kind: on the way from start to target, or else in a band, where
# outside it loses with the distance. GREATEST leaves out a side that the band does not have.
PROGRESS_AT = """
CREATE FUNCTION progress_at(
    value numeric, start numeric, target numeric, lower numeric, upper numeric, tolerance numeric
) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN value IS NULL THEN NULL
        WHEN start IS NOT NULL THEN ratio_half_even(value - start, target - start)
        WHEN outside.distance = 0 THEN 1
        WHEN tolerance IS NULL THEN 0
        ELSE ratio_half_even(greatest(tolerance - outside.distance, 0), tolerance)
    END
    FROM (SELECT greatest(lower - value, value - upper, 0) AS distance) outside
$$
"""

SHARE_OF_MILESTONES = """
CREATE FUNCTION share_of_milestones(organization uuid, key_result uuid, done uuid[])
RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        ratio_half_even(sum(m.weight) FILTER (WHERE m.id = ANY (done)), sum(m.weight)), 0
    )
    FROM milestones m
    WHERE m.organization_id = organization AND m.key_result_id = key_result
        AND m.archived_at IS NULL
$$
"""

# A step function: each value holds until the next check-in. Only what was measured counts, so that
# it begins with the first check-in, or with the goal if there was one before.
PERIOD_SCORE = """
CREATE FUNCTION period_score(
    organization uuid, key_result uuid, since timestamptz, until timestamptz
) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT ratio_half_even(
        coalesce(sum(extract(epoch FROM ends - begins)) FILTER (WHERE is_inside), 0),
        sum(extract(epoch FROM ends - begins))
    )
    FROM (
        SELECT greatest(c.checked_in_at, since) AS begins,
               least(lead(c.checked_in_at) OVER (ORDER BY c.checked_in_at, c.id), until) AS ends,
               progress_at(c.value, NULL, NULL, k.lower, k.upper, NULL) = 1 AS is_inside
        FROM key_results k
        JOIN check_ins c ON c.organization_id = k.organization_id AND c.key_result_id = k.id
        WHERE k.organization_id = organization AND k.id = key_result
    ) steps
    WHERE begins < ends
$$
"""

# A milestone is done since the first check-in behind the last one that did not name it.
SETTLE_KEY_RESULTS = """
CREATE OR REPLACE FUNCTION settle_key_results(organization uuid, settled uuid[]) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    ticked integer;
    changed integer;
BEGIN
    UPDATE milestones AS stored SET done_at = replayed.done_at
    FROM (
        SELECT m.id, (
            SELECT min(c.checked_in_at)
            FROM check_ins c
            WHERE c.organization_id = m.organization_id AND c.key_result_id = m.key_result_id
                AND (gap.id IS NULL OR (c.checked_in_at, c.id) > (gap.checked_in_at, gap.id))
        ) AS done_at
        FROM milestones m
        LEFT JOIN LATERAL (
            SELECT c.checked_in_at, c.id
            FROM check_ins c
            WHERE c.organization_id = m.organization_id AND c.key_result_id = m.key_result_id
                AND NOT EXISTS (
                    SELECT FROM check_in_milestones named
                    WHERE named.organization_id = c.organization_id
                        AND named.check_in_id = c.id AND named.milestone_id = m.id
                )
            ORDER BY c.checked_in_at DESC, c.id DESC
            LIMIT 1
        ) gap ON true
        WHERE m.organization_id = organization AND m.key_result_id = ANY (settled)
            AND m.archived_at IS NULL
    ) replayed
    WHERE stored.organization_id = organization AND stored.id = replayed.id
        AND stored.done_at IS DISTINCT FROM replayed.done_at;
    GET DIAGNOSTICS ticked = ROW_COUNT;
    INSERT INTO key_result_progress AS stored (
        organization_id, key_result_id, current, raw_progress, progress, confidence, checked_in_at
    )
    SELECT organization, k.id, stands.at, raw.p,
           CASE WHEN raw.p IS NOT NULL THEN least(greatest(raw.p, 0), 1) END,
           latest.confidence, latest.checked_in_at
    FROM key_results k
    LEFT JOIN LATERAL (
        SELECT c.id, c.value, c.confidence, c.checked_in_at
        FROM check_ins c
        WHERE c.organization_id = k.organization_id AND c.key_result_id = k.id
        ORDER BY c.checked_in_at DESC, c.id DESC
        LIMIT 1
    ) latest ON true
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN k.kind = 'milestones' THEN share_of_milestones(organization, k.id, ARRAY(
                SELECT named.milestone_id FROM check_in_milestones named
                WHERE named.organization_id = organization AND named.check_in_id = latest.id
            ))
            ELSE coalesce(latest.value, k.start)
        END AS at
    ) stands
    CROSS JOIN LATERAL (
        SELECT progress_at(stands.at, k.start, k.target, k.lower, k.upper, k.tolerance) AS p
    ) raw
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
    RETURN ticked + changed;
END
$$
"""

FUNCTIONS = {
    "progress_at(numeric, numeric, numeric, numeric, numeric, numeric)": PROGRESS_AT,
    "share_of_milestones(uuid, uuid, uuid[])": SHARE_OF_MILESTONES,
    "period_score(uuid, uuid, timestamptz, timestamptz)": PERIOD_SCORE,
}
NULL_OF_A_BAND = {
    "key_results": {"start": NUMBER, "target": NUMBER},
    "key_result_progress": {"current": NUMBER, "raw_progress": RAW, "progress": NUMBER},
}
NO_LONGER_THERE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM key_results WHERE kind NOT IN ('number', 'percent')) THEN
        RAISE EXCEPTION 'There are key results of kinds that this version does not know.'
            USING HINT = 'Remove them first: there is no honest number to make of them.';
    END IF;
END $$
"""


def upgrade() -> None:
    op.add_column(
        "goals",
        sa.Column(
            "manual_status",
            sa.Enum(
                "on_track",
                "at_risk",
                "off_track",
                name="goalstatus",
                native_enum=False,
                length=40,
            ),
        ),
    )
    for column in ("lower", "upper", "tolerance"):
        op.add_column("key_results", sa.Column(column, NUMBER))
    for table, columns in NULL_OF_A_BAND.items():
        for column, kind in columns.items():
            op.alter_column(table, column, existing_type=kind, nullable=True)
    op.create_check_constraint(
        op.f("ck_key_results_way_or_band"),
        "key_results",
        "(kind = 'maintain') = (start IS NULL) AND (kind = 'maintain') = (target IS NULL) "
        "AND (kind = 'maintain') = (lower IS NOT NULL OR upper IS NOT NULL) "
        "AND (kind = 'maintain' OR tolerance IS NULL)",
    )
    op.create_check_constraint(op.f("ck_key_results_band"), "key_results", "lower <= upper")
    op.create_check_constraint(op.f("ck_key_results_tolerance"), "key_results", "tolerance > 0")
    op.create_table(
        "milestones",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_result_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("weight", NUMBER, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_milestones_weight")),
        _reference("milestones", "key_result_id", "key_results", ondelete="CASCADE"),
        _owned("milestones"),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_milestones")),
    )
    op.create_index(
        "ix_milestones_in_order",
        "milestones",
        ["organization_id", "key_result_id", "position", "id"],
    )
    op.create_table(
        "check_in_milestones",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=False),
        _reference("check_in_milestones", "check_in_id", "check_ins"),
        _reference("check_in_milestones", "milestone_id", "milestones"),
        _owned("check_in_milestones"),
        sa.PrimaryKeyConstraint(
            "organization_id", "check_in_id", "milestone_id", name=op.f("pk_check_in_milestones")
        ),
    )
    op.create_index(
        op.f("ix_check_in_milestones_organization_id_milestone_id"),
        "check_in_milestones",
        ["organization_id", "milestone_id"],
    )
    protections = rls.protect("milestones")
    protections += rls.protect("check_in_milestones", allow=("SELECT", "INSERT"))
    for command in protections:
        op.execute(command)
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")
    op.execute(SETTLE_KEY_RESULTS)


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


def downgrade() -> None:
    op.execute(NO_LONGER_THERE)
    former: str = context.script.get_revision("0005").module.SETTLE_KEY_RESULTS
    op.execute(former.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for signature in reversed(FUNCTIONS):
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("check_in_milestones")
    op.drop_table("milestones")
    for name in ("tolerance", "band", "way_or_band"):
        op.drop_constraint(op.f(f"ck_key_results_{name}"), "key_results", type_="check")
    for table, columns in NULL_OF_A_BAND.items():
        for column, kind in columns.items():
            op.alter_column(table, column, existing_type=kind, nullable=False)
    for column in ("tolerance", "upper", "lower"):
        op.drop_column("key_results", column)
    op.drop_column("goals", "manual_status")

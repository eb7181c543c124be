"""The event log is chained, so that nobody changes it unnoticed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from perfapi.core import rls

revision = "0023"
down_revision = "0022"

CHAINS_BEHIND = """
CREATE FUNCTION chains_behind() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.id
    FROM organizations o
    LEFT JOIN event_chains c ON c.organization_id = o.id
    WHERE EXISTS (
        SELECT FROM event_log e
        WHERE e.organization_id = o.id AND e.position > coalesce(c.position, 0)
        AND e.chain IS NULL
    )
$$
"""

# Fills in what is empty, in order and from the head that the caller has read: of two workers at
# once the second finds another head. The links are computed here: nobody can hand in others.
EXTEND_CHAIN = """
CREATE FUNCTION extend_chain(
    extended uuid, head_was bytea, positions bigint[], digests bytea[]
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head event_chains;
    latest bigint := positions[cardinality(positions)];
    fresh record;
    filled integer := 0;
BEGIN
    INSERT INTO event_chains (organization_id, count, position, chain)
    VALUES (extended, 0, 0, sha256('perfapi event log '::bytea || uuid_send(extended)))
    ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM event_chains WHERE organization_id = extended FOR UPDATE;
    IF head.chain <> head_was OR cardinality(digests) <> cardinality(positions)
        OR positions IS DISTINCT FROM (
            SELECT array_agg(position ORDER BY position) FROM event_log
            WHERE organization_id = extended AND chain IS NULL
            AND position > head.position AND position <= latest
        )
    THEN
        RETURN 0;
    END IF;
    FOR fresh IN
        SELECT e.id, e.position, e.topic, e.occurred_at, given.digest
        FROM unnest(positions, digests) AS given(position, digest)
        JOIN event_log e ON e.organization_id = extended AND e.position = given.position
        ORDER BY e.position
    LOOP
        head.chain := sha256(head.chain || fresh.digest || convert_to(concat_ws(
            ' ', fresh.position, fresh.id, fresh.topic, extract(epoch FROM fresh.occurred_at)
        ), 'UTF8'));
        UPDATE event_log SET digest = fresh.digest, chain = head.chain
        WHERE organization_id = extended AND id = fresh.id;
        filled := filled + 1;
    END LOOP;
    UPDATE event_chains
    SET count = count + filled, position = latest, chain = head.chain, chained_at = now()
    WHERE organization_id = extended;
    RETURN filled;
END
$$
"""

ERASE_EVENTS = f"""
CREATE FUNCTION erase_events(ids uuid[]) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH erased AS (
        UPDATE event_log SET payload = NULL, salt = NULL
        WHERE organization_id = nullif(current_setting('{rls.SETTING}', true), '')::uuid
        AND id = ANY (ids) AND chain IS NOT NULL AND salt IS NOT NULL
        RETURNING 1
    )
    SELECT count(*)::integer FROM erased
$$
"""

FUNCTIONS = {
    "chains_behind()": CHAINS_BEHIND,
    "extend_chain(uuid, bytea, bigint[], bytea[])": EXTEND_CHAIN,
    "erase_events(uuid[])": ERASE_EVENTS,
}


def upgrade() -> None:
    op.create_table(
        "event_chains",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("chained_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verdict", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_event_chains_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_event_chains")),
    )
    for command in rls.protect("event_chains", allow=("SELECT",)):
        op.execute(command)
    # The head moves with the chain only; what a check has found is written down by who checked.
    op.execute(f"GRANT UPDATE (checked_at, verdict) ON event_chains TO {rls.APP}")
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.WORKER}")


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("event_chains")
    # The log stays as it is; what was chained would be chained again from its beginning.
    op.execute("UPDATE event_log SET digest = NULL, chain = NULL WHERE chain IS NOT NULL")

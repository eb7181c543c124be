"""Whoever freezes the alignment waits for it briefly: behind them, check-ins would wait too."""

from alembic import op

from perfapi.core import rls

revision = "0014"
down_revision = "0013"

# The setting holds for the function alone, and the block keeps the transaction alive.
FREEZE = """
CREATE FUNCTION freeze_alignment(organization uuid) RETURNS boolean
LANGUAGE plpgsql SET lock_timeout = '300ms' AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(uuid_hash_extended(organization, 60415));
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$$
"""


def upgrade() -> None:
    op.execute(FREEZE)
    op.execute("REVOKE ALL ON FUNCTION freeze_alignment(uuid) FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION freeze_alignment(uuid) TO {rls.APP}")


def downgrade() -> None:
    op.execute("DROP FUNCTION freeze_alignment(uuid)")

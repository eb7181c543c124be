"""After a load of many rows, PostgreSQL is told to look at them at once."""

from alembic import op

from perfapi.core import rls

revision = "0021"
down_revision = "0020"

# ANALYZE is for owners. Names of what is not ours are passed over.
LOOK_AT = """
CREATE FUNCTION look_at(names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE name text;
BEGIN
    FOR name IN
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND c.relname = ANY (names)
        ORDER BY c.relname
    LOOP
        EXECUTE format('ANALYZE public.%I', name);
    END LOOP;
END
$$
"""
SIGNATURE = "look_at(text[])"


def upgrade() -> None:
    op.execute(LOOK_AT)
    op.execute(f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {rls.APP}")


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURE}")

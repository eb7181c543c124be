"""Letters with one-time tokens: invitations and new passwords by mail; an event log to read."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0006"
down_revision = "0005"

# The letter of an event is written at most once in effect: an older request that comes late does
# not take the place of a newer one. Null: there is nothing to send.
KEEP_PASSWORD_RESET = """
CREATE FUNCTION keep_password_reset(
    asking_person_id uuid, asking_event_id uuid, hash bytea, until timestamptz
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered uuid := nullif(current_setting('perfapi.organization_id', true), '')::uuid;
    account uuid;
    address text;
BEGIN
    SELECT a.id, a.email INTO account, address
    FROM memberships m
    JOIN accounts a ON a.id = m.account_id
    JOIN people p ON (p.organization_id, p.id) = (m.organization_id, m.person_id)
    WHERE m.organization_id = entered AND m.person_id = asking_person_id
      AND a.password_hash IS NOT NULL AND p.status <> 'left';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO password_resets AS kept (account_id, event_id, token_hash, expires_at)
    VALUES (account, asking_event_id, hash, until)
    ON CONFLICT (account_id) DO UPDATE
        SET event_id = excluded.event_id, token_hash = excluded.token_hash,
            expires_at = excluded.expires_at
        WHERE kept.event_id < excluded.event_id;
    RETURN CASE WHEN FOUND THEN address END;
END
$$
"""

# With the person in whose organization it is told: the first that they have not left.
FIND_PASSWORD_RESET = """
CREATE FUNCTION find_password_reset(hash bytea)
RETURNS TABLE (email text, organization_id uuid, person_id uuid, person_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.email, m.organization_id, m.person_id, p.name
    FROM password_resets r
    JOIN accounts a ON a.id = r.account_id
    JOIN memberships m ON m.account_id = a.id
    JOIN organizations o ON o.id = m.organization_id
    JOIN people p ON (p.organization_id, p.id) = (m.organization_id, m.person_id)
    WHERE r.token_hash = hash AND r.expires_at > now()
      AND a.password_hash IS NOT NULL AND p.status <> 'left'
    ORDER BY o.name, o.id LIMIT 1
$$
"""

# Uses the token up, and ends every session of the account, in every organization.
RESET_PASSWORD = """
CREATE FUNCTION reset_password(hash bytea, new_hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE account uuid;
BEGIN
    UPDATE password_resets SET token_hash = NULL
    WHERE token_hash = hash AND expires_at > now()
    RETURNING account_id INTO account;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE accounts SET password_hash = new_hash, updated_at = now()
    WHERE id = account AND password_hash IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE sessions SET ended_at = now() WHERE account_id = account AND ended_at IS NULL;
    RETURN true;
END
$$
"""

ACCOUNT_ADDRESS = """
CREATE FUNCTION account_address(of_person_id uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.email FROM memberships m JOIN accounts a ON a.id = m.account_id
    WHERE m.organization_id = nullif(current_setting('perfapi.organization_id', true), '')::uuid
      AND m.person_id = of_person_id
$$
"""

# As before, and links to a new password that are still under way end with it.
SET_PASSWORD = """
CREATE OR REPLACE FUNCTION set_password(
    changing_account_id uuid, old_hash text, new_hash text, kept_session_id uuid
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE accounts SET password_hash = new_hash, updated_at = now()
    WHERE id = changing_account_id AND password_hash = old_hash;
    IF NOT FOUND THEN
        RETURN false;
    END IF;{resets}
    UPDATE sessions SET ended_at = now()
    WHERE account_id = changing_account_id AND id <> kept_session_id AND ended_at IS NULL;
    RETURN true;
END
$$
"""
END_RESETS = """
    UPDATE password_resets SET token_hash = NULL WHERE account_id = changing_account_id;"""

# Whoever opens a session holds the password that was verified: a new one, set meanwhile, either
# waits and then ends the session, or has won and there is none.
HOLD_PASSWORD = """
CREATE FUNCTION hold_password(of_account_id uuid, verified_hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM accounts a
    WHERE a.id = of_account_id AND a.password_hash = verified_hash FOR SHARE;
    RETURN FOUND;
END
$$
"""

FUNCTIONS = {
    "hold_password(uuid, text)": HOLD_PASSWORD,
    "keep_password_reset(uuid, uuid, bytea, timestamptz)": KEEP_PASSWORD_RESET,
    "find_password_reset(bytea)": FIND_PASSWORD_RESET,
    "reset_password(bytea, text)": RESET_PASSWORD,
    "account_address(uuid)": ACCOUNT_ADDRESS,
}


def upgrade() -> None:
    op.alter_column("invitations", "token_hash", nullable=True)
    op.create_table(
        "password_resets",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_password_resets_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_password_resets")),
    )
    op.create_index("uq_password_resets_token_hash", "password_resets", ["token_hash"], unique=True)
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")
    op.execute(SET_PASSWORD.format(resets=END_RESETS))
    op.create_index(
        "ix_sessions_open", "sessions", ["account_id"], postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index("ix_event_log_topic", "event_log", ["organization_id", "topic", "position"])
    op.create_index("ix_event_log_actor", "event_log", ["organization_id", "actor_id", "position"])
    op.create_index(
        "ix_event_log_occurred_at", "event_log", ["occurred_at"], postgresql_using="brin"
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["organization_id", "state", "created_at", "id"],
        postgresql_where=sa.text("state <> 'done'"),
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_open", "deliveries")
    op.drop_index("ix_event_log_occurred_at", "event_log")
    op.drop_index("ix_event_log_actor", "event_log")
    op.drop_index("ix_event_log_topic", "event_log")
    op.drop_index("ix_sessions_open", "sessions")
    op.execute(SET_PASSWORD.format(resets=""))
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("password_resets")
    # Those whose letter is still under way: nobody holds a token of them.
    op.execute("DELETE FROM invitations WHERE token_hash IS NULL")
    op.alter_column("invitations", "token_hash", nullable=False)

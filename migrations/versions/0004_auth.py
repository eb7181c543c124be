"""Accounts, sessions and invitations."""

import sqlalchemy as sa
from alembic import op

from perfapi.core import rls

revision = "0004"
down_revision = "0003"


TABLES = ("sessions", "invitations")

FIND_ACCOUNT = """
CREATE FUNCTION find_account(sought text)
RETURNS TABLE (account_id uuid, password_hash text, memberships jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id, a.password_hash, coalesce(
        (SELECT jsonb_agg(jsonb_build_object(
             'organization_id', o.id, 'slug', o.slug, 'name', o.name, 'person_id', m.person_id)
             ORDER BY o.name)
         FROM memberships m
         JOIN organizations o ON o.id = m.organization_id
         JOIN people p ON (p.organization_id, p.id) = (m.organization_id, m.person_id)
         WHERE m.account_id = a.id AND p.status <> 'left'), '[]')
    FROM accounts a WHERE a.email = sought
$$
"""

ENTER_SESSION = """
CREATE FUNCTION enter_session(session_id uuid)
RETURNS TABLE (organization_id uuid, person_id uuid, today date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT s.organization_id, s.person_id, (now() AT TIME ZONE o.time_zone)::date
    INTO organization_id, person_id, today
    FROM sessions s
    JOIN organizations o ON o.id = s.organization_id
    JOIN people p ON (p.organization_id, p.id) = (s.organization_id, s.person_id)
    WHERE s.id = session_id AND s.ended_at IS NULL AND s.expires_at > now()
      AND p.status <> 'left';
    IF FOUND THEN
        PERFORM set_config('perfapi.organization_id', organization_id::text, true);
        RETURN NEXT;
    END IF;
END
$$
"""

FIND_REFRESH = """
CREATE FUNCTION find_refresh(hash bytea)
RETURNS TABLE (organization_id uuid, session_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.organization_id, s.id FROM sessions s WHERE s.family_hash = hash
$$
"""

FIND_INVITATION = """
CREATE FUNCTION find_invitation(hash bytea)
RETURNS TABLE (organization_id uuid, invitation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.organization_id, i.id FROM invitations i
    WHERE i.token_hash = hash AND i.accepted_at IS NULL AND i.expires_at > now()
$$
"""

# Makes or finds the account of an e-mail address and ties it to a person of the organization that
# was entered. A password that an account already has is never replaced here, and a person who has
# an account never gets another: null. Whoever may change addresses could take people over so.
JOIN_ACCOUNT = """
CREATE FUNCTION join_account(address text, joining_person_id uuid, hash text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entered uuid := nullif(current_setting('perfapi.organization_id', true), '')::uuid;
    account uuid;
BEGIN
    INSERT INTO accounts (id, email, password_hash) VALUES (gen_random_uuid(), address, hash)
    ON CONFLICT (email) DO UPDATE
        SET password_hash = coalesce(accounts.password_hash, excluded.password_hash),
            updated_at = now()
    RETURNING id INTO account;
    INSERT INTO memberships (account_id, organization_id, person_id)
    VALUES (account, entered, joining_person_id)
    ON CONFLICT DO NOTHING;
    RETURN (
        SELECT m.account_id FROM memberships m
        WHERE (m.account_id, m.organization_id, m.person_id)
            = (account, entered, joining_person_id)
    );
END
$$
"""

# Only of an account that the signed-in person belongs to.
PASSWORD_OF = """
CREATE FUNCTION password_of(asking_session_id uuid)
RETURNS TABLE (account_id uuid, email text, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.id, a.email, a.password_hash FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.id = asking_session_id AND s.ended_at IS NULL
      AND s.organization_id = nullif(current_setting('perfapi.organization_id', true), '')::uuid
$$
"""

# The account's other sessions end with it, in every organization.
SET_PASSWORD = """
CREATE FUNCTION set_password(
    changing_account_id uuid, old_hash text, new_hash text, kept_session_id uuid
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE accounts SET password_hash = new_hash, updated_at = now()
    WHERE id = changing_account_id AND password_hash = old_hash;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE sessions SET ended_at = now()
    WHERE account_id = changing_account_id AND id <> kept_session_id AND ended_at IS NULL;
    RETURN true;
END
$$
"""

FUNCTIONS = {
    "find_account(text)": FIND_ACCOUNT,
    "enter_session(uuid)": ENTER_SESSION,
    "find_refresh(bytea)": FIND_REFRESH,
    "find_invitation(bytea)": FIND_INVITATION,
    "join_account(text, uuid, text)": JOIN_ACCOUNT,
    "password_of(uuid)": PASSWORD_OF,
    "set_password(uuid, text, text, uuid)": SET_PASSWORD,
}


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "memberships",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_memberships_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_memberships_organization_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "organization_id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "organization_id", "person_id", name=op.f("uq_memberships_organization_id_person_id")
        ),
    )
    op.create_table(
        "sessions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("family_hash", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_hash", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=True),
        sa.Column(
            "refreshed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_agent", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_sessions_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_sessions_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sessions")),
    )
    op.create_index(
        op.f("ix_sessions_organization_id_person_id"),
        "sessions",
        ["organization_id", "person_id"],
        unique=False,
    )
    op.create_index("uq_sessions_family_hash", "sessions", ["family_hash"], unique=True)
    op.create_table(
        "invitations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "invited_by_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_invitations_organization_id_invited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["people.organization_id", "people.id"],
            name=op.f("fk_invitations_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_invitations_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_invitations")),
    )
    op.create_index(
        op.f("ix_invitations_organization_id_person_id"),
        "invitations",
        ["organization_id", "person_id"],
        unique=False,
    )
    op.create_index("uq_invitations_token_hash", "invitations", ["token_hash"], unique=True)
    for table in TABLES:
        for command in rls.protect(table):
            op.execute(command)
    for signature, function in FUNCTIONS.items():
        op.execute(function)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")


def downgrade() -> None:
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("invitations")
    op.drop_table("sessions")
    op.drop_table("memberships")
    op.drop_table("accounts")

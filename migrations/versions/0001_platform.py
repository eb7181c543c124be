"""Organizations, the event log and what follows from it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from perfapi.core import rls

revision = "0001"
down_revision = None


ENTER_ORGANIZATION = """
CREATE FUNCTION enter_organization(entering uuid) RETURNS date
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE today date;
BEGIN
    PERFORM set_config('perfapi.organization_id', entering::text, true);
    SELECT (now() AT TIME ZONE time_zone)::date INTO STRICT today
    FROM organizations WHERE id = entering;
    RETURN today;
END
$$
"""

# For commands of the operator: the one of that short name, or the only one there is.
FIND_ORGANIZATION = """
CREATE FUNCTION find_organization(short text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN count(*) = 1 THEN (array_agg(id))[1] END
    FROM organizations WHERE short IS NULL OR slug = short
$$
"""

HAS_ORGANIZATIONS = """
CREATE FUNCTION has_organizations() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM organizations WHERE slug NOT LIKE 'loading-%')
$$
"""

FOUND_ORGANIZATION = """
CREATE FUNCTION found_organization(
    founding uuid, called text, short text, zone text, spoken text
) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO organizations (id, version, name, slug, time_zone, language)
    VALUES (founding, 1, called, short, zone, spoken)
$$
"""

# One sequencer at a time; it sees committed events only, so that positions follow the commits and
# a reader who has seen position n will never meet a new event before n.
SEQUENCE_EVENTS = """
CREATE FUNCTION sequence_events(batch integer, topics text[], subscribers text[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    sequenced integer;
    latest bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7238911, 1) THEN
        RETURN 0;
    END IF;
    SELECT coalesce(max(position), 0) INTO latest FROM event_log;
    WITH fresh AS (
        SELECT organization_id, id, latest + row_number() OVER (ORDER BY id) AS place
        FROM (
            SELECT organization_id, id FROM event_log WHERE position IS NULL ORDER BY id LIMIT batch
        ) waiting
    ), placed AS (
        UPDATE event_log e SET position = fresh.place FROM fresh
        WHERE (e.organization_id, e.id) = (fresh.organization_id, fresh.id)
        RETURNING e.organization_id, e.id, e.topic
    ), delivered AS (
        INSERT INTO deliveries
            (organization_id, id, event_id, subscriber, due_at, state, attempts)
        SELECT placed.organization_id, gen_random_uuid(), placed.id, heard.subscriber, now(),
               'waiting', 0
        FROM placed JOIN unnest(topics, subscribers) AS heard(topic, subscriber) USING (topic)
        ON CONFLICT DO NOTHING
    )
    SELECT count(*) INTO sequenced FROM placed;
    RETURN sequenced;
END
$$
"""

PLAN_SCHEDULES = """
CREATE FUNCTION plan_schedules(names text[], hours integer[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO deliveries (organization_id, id, subscriber, due_at, state, attempts)
    SELECT o.id, gen_random_uuid(), s.name, due.at, 'waiting', 0
    FROM organizations o
    CROSS JOIN unnest(names, hours) AS s(name, hour)
    CROSS JOIN LATERAL (
        SELECT ((now() AT TIME ZONE o.time_zone)::date + make_time(s.hour, 0, 0))
               AT TIME ZONE o.time_zone AS at
    ) due
    WHERE due.at <= now()
    ON CONFLICT DO NOTHING
$$
"""

PROJECTIONS_BEHIND = """
CREATE FUNCTION projections_behind(names text[])
RETURNS TABLE (organization_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.id, n.name
    FROM organizations o
    CROSS JOIN unnest(names) AS n(name)
    LEFT JOIN projection_offsets f ON f.organization_id = o.id AND f.name = n.name
    WHERE EXISTS (
        SELECT FROM event_log e
        WHERE e.organization_id = o.id AND e.position > coalesce(f.position, 0)
    )
$$
"""

FOR_APP = {
    "find_organization(text)": FIND_ORGANIZATION,
    "has_organizations()": HAS_ORGANIZATIONS,
    "enter_organization(uuid)": ENTER_ORGANIZATION,
    "found_organization(uuid, text, text, text, text)": FOUND_ORGANIZATION,
}
FOR_WORKER = {
    "sequence_events(integer, text[], text[])": SEQUENCE_EVENTS,
    "plan_schedules(text[], integer[])": PLAN_SCHEDULES,
    "projections_behind(text[])": PROJECTIONS_BEHIND,
}
TABLES = ("operations", "idempotency_records", "projection_offsets")


def upgrade() -> None:
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), server_default="UTC", nullable=False),
        sa.Column("language", sa.String(), server_default="en", nullable=False),
        sa.Column(
            "settings", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
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
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'", name=op.f("ck_organizations_slug")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organizations_slug")),
    )
    op.create_table(
        "event_log",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column(
            "occurred_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("chain", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_event_log_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_event_log")),
    )
    op.create_index(
        "ix_event_log_organization_position",
        "event_log",
        ["organization_id", "position"],
        unique=False,
    )
    op.create_index("ix_event_log_position", "event_log", ["position"], unique=True)
    op.create_index(
        "ix_event_log_subject", "event_log", ["organization_id", "subject_id", "id"], unique=False
    )
    op.create_index(
        "ix_event_log_waiting",
        "event_log",
        ["id"],
        unique=False,
        postgresql_where=sa.text("position IS NULL"),
    )
    op.create_table(
        "deliveries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscriber", sa.String(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "done", "dead", name="deliverystate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_deliveries_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "organization_id",
            "event_id",
            "subscriber",
            name=op.f("uq_deliveries_organization_id_event_id_subscriber"),
        ),
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "uq_deliveries_schedule",
        "deliveries",
        ["organization_id", "subscriber", "due_at"],
        unique=True,
        postgresql_where=sa.text("event_id IS NULL"),
    )
    op.create_table(
        "operations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "running",
                "succeeded",
                "failed",
                name="operationstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column(
            "result", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("ck_operations_progress")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_operations_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_operations")),
    )
    op.create_table(
        "idempotency_records",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_idempotency_records_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_idempotency_records")),
        sa.UniqueConstraint(
            "organization_id",
            "person_id",
            "key",
            name=op.f("uq_idempotency_records_organization_id_person_id_key"),
        ),
    )
    op.create_index(
        op.f("ix_idempotency_records_created_at"),
        "idempotency_records",
        ["created_at"],
        unique=False,
    )
    op.create_table(
        "projection_offsets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_projection_offsets_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_projection_offsets")),
        sa.UniqueConstraint(
            "organization_id", "name", name=op.f("uq_projection_offsets_organization_id_name")
        ),
    )
    for command in _permissions():
        op.execute(command)
    for role, functions in ((rls.APP, FOR_APP), (rls.WORKER, FOR_WORKER)):
        for signature, function in functions.items():
            op.execute(function)
            op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
            op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")


def _permissions() -> list[str]:
    own = f"id = (SELECT nullif(current_setting('{rls.SETTING}', true), '')::uuid)"
    return [
        "ALTER TABLE organizations ENABLE ROW LEVEL SECURITY",
        f"GRANT SELECT, UPDATE ON organizations TO {rls.APP}",
        f"CREATE POLICY own_organization ON organizations TO {rls.APP} "
        f"USING ({own}) WITH CHECK ({own})",
        *(command for table in TABLES for command in rls.protect(table)),
        *rls.protect("event_log", allow=("SELECT", "INSERT")),
        # Made by the sequencer and the calendar only, and never deleted.
        *rls.protect("deliveries", allow=("SELECT", "UPDATE")),
        *rls.open_to_worker("deliveries", allow=("SELECT", "UPDATE")),
    ]


def downgrade() -> None:
    for signature in (*FOR_APP, *FOR_WORKER):
        op.execute(f"DROP FUNCTION {signature}")
    op.drop_table("projection_offsets")
    op.drop_table("idempotency_records")
    op.drop_table("operations")
    op.drop_table("deliveries")
    op.drop_table("event_log")
    op.drop_table("organizations")

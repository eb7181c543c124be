"""What happens to an account is told in each of its organizations, and by one letter."""

from alembic import op

from perfapi.core import rls

revision = "0015"
down_revision = "0014"

# In the words of the event that was published here; of these two topics alone, and about nobody
# but the account of a person of this organization.
TELL_ELSEWHERE = """
CREATE FUNCTION tell_other_memberships(
    told_person_id uuid, told_id uuid, told_topic text, by_themself boolean
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF told_topic NOT IN ('auth.password_reset_requested', 'auth.password_changed') THEN
        RAISE EXCEPTION 'nothing else is told elsewhere';
    END IF;
    INSERT INTO event_log
        (organization_id, id, topic, schema_version, subject_id, actor_id, payload, salt)
    SELECT m.organization_id, told_id, told_topic, 1, m.person_id,
           CASE WHEN by_themself THEN m.person_id END,
           jsonb_build_object('person_id', m.person_id), uuid_send(gen_random_uuid())
    FROM memberships mine
    JOIN memberships m ON m.account_id = mine.account_id
     AND m.organization_id <> mine.organization_id
    JOIN people p ON (p.organization_id, p.id) = (m.organization_id, m.person_id)
    WHERE mine.organization_id = nullif(current_setting('perfapi.organization_id', true), '')::uuid
      AND mine.person_id = told_person_id AND p.status <> 'left';
END
$$
"""

# Of the account's organizations, the first one writes. Nothing: another one does, or nobody.
ACCOUNT_LETTER = """
CREATE FUNCTION account_letter(of_person_id uuid)
RETURNS TABLE (address text, is_member_elsewhere boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT found.email, found.memberships > 1 FROM (
        SELECT a.email, m.organization_id,
               count(*) OVER () AS memberships, row_number() OVER (ORDER BY o.name, o.id) AS place
        FROM memberships mine
        JOIN accounts a ON a.id = mine.account_id
        JOIN memberships m ON m.account_id = a.id
        JOIN organizations o ON o.id = m.organization_id
        JOIN people p ON (p.organization_id, p.id) = (m.organization_id, m.person_id)
        WHERE mine.organization_id
            = nullif(current_setting('perfapi.organization_id', true), '')::uuid
          AND mine.person_id = of_person_id AND p.status <> 'left'
    ) found
    WHERE found.place = 1 AND found.organization_id
        = nullif(current_setting('perfapi.organization_id', true), '')::uuid
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

FUNCTIONS = {
    "tell_other_memberships(uuid, uuid, text, boolean)": TELL_ELSEWHERE,
    "account_letter(uuid)": ACCOUNT_LETTER,
}


def upgrade() -> None:
    for signature, function in FUNCTIONS.items():
        _create(signature, function)
    op.execute("DROP FUNCTION account_address(uuid)")


def downgrade() -> None:
    _create("account_address(uuid)", ACCOUNT_ADDRESS)
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")


def _create(signature: str, function: str) -> None:
    op.execute(function)
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {rls.APP}")

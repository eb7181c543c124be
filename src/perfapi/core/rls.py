"""The second belt: PostgreSQL itself hides the rows of other organizations.

Migrations call these. The roles are group roles: `perfapi_app` serves requests, `perfapi_worker`
is a member of it and also sees the deliveries of every organization. Neither owns a table, so
neither can switch these policies off.
"""

from collections.abc import Sequence

APP = "perfapi_app"
WORKER = "perfapi_worker"
SETTING = "perfapi.organization_id"

_ENTERED = f"(SELECT nullif(current_setting('{SETTING}', true), '')::uuid)"
EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")


def protect(
    table: str, *, allow: Sequence[str] = EVERYTHING, owner: str = "organization_id"
) -> list[str]:
    """The app role may do what `allow` lists with the rows of the entered organization."""
    own = f"{owner} = {_ENTERED}"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"GRANT {', '.join(allow)} ON {table} TO {APP}",
        f"CREATE POLICY own_organization ON {table} TO {APP} USING ({own}) WITH CHECK ({own})",
    ]


def open_to_worker(table: str, *, allow: Sequence[str]) -> list[str]:
    """The worker role sees every organization's rows: only for tables that hold ids alone."""
    return [
        f"GRANT {', '.join(allow)} ON {table} TO {WORKER}",
        f"CREATE POLICY every_organization ON {table} TO {WORKER} USING (true) WITH CHECK (true)",
    ]

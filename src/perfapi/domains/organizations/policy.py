"""Everybody sees their organization; administrators change it."""

from sqlalchemy import column, exists, select, table

from perfapi.core.access import Act
from perfapi.core.binds import ORGANIZATION, YOU

from .errors import OnlyAdministrators

# Roles live two floors above, with the people: here they are a table by its name.
_roles = table("role_assignments", column("organization_id"), column("person_id"), column("role"))

MAY_EDIT = Act(
    OnlyAdministrators,
    exists(
        select(1).where(
            _roles.c.organization_id == ORGANIZATION,
            _roles.c.person_id == YOU,
            _roles.c.role == "admin",
        )
    ),
)

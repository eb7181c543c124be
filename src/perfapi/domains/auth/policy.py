"""Your sessions are yours; inviting is for those who manage people."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from perfapi.core.access import Act, Rules, everywhere
from perfapi.core.binds import ORGANIZATION, YOU
from perfapi.core.errors import Forbidden
from perfapi.domains.people.models import Person, RoleAssignment
from perfapi.domains.people.relations import you_are_admin, you_are_hr_of_all

from .models import SignIn

SESSIONS = Rules("sessions", SignIn, it_is_yours=SignIn.person_id == YOU)


class OnlyHr(Forbidden):
    """Invitations are sent by HR and administrators."""

    title = "Only HR may invite people."


class OnlyAdministrators(Forbidden):
    """Whoever hands out the invitation of somebody with a role could act as them."""

    title = "Only an administrator may invite somebody who holds a role."


def holds_a_role(person_id: Any) -> ColumnElement[bool]:
    held = aliased(RoleAssignment)
    return exists(
        select(1).where(held.organization_id == ORGANIZATION, held.person_id == person_id)
    )


MAY_INVITE = Act(OnlyAdministrators, or_(you_are_admin(), ~holds_a_role(Person.id)))
INVITE = everywhere("invite_people", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all())))

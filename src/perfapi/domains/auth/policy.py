"""Your sessions are yours; inviting is for those who manage people."""

from sqlalchemy import or_

from perfapi.core.access import Act, Rules, everywhere
from perfapi.core.binds import YOU
from perfapi.core.errors import Forbidden
from perfapi.domains.people.relations import you_are_admin, you_are_hr_of_all

from .models import SignIn

SESSIONS = Rules("sessions", SignIn, it_is_yours=SignIn.person_id == YOU)


class OnlyHr(Forbidden):
    """Invitations are sent by HR and administrators."""

    title = "Only HR may invite people."


INVITE = everywhere("invite_people", Act(OnlyHr, or_(you_are_admin(), you_are_hr_of_all())))

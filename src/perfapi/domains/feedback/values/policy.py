"""Everybody sees the values and praises for them; HR and administrators keep them."""

from sqlalchemy import or_, true

from perfapi.core.access import Act, Rules, everywhere
from perfapi.domains.feedback.errors import OnlyHrKeepsValues
from perfapi.domains.people.relations import you_are_admin, you_are_hr_of_all

from .models import CompanyValue

VISIBLE = Rules("company-values", CompanyValue, everybody_sees_values=true())

MANAGE_VALUES = everywhere(
    "manage_company_values", Act(OnlyHrKeepsValues, or_(you_are_admin(), you_are_hr_of_all()))
)

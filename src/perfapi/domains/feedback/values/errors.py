from perfapi.core.errors import Conflict
from perfapi.core.faults import constraint


class ValueNameTaken(Conflict):
    """Another value of the organization has this name."""

    title = "Another value has this name."


constraint("uq_company_values_organization_id_name", ValueNameTaken)

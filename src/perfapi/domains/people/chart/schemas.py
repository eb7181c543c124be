from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from perfapi.core.schema import Output, PageQuery, Query
from perfapi.domains.people.schemas import AsOf, PersonRef


class ManagerInLine(PersonRef):
    depth: Annotated[int, Field(ge=1, description="1 is the person's own manager.")]


class ManagerChain(Output):
    """The chain above a person, nearest first. There is no second page."""

    items: list[ManagerInLine]


class ManagerFilter(Query):
    as_of: AsOf = None


class ReportFilter(PageQuery):
    direct: Annotated[
        bool, Field(description="`false`: also those who report to them over several steps.")
    ] = True
    as_of: AsOf = None


class OrgChartNode(Output):
    id: UUID
    name: str
    job_title: str | None
    department: Annotated[str | None, Field(description="Its name.")]
    manager_id: UUID | None
    direct_reports: Annotated[int, Field(ge=0)]
    all_reports: Annotated[int, Field(ge=0)]


class OrgChart(Output):
    """Who works here and whom they report to. `nodes` come by name."""

    as_of: date
    nodes: list[OrgChartNode]
    roots: Annotated[
        list[UUID], Field(description="Those who have reports and no manager, by name.")
    ]
    unassigned: Annotated[
        list[UUID], Field(description="Those who have neither reports nor a manager, by name.")
    ]


class OrgChartFilter(Query):
    as_of: AsOf = None

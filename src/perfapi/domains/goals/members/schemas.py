from typing import Annotated

from pydantic import Field

from perfapi.core.schema import Input, Output
from perfapi.domains.goals.models import MemberRole
from perfapi.domains.people.schemas import PersonRef

Role = Annotated[
    MemberRole,
    Field(
        description="A co-owner (`owner`) may do what the owner may, but for making it private; "
        "a contributor sees it and checks in."
    ),
]


class GoalMember(Output):
    person: PersonRef
    role: Role
    was_owner: Annotated[
        bool,
        Field(description="They answered for it before: nobody else takes them off the goal."),
    ]


class GoalMemberSet(Input):
    role: Role = MemberRole.CONTRIBUTOR

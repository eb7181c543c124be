"""Two organizations that are alike in everything but their ids."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.ids import uuid7
from perfapi.core.operations import Operation
from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import (
    Goal,
    GoalCycle,
    GoalMember,
    GoalProgress,
    Initiative,
    KeyResult,
    KeyResultKind,
    KeyResultProgress,
    Level,
    MemberRole,
    Negotiation,
    NegotiationStep,
)
from perfapi.domains.goals.templates.models import GoalFunction, GoalTemplate
from perfapi.domains.goals.views.models import GoalView
from perfapi.domains.goals.views.schemas import GoalViewQueryInput
from perfapi.domains.people.imports.models import ImportStatus, PeopleImport
from perfapi.domains.people.models import LineKind, Person, ReportingLine, Role, RoleAssignment
from tests.factories.feedback import a_feedback_comment, a_praise, a_request, a_value
from tests.factories.goals import a_check_in, a_comment
from tests.factories.organizations import an_organization
from tests.factories.people import LONG_AGO, a_department, a_person, a_team, an_admin


@dataclass(frozen=True)
class Twin:
    admin: Person
    ids: dict[str, UUID]
    """One thing of each kind, by the name of the slot that takes its id."""

    def id_for(self, slot: str) -> UUID:
        return self.ids[_KINDS.get(slot, slot)]


# Slots that are named after the part that somebody or something plays.
_KINDS = {
    "id": "goal_id",
    "owner_id": "person_id",
    "actor_id": "person_id",
    "subject_id": "person_id",
    "manager_id": "person_id",
    "lead_id": "person_id",
    "parent_id": "goal_id",
    "parent_key_result_id": "key_result_id",
    "cycle_id": "goal_cycle_id",
    "reporting_line_id": "line_id",
    "under_id": "person_id",
    "reply_to_id": "goal_comment_id",
    "receiver_id": "person_id",
    "giver_id": "person_id",
    "about_id": "person_id",
    "value_id": "company_value_id",
    "request_id": "feedback_request_id",
}


async def a_twin(session: AsyncSession, name: str) -> Twin:
    """Founds an organization with one thing of each kind, and stays in it."""
    await an_organization(session, name)
    admin = await an_admin(session)
    department = await a_department(session)
    person = await a_person(session, "Ben Report", department=department)
    team = await a_team(session, "Rockets", person)
    line = ReportingLine(
        person_id=person.id, manager_id=admin.id, kind=LineKind.DOTTED, valid_from=LONG_AGO
    )
    held = RoleAssignment(person_id=person.id, role=Role.HR)
    cycle = GoalCycle(name="Now", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    operation = Operation(kind="recompute_goals", requested_by=admin.id)
    planned = PeopleImport(
        file_name="people.csv",
        mapping={"mode": "delta"},
        status=ImportStatus.PLANNED,
        created_by_id=admin.id,
    )
    template = GoalTemplate(
        id=uuid7(),
        title="Sell more",
        function=GoalFunction.SALES,
        language=GoalLanguage.ENGLISH,
        key_results=[],
        created_by_id=admin.id,
    )
    view = GoalView(
        id=uuid7(),
        name="At risk",
        owner_id=admin.id,
        is_shared=True,
        query=GoalViewQueryInput().model_dump(mode="json"),
    )
    session.add_all([line, held, cycle, operation, planned, template, view])
    await session.flush()
    goal, key_result = await _a_goal(session, cycle, admin)
    initiative = Initiative(goal_id=goal.id, title="Call them", owner_id=admin.id)
    step = Negotiation(id=uuid7(), goal_id=goal.id, step=NegotiationStep.PROPOSED, by_id=person.id)
    session.add_all(
        [initiative, step, GoalMember(goal_id=goal.id, person_id=person.id, role=MemberRole.OWNER)]
    )
    await session.flush()
    comment = await a_comment(session, goal, by=admin)
    check_in = await a_check_in(session, key_result, "1", by=admin)
    praise = await a_praise(session, admin, person)
    remark = await a_feedback_comment(session, praise, by=admin)
    asked = await a_request(session, admin, person)
    value = await a_value(session)
    return Twin(
        admin,
        {
            "person_id": person.id,
            "department_id": department.id,
            "team_id": team.id,
            "line_id": line.id,
            "role_assignment_id": held.id,
            "import_id": planned.id,
            "goal_cycle_id": cycle.id,
            "goal_id": goal.id,
            "key_result_id": key_result.id,
            "initiative_id": initiative.id,
            "check_in_id": check_in.id,
            "step_id": step.id,
            "goal_comment_id": comment.id,
            "goal_template_id": template.id,
            "goal_view_id": view.id,
            "operation_id": operation.id,
            "feedback_id": praise.id,
            "feedback_comment_id": remark.id,
            "feedback_request_id": asked.id,
            "company_value_id": value.id,
            "session_id": uuid7(),
            "delivery_id": uuid7(),  # made by the sequencer alone
        },
    )


async def _a_goal(session: AsyncSession, cycle: GoalCycle, owner: Person) -> tuple[Goal, KeyResult]:
    goal = Goal(
        id=uuid7(),
        title="Grow",
        level=Level.COMPANY,
        owner_id=owner.id,
        cycle_id=cycle.id,
        starts_on=cycle.starts_on,
        due_on=cycle.ends_on,
        created_by_id=owner.id,
        activated_at=utcnow(),
    )
    session.add(goal)
    await session.flush()
    key_result = KeyResult(
        id=uuid7(),
        goal_id=goal.id,
        title="Sales",
        kind=KeyResultKind.NUMBER,
        start=Decimal(0),
        target=Decimal(10),
    )
    session.add(key_result)
    await session.flush()
    session.add(GoalProgress(goal_id=goal.id, progress=Decimal(0)))
    session.add(
        KeyResultProgress(
            key_result_id=key_result.id,
            current=Decimal(0),
            raw_progress=Decimal(0),
            progress=Decimal(0),
        )
    )
    await session.flush()
    return goal, key_result

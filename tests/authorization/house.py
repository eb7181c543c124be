"""The company in which the matrix is told: the one of goals, and everything that can be asked for.

A *thing* is what an operation is called on: the ids that fill the slots of its path.
"""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.clock import utcnow
from perfapi.core.ids import uuid7
from perfapi.core.operations import Operation, OperationStatus
from perfapi.domains.feedback.models import (
    Feedback,
    FeedbackReceiver,
    FeedbackRequest,
    FeedbackVisibility,
)
from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import (
    Agreement,
    Goal,
    GoalState,
    Level,
    MemberRole,
    Negotiation,
    NegotiationStep,
    Side,
    Visibility,
)
from perfapi.domains.goals.nudges.models import GoalNudge
from perfapi.domains.goals.templates.models import GoalFunction, GoalTemplate
from perfapi.domains.goals.views.models import GoalView
from perfapi.domains.goals.views.schemas import GoalViewQueryInput
from perfapi.domains.people.imports.models import ImportStatus, PeopleImport
from perfapi.domains.people.models import LineKind, Person, ReportingLine, Role, RoleAssignment
from tests.domains.goals.company import Company
from tests.factories.feedback import a_feedback, a_feedback_comment, a_request, a_value
from tests.factories.goals import (
    a_check_in,
    a_comment,
    a_cycle,
    a_goal,
    a_key_result,
    a_member,
    an_initiative,
    today_of,
)
from tests.factories.people import (
    a_department,
    a_leaver,
    a_line,
    a_person,
    a_team,
    an_hr_partner,
)

Slots = dict[str, UUID]


class House(Company):
    """Engineering lies above Backend, and Backend above Databases; the team Rockets cuts across.

    Olivia, the owner, works in Backend and in the team; Manny, her manager, works in Engineering;
    Skye, his, in no department, as Frank, her former manager, Dora, to whom she reports by a dotted
    line, Rita, who reports to her, and the people on her goals.
    """

    things: dict[str, Slots]

    async def found(self, session: AsyncSession) -> None:
        await super().found(session)
        self.session, self.things = session, {}
        await self._more_people()
        await self._structure()
        await self._goals()
        await self._around_goals()
        await self._feedback()
        await self._work()
        await session.flush()

    def id(self, name: str) -> str:
        """Of a person, or the first slot of a thing."""
        if name in self.people:
            return str(self.people[name].id)
        return str(next(iter(self.things[name].values())))

    async def _more_people(self) -> None:
        session, people = self.session, self.people
        people["co"] = await a_person(session, "Cora Coowner")
        people["contributor"] = await a_person(session, "Carl Contributor")
        people["report"] = await a_person(session, "Rita Report", manager=self.owner)
        people["dotted"] = await a_person(session, "Dora Dotted")
        people["other_hr"] = await an_hr_partner(session, "Otto Hr", of=self.sales)
        people["leaver"] = await a_leaver(
            session, "Lena Leaver", manager=self.manager, department=self.backend
        )
        people["spread"] = await a_person(session, "Sue Spread", department=self.engineering)
        await a_person(session, "Rob Remote", manager=people["spread"], department=self.sales)
        people["leaving"] = await a_person(
            session,
            "Leo Leaving",
            department=self.backend,
            left_on=today_of(session) + timedelta(days=30),
        )
        for name, person in people.items():
            person.email = f"{name}@example.com"
        await session.flush()
        self.actors = {name: one for name, one in people.items() if name not in _NO_ACTORS}
        for name, person in people.items():
            self.things[f"person:{name}"] = {"person_id": person.id}

    async def _structure(self) -> None:
        session, today = self.session, today_of(self.session)
        legal = await a_department(session, "Legal")
        lonely = await a_department(session, "Lonely", parent=self.engineering)
        spare, crew = await a_team(session, "Spare"), await a_team(session, "Crew")
        crew.lead_id = self.manager.id
        team = self.rockets.id
        self.things |= {
            "department:backend": {"department_id": self.backend.id},
            "department:sales": {"department_id": self.sales.id},
            "department:legal": {"department_id": legal.id},
            "department:lonely": {"department_id": lonely.id},
            "team:rockets": {"team_id": team},
            "team:spare": {"team_id": spare.id},
            "team:crew+owner": {"team_id": crew.id, "person_id": self.owner.id},
            "team:crew+report": {"team_id": crew.id, "person_id": self.report.id},
            "team:crew+stranger": {"team_id": crew.id, "person_id": self.stranger.id},
            "team:rockets+stranger": {"team_id": team, "person_id": self.stranger.id},
            "team:rockets+lead": {"team_id": team, "person_id": self.lead.id},
            "team:rockets+owner": {"team_id": team, "person_id": self.owner.id},
            "team:rockets+leaver": {"team_id": team, "person_id": self.people["leaver"].id},
        }
        peer, owner, leaver = self.peer, self.owner, self.people["leaver"]
        lines = {
            "now": await self._line_of(owner, kind=LineKind.PRIMARY, valid_to=None),
            "past": await self._line_of(owner, manager_id=self.former.id),
            "of_leaver": await self._line_of(leaver),
            "dotted": await a_line(
                session, person=owner, manager=self.people["dotted"], kind=LineKind.DOTTED
            ),
            "planned": await a_line(
                session, person=peer, manager=self.manager, since=today + timedelta(days=9)
            ),
        }
        self.things |= {f"line:{name}": {"line_id": line.id} for name, line in lines.items()}
        held = await session.scalars(_of(RoleAssignment, person_id=self.hr.id, role=Role.HR))
        self.things["role:hr"] = {"role_assignment_id": held.one().id}

    async def _line_of(self, person: Person, **columns: Any) -> Any:
        found = await self.session.scalars(_of(ReportingLine, person_id=person.id, **columns))
        return found.one()

    async def _goals(self) -> None:
        """All of them Olivia's, with a co-owner and a contributor, unless told otherwise."""
        active, draft = GoalState.ACTIVE, GoalState.DRAFT
        for visibility in Visibility:
            await self._goal(visibility.value, visibility=visibility)
        hr: dict[str, Any] = {"created_by_id": self.hr.id}
        await self._goal("draft", state=draft)
        await self._goal("draft_by_hr", state=draft, **hr)
        await self._goal("private_draft", state=draft, visibility=Visibility.PRIVATE, **hr)
        await self._goal("given_up", state=GoalState.CANCELLED, activated_at=None)
        for state in (GoalState.CLOSED, GoalState.CANCELLED, GoalState.ARCHIVED):
            await self._goal(state.value, state=state)
        await self._proposed("proposed", Side.MANAGER, self.owner)
        await self._proposed("countered", Side.OWNER, self.manager)
        await self._proposed("proposed_by_skip", Side.OWNER, self.skip)
        await self._goal("agreed", agreement=Agreement.AGREED)
        for level in (Level.COMPANY, Level.DEPARTMENT, Level.TEAM):
            await self._goal(f"of_{level.value}", **self.target(level))
        carried = await self._goal("carried", state=GoalState.CLOSED)
        await self._goal("successor", carried_from_id=carried.id)
        above = await self._goal("draft_above", state=draft)
        await a_goal(self.session, self.owner, under=above, state=draft)
        checked = await self._goal("checked_draft", state=draft)
        await self._check_in("checked_draft", checked)
        # Of others: nobody is on them but their owner.
        await self._bare("unowned", self.report, state=active)
        await self._bare(
            "unit_department",
            self.stranger,
            visibility=Visibility.DEPARTMENT,
            level=Level.DEPARTMENT,
            department_id=self.engineering.id,
        )
        await self._bare(
            "unit_team",
            self.peer,
            visibility=Visibility.TEAM,
            level=Level.TEAM,
            team_id=self.rockets.id,
        )

    async def _bare(self, name: str, owner: Person, **fields: Any) -> None:
        goal = await a_goal(self.session, owner, **fields)
        self.things[f"goal:{name}"] = {"goal_id": goal.id}

    async def _goal(
        self, name: str, *, checked_in_at: datetime | None = None, **fields: Any
    ) -> Goal:
        session = self.session
        goal = await a_goal(session, self.owner, f"Goal {name}", **fields)
        await a_member(session, goal, self.people["co"], MemberRole.OWNER)
        await a_member(session, goal, self.people["contributor"])
        key_result = await a_key_result(session, goal)
        comment = await a_comment(session, goal, by=self.people["contributor"])
        initiative = await an_initiative(session, goal, self.mate)
        slots = self.things[f"goal:{name}"] = {
            "goal_id": goal.id,
            "key_result_id": key_result.id,
            "goal_comment_id": comment.id,
            "initiative_id": initiative.id,
            "person_id": self.people["contributor"].id,
        }
        if goal.state is not GoalState.DRAFT:
            when = {"checked_in_at": checked_in_at} if checked_in_at else {}
            check_in = await a_check_in(session, key_result, "1", by=self.owner, **when)
            slots["check_in_id"] = check_in.id
        return goal

    async def _check_in(self, name: str, goal: Goal) -> None:
        key_result = await a_key_result(self.session, goal)
        await a_check_in(self.session, key_result, "1", by=self.owner)

    async def _proposed(self, name: str, awaits: Side, by: Person) -> None:
        goal = await self._goal(
            name, agreement=Agreement.PROPOSED, awaits=awaits, proposed_by_id=by.id
        )
        step = Negotiation(id=uuid7(), goal_id=goal.id, step=NegotiationStep.PROPOSED, by_id=by.id)
        self.session.add(step)
        await self.session.flush()
        self.things[f"step:{name}"] = {"step_id": step.id}

    async def _around_goals(self) -> None:
        session, person = self.session, self.people
        before = utcnow() - timedelta(days=20)
        quiet = await self._goal("quiet", checked_in_at=before)
        asked = await self._goal("asked", checked_in_at=before)
        session.add(GoalNudge(goal_id=asked.id, by_id=self.stranger.id))
        done = await an_initiative(session, quiet, self.mate, done_at=before)
        self.things["goal:done"] = self.things["goal:public"] | {"initiative_id": done.id}
        removed = await a_comment(
            session, quiet, None, by=person["contributor"], deleted_at=utcnow()
        )
        self.things["goal:removed"] = self.things["goal:quiet"] | {"goal_comment_id": removed.id}
        shelved = await a_key_result(session, quiet, archived_at=utcnow())
        self.things["goal:shelved"] = self.things["goal:quiet"] | {"key_result_id": shelved.id}
        await self._former_owner()
        now = await a_cycle(session)
        over = await a_cycle(session, "Long ago", began=400, closed_at=utcnow())
        template = GoalTemplate(
            id=uuid7(),
            title="Sell more",
            function=GoalFunction.SALES,
            language=GoalLanguage.ENGLISH,
            key_results=[],
            created_by_id=self.hr.id,
        )
        own, shared = self._view("Mine"), self._view("Ours", is_shared=True)
        of_hr = self._view("Of HR", owner_id=self.hr.id)
        session.add_all([template, own, shared, of_hr])
        self.things |= {
            "cycle:open": {"goal_cycle_id": now.id},
            "cycle:closed": {"goal_cycle_id": over.id},
            "template": {"goal_template_id": template.id},
            "view:own": {"goal_view_id": own.id},
            "view:shared": {"goal_view_id": shared.id},
            "view:of_hr": {"goal_view_id": of_hr.id},
        }

    async def _former_owner(self) -> None:
        kept = await a_goal(self.session, self.owner)
        await a_member(self.session, kept, self.stranger, was_owner=True)
        self.things["goal:taken_over"] = {"goal_id": kept.id, "person_id": self.stranger.id}

    def _view(self, name: str, **fields: Any) -> GoalView:
        return GoalView(
            id=uuid7(),
            name=name,
            **{"owner_id": self.owner.id, "is_shared": False} | fields,
            query=GoalViewQueryInput().model_dump(mode="json"),
        )

    async def _feedback(self) -> None:
        """By Carl, who contributes, to Olivia; her manager has asked him and Petra about her."""
        for visibility in FeedbackVisibility:
            await self._give(visibility.value, visibility)
        thanks = {"thanked_at": utcnow(), "acknowledged_at": utcnow()}
        appreciated = await self._give("thanked", FeedbackVisibility.PUBLIC)
        for receiver in await self.session.scalars(
            _of(FeedbackReceiver, feedback_id=appreciated.id)
        ):
            for name, value in thanks.items():
                setattr(receiver, name, value)
        await self._give("off_the_wall", FeedbackVisibility.PUBLIC, hidden_at=utcnow())
        await self._give(
            "proposed",
            FeedbackVisibility.RECIPIENT,
            proposed_visibility=FeedbackVisibility.PUBLIC,
            proposed_by_id=self.contributor.id,
            giver_agreed_at=utcnow(),
        )
        closed = await self._ask(closed_at=utcnow())
        own_it = await a_value(self.session)
        self.things |= {
            "request:open": {"feedback_request_id": (await self._ask()).id},
            "request:closed": {"feedback_request_id": closed.id},
            "value": {"company_value_id": own_it.id},
        }

    async def _give(self, name: str, visibility: FeedbackVisibility, **fields: Any) -> Feedback:
        asked = visibility is FeedbackVisibility.REQUESTER
        if asked:
            fields["request_id"] = (await self._ask()).id
        feedback = await a_feedback(
            self.session, self.contributor, self.owner, visibility=visibility, **fields
        )
        comment = await a_feedback_comment(self.session, feedback, by=self.contributor)
        self.things[f"feedback:{name}"] = {
            "feedback_id": feedback.id,
            "feedback_comment_id": comment.id,
        }
        return feedback

    async def _ask(self, **fields: Any) -> FeedbackRequest:
        asked = (self.contributor, self.peer)
        return await a_request(self.session, self.manager, *asked, about=self.owner, **fields)

    async def _work(self) -> None:
        session = self.session
        body = {
            "mode": "apply",
            "goals": [{"title": "Talk"}],
            "people": {"person_ids": [self.id("report")]},
        }
        run = Operation(
            id=uuid7(),
            kind="set_goals_in_bulk",
            requested_by=self.manager.id,
            status=OperationStatus.SUCCEEDED,
            parameters={"bulk": json.dumps(body)},
        )
        session.add(run)
        self.things["operation"] = {"operation_id": run.id}
        for status in (ImportStatus.PLANNED, ImportStatus.APPLIED, ImportStatus.APPLYING):
            found = PeopleImport(
                id=uuid7(),
                file_name="people.csv",
                mapping={"mode": "delta"},
                status=status,
                created_by_id=self.admin.id,
            )
            session.add(found)
            self.things[f"import:{status.value}"] = {"import_id": found.id}
        await self._imports_with_a_story()
        # Deliveries are made by the worker alone: their own tests ask who sees them.
        self.things["delivery:unknown"] = {"delivery_id": uuid7()}
        await session.flush()

    async def _imports_with_a_story(self) -> None:
        """What is left to do about an import depends on what was found in its file."""
        too_many, odd = [{"code": "too_many_deactivations"}], [{"code": "unknown_manager"}]
        stories: dict[str, dict[str, Any]] = {
            "planning": {"status": ImportStatus.PLANNING},
            "failed": {"status": ImportStatus.FAILED},
            "refused": {"status": ImportStatus.PLANNED, "warnings": too_many},
            "planned_oddly": {"status": ImportStatus.PLANNED, "warnings": odd},
            "warned": {"status": ImportStatus.APPLIED, "warnings": odd},
            "erring": {"status": ImportStatus.APPLIED, "summary": {"error": 2}},
            "without_errors": {"status": ImportStatus.APPLIED, "summary": {"error": 0}},
            "reviewed": {
                "status": ImportStatus.APPLIED,
                "warnings": odd,
                "summary": {"error": 2},
                "reviewed_at": utcnow(),
            },
        }
        for name, story in stories.items():
            found = PeopleImport(id=uuid7(), file_name=name, mapping={"mode": "delta"}, **story)
            self.session.add(found)
            self.things[f"import:{name}"] = {"import_id": found.id}


_NO_ACTORS = {"leaver", "spread", "leaving"}


def _of(entity: Any, **columns: Any) -> Select[Any]:
    return select(entity).where(
        *(getattr(entity, name) == value for name, value in columns.items())
    )

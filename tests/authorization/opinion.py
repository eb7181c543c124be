"""A second opinion: who sees a goal and who may do what with it, in plain Python over plain data.

Written from the design and the decisions, by whoever had not the rules before them. No SQL: people
are names, and everything that there is fits into dictionaries.
"""

from dataclasses import dataclass, field


@dataclass
class PlainPerson:
    department: str | None = None
    manager: str | None = None
    is_admin: bool = False
    hr_of: set[str | None] = field(default_factory=set)
    """Departments; None is the whole company."""


@dataclass
class PlainTeam:
    lead: str | None
    members: set[str]


@dataclass
class PlainGoal:
    owner: str
    created_by: str
    level: str
    visibility: str
    was_active: bool
    department: str | None = None
    team: str | None = None
    co_owners: set[str] = field(default_factory=set)
    contributors: set[str] = field(default_factory=set)


@dataclass
class PlainCompany:
    parents: dict[str, str | None]
    """Each department and the one above it."""
    people: dict[str, PlainPerson]
    teams: dict[str, PlainTeam]
    goals: dict[str, PlainGoal]

    def sees(self, who: str, goal: PlainGoal) -> bool:
        if who == goal.owner or who in goal.co_owners or who in goal.contributors:
            return True
        if goal.visibility == "private":
            return False
        if goal.owner in self.below(who):
            return True
        if not goal.was_active:
            return who == goal.created_by
        match goal.visibility:
            case "public":
                return True
            case "department":
                return self._works_for(who, self._department_of(goal))
            case "team":
                return any(self._is_in(who, team) for team in self._teams_of(goal))
            case _:
                return False

    def answers_for(self, who: str, goal: PlainGoal) -> bool:
        """Its owners, the owner's managers, administrators, HR of what the goal is of."""
        if who == goal.owner or who in goal.co_owners or goal.owner in self.below(who):
            return True
        return self.people[who].is_admin or self._is_its_hr(who, goal)

    def works_on(self, who: str, goal: PlainGoal) -> bool:
        return who in goal.contributors or self.answers_for(who, goal)

    def negotiates(self, who: str, goal: PlainGoal) -> bool:
        """The owner, and whoever manages the owner; nobody speaks for them."""
        return who == goal.owner or goal.owner in self.below(who)

    def below(self, manager: str) -> set[str]:
        found: set[str] = set()
        waiting = [manager]
        while waiting:
            above = waiting.pop()
            reports = {name for name, one in self.people.items() if one.manager == above}
            waiting += reports - found
            found |= reports
        return found

    def _is_its_hr(self, who: str, goal: PlainGoal) -> bool:
        hr_of = self.people[who].hr_of
        if None in hr_of:
            return True
        of: str | None = None
        if goal.level == "department":
            of = goal.department
        elif goal.level == "person":
            of = self.people[goal.owner].department
        return bool(hr_of & set(self._upwards(of)))

    def _department_of(self, goal: PlainGoal) -> str | None:
        """A department's goal is for that one; any other for the one in which its owner works."""
        if goal.level == "department":
            return goal.department
        return self.people[goal.owner].department

    def _teams_of(self, goal: PlainGoal) -> list[PlainTeam]:
        """A team's goal is for that one; any other for those in which its owner is a member."""
        if goal.level == "team":
            assert goal.team is not None
            return [self.teams[goal.team]]
        return [team for team in self.teams.values() if goal.owner in team.members]

    def _is_in(self, who: str, team: PlainTeam) -> bool:
        return who in team.members or who == team.lead

    def _works_for(self, who: str, department: str | None) -> bool:
        """In the department or in one below it."""
        return department is not None and department in self._upwards(self.people[who].department)

    def _upwards(self, department: str | None) -> list[str]:
        found = []
        while department is not None:
            found.append(department)
            department = self.parents[department]
        return found

"""The statements that fill a company: rows that follow from their number and the seed alone.

They run as the administrator with triggers and foreign keys switched off, so that a million
check-ins take seconds; `tests/test_bench.py` holds what they leave to every key and to the
recompute of the product. The aggregates are made by `bare.py`, which knows nothing of the product.
"""

from dataclasses import dataclass
from uuid import UUID

MANAGERS_ABOVE = 6
"""How many managers the lowest person has above them."""
LEVELS_OF_GOALS = 6
KEY_RESULTS, CHECK_INS = 3, 20
"""Of each goal."""


@dataclass(frozen=True)
class Size:
    people: int

    @property
    def goals(self) -> int:
        return self.people // 2

    @property
    def departments(self) -> int:
        return max(self.people // 100, 5)

    @property
    def teams(self) -> int:
        return max(self.people // 10, 10)

    @property
    def reports_each(self) -> int:
        return _breadth(self.people, MANAGERS_ABOVE + 1)

    @property
    def goals_below_each(self) -> int:
        return _breadth(self.goals, LEVELS_OF_GOALS)


def _breadth(nodes: int, levels: int) -> int:
    """The least number of branches with which so many nodes fit into so many levels."""
    breadth = 2
    while sum(breadth**level for level in range(levels)) < nodes:
        breadth += 1
    if sum(breadth**level for level in range(levels - 1)) >= nodes:
        raise ValueError(
            f"{nodes} do not fill {levels} levels: 400, 1000, 10000 or 100000 people do"
        )
    return breadth


IDS = {
    "department": 1, "person": 2, "line": 3, "team": 4, "member": 5, "role": 6, "cycle": 7,
    "goal": 8, "key_result": 9, "check_in": 10,
}  # fmt: skip


def known_id(kind: str, number: str) -> str:
    return f"pg_temp.known_id({IDS[kind]}, {number})"


def statements(organization: UUID, size: Size, seed: int) -> list[str]:
    own = f"'{organization}'::uuid"
    dice = f"CREATE FUNCTION pg_temp.dice(n bigint, kind int, sides int) RETURNS int LANGUAGE sql \
        IMMUTABLE AS $$ SELECT abs(hashint8extended(n, {seed} * 1000 + kind) % sides)::int $$"
    # Version 7: what comes later sorts behind, as in production.
    ids = f"""
        CREATE FUNCTION pg_temp.known_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
        AS $$ SELECT (lpad(to_hex(1760000000000 + n), 12, '0') || '7' || substr(h, 1, 3) || '8'
            || substr(h, 4, 15))::uuid FROM md5({seed} || ':' || kind || ':' || n) h $$
    """
    return [dice, ids, *_people(own, size), *_goals(own, size)]


def _people(own: str, size: Size) -> list[str]:
    above = f"(n - 1) / {size.reports_each}"
    return [
        f"""
        INSERT INTO departments (organization_id, id, version, name, parent_id)
        SELECT {own}, {known_id("department", "n")}, 1, 'Department ' || n,
               CASE WHEN n > 0 THEN {known_id("department", "(n - 1) / 10")} END
        FROM generate_series(0, {size.departments - 1}) n
        """,
        f"""
        INSERT INTO department_lines (organization_id, ancestor_id, descendant_id, depth)
        WITH RECURSIVE up (below, n, depth) AS (
            SELECT n, n, 0 FROM generate_series(0, {size.departments - 1}) n
            UNION ALL
            SELECT below, (n - 1) / 10, depth + 1 FROM up WHERE n > 0
        )
        SELECT {own}, {known_id("department", "n")}, {known_id("department", "below")}, depth
        FROM up
        """,
        f"""
        INSERT INTO people (organization_id, id, version, external_id, given_name, family_name,
            name, email, job_title, department_id, location, status, hired_on, employment_type,
            created_at, updated_at)
        SELECT {own}, {known_id("person", "n")}, 1, 'E' || n, given, family || ' ' || n,
               given || ' ' || family || ' ' || n, 'p' || n || '@example.com',
               (ARRAY['Engineer', 'Analyst', 'Designer', 'Buyer'])[1 + pg_temp.dice(n, 1, 4)],
               {known_id("department", f"n % {size.departments}")},
               (ARRAY['Berlin', 'Milano', 'Utrecht'])[1 + pg_temp.dice(n, 2, 3)],
               'active', date '2020-01-01' + pg_temp.dice(n, 3, 1500), 'permanent',
               now() - interval '60 days', now() - interval '60 days'
        FROM generate_series(0, {size.people - 1}) n,
             LATERAL (SELECT
                 (ARRAY['Ada', 'Bo', 'Carla', 'Dario', 'Eva'])[1 + pg_temp.dice(n, 4, 5)] AS given,
                 (ARRAY['Rossi', 'Jansen', 'Weber'])[1 + pg_temp.dice(n, 5, 3)] AS family) named
        """,
        f"""
        INSERT INTO reporting_lines
            (organization_id, id, version, person_id, manager_id, kind, valid_from)
        SELECT {own}, {known_id("line", "n")}, 1, {known_id("person", "n")},
               {known_id("person", above)}, 'primary', date '2024-06-01'
        FROM generate_series(1, {size.people - 1}) n
        """,
        f"""
        INSERT INTO chains (organization_id, manager_id, report_id, depth)
        WITH RECURSIVE up (below, n, depth) AS (
            SELECT n, {above}, 1 FROM generate_series(1, {size.people - 1}) n
            UNION ALL
            SELECT below, {above}, depth + 1 FROM up WHERE n > 0
        )
        SELECT {own}, {known_id("person", "n")}, {known_id("person", "below")}, depth FROM up
        ORDER BY 2, 3
        """,
        f"""
        INSERT INTO teams (organization_id, id, version, name, lead_id)
        SELECT {own}, {known_id("team", "n")}, 1, 'Team ' || n, {known_id("person", "n")}
        FROM generate_series(0, {size.teams - 1}) n
        """,
        f"""
        INSERT INTO team_members (organization_id, id, team_id, person_id)
        SELECT {own}, {known_id("member", "n")}, {known_id("team", f"n % {size.teams}")},
               {known_id("person", "n")}
        FROM generate_series(0, {size.people - 1}) n
        """,
        f"""
        INSERT INTO role_assignments (organization_id, id, version, person_id, role)
        VALUES ({own}, {known_id("role", "0")}, 1, {known_id("person", "0")}, 'admin')
        """,
    ]


def _goals(own: str, size: Size) -> list[str]:
    breadth, last = size.goals_below_each, size.goals - 1
    owner = known_id("person", f"(g * 2) % {size.people}")
    return [
        f"""
        INSERT INTO goal_cycles (organization_id, id, version, name, starts_on, ends_on)
        VALUES ({own}, {known_id("cycle", "0")}, 1, 'This quarter', current_date - 45,
                current_date + 44)
        """,
        f"""
        CREATE TEMP TABLE goal_depths AS
        WITH RECURSIVE down (g, depth) AS (
            SELECT 0::bigint, 0
            UNION ALL
            SELECT child, depth + 1
            FROM down, generate_series(g * {breadth} + 1, g * {breadth} + {breadth}) child
            WHERE child <= {last}
        )
        SELECT g, depth, {known_id("goal", "g")} AS goal_id FROM down
        """,
        "ANALYZE goal_depths",
        f"""
        INSERT INTO goals (organization_id, id, version, title, description, level, department_id,
            team_id, owner_id, cycle_id, parent_id, visibility, weight, driver, state, starts_on,
            due_on, check_in_every_days, activated_at, created_by_id, created_at, updated_at)
        SELECT {own}, goal_id, 1, 'Goal ' || g || ': fewer days from order to delivery',
               'Orders wait too long between two hands. We measure it from the first call.',
               CASE depth WHEN 0 THEN 'company' WHEN 1 THEN 'department' WHEN 2 THEN 'team'
                   ELSE 'person' END,
               CASE WHEN depth = 1 THEN {known_id("department", f"g % {size.departments}")} END,
               CASE WHEN depth = 2 THEN {known_id("team", f"g % {size.teams}")} END,
               {owner}, {known_id("cycle", "0")},
               CASE WHEN g > 0 THEN {known_id("goal", f"(g - 1) / {breadth}")} END,
               CASE WHEN depth < 3 THEN 'public' ELSE (
                   array_fill('public'::text, ARRAY[16])
                   || ARRAY['department', 'team', 'manager_chain', 'private']
               )[1 + pg_temp.dice(g, 6, 20)] END,
               1 + pg_temp.dice(g, 7, 3),
               CASE WHEN g * {breadth} + 1 <= {last} THEN 'both' ELSE 'key_results' END,
               'active', current_date - 45, current_date + 44, 7, now() - interval '45 days',
               {owner}, now() - interval '46 days', now() - interval '45 days'
        FROM goal_depths ORDER BY g
        """,
        f"""
        INSERT INTO key_results (organization_id, id, version, goal_id, title, kind, start, target,
            weight, position, created_at, updated_at)
        SELECT {own}, {known_id("key_result", f"g * {KEY_RESULTS} + k")}, 1, goal_id,
               'Days saved at step ' || k, 'number', 0, 100, 1 + k, k,
               now() - interval '46 days', now() - interval '45 days'
        FROM goal_depths, generate_series(0, {KEY_RESULTS - 1}) k ORDER BY g, k
        """,
        f"""
        INSERT INTO check_ins (organization_id, id, key_result_id, author_id, value, confidence,
            comment, raw_progress, progress, checked_in_at)
        SELECT {own}, {known_id("check_in", f"g * {CHECK_INS} + c")},
               {known_id("key_result", f"g * {KEY_RESULTS} + c % {KEY_RESULTS}")}, {owner}, value,
               pg_temp.dice(g * {CHECK_INS} + c, 8, 11),
               CASE WHEN c % 3 = 0 THEN 'Two suppliers answer on the same day now.' END,
               value / 100.0, least(value / 100.0, 1),
               now() - interval '44 days' + c * interval '2 days'
        FROM goal_depths, generate_series(0, {CHECK_INS - 1}) c,
             LATERAL (SELECT pg_temp.dice(g * {CHECK_INS} + c, 9, 120) AS value) said
        ORDER BY g, c
        """,
    ]

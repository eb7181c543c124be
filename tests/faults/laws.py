"""What must hold of the database whatever was killed: each law asks for those who break it.

Every statement gets the organization as $1 and answers one column that names the offender.
"""


def _one_event_each(table: str, topic: str, field: str, where: str = "") -> str:
    """Neither a thing without its event, nor two, nor an event without its thing."""
    return f"""
        SELECT coalesce(t.id::text, 'the event ' || e.id) FROM
            (SELECT id FROM {table} WHERE organization_id = $1 {where}) t
            FULL JOIN (
                SELECT min(id::text) AS id, payload->>'{field}' AS told, count(*) AS times
                FROM event_log WHERE organization_id = $1 AND topic = '{topic}' GROUP BY told
            ) e ON e.told = t.id::text
        WHERE t.id IS NULL OR e.told IS NULL OR e.times <> 1"""


LAWS = {
    "a check-in and its event do not come together": _one_event_each(
        "check_ins", "goals.checked_in", "check_in_id"
    ),
    "a goal and its event do not come together": _one_event_each(
        "goals", "goals.goal_set", "goal_id", "AND owner_id <> created_by_id"
    ),
    "an import and its event do not come together": _one_event_each(
        "people_imports", "people.import_applied", "import_id", "AND status = 'applied'"
    ),
    "an invitation and its event do not come together": _one_event_each(
        "invitations", "auth.person_invited", "invitation_id"
    ),
    "a person who was imported and the event do not come together": _one_event_each(
        "people", "people.person_added", "person_id", "AND external_id IS NOT NULL"
    ),
    "a bulk and its event do not come together": _one_event_each(
        "operations",
        "goals.goals_set_in_bulk",
        "operation_id",
        "AND kind = 'set_goals_in_bulk' AND status = 'succeeded'",
    ),
    "a goal has no progress, or a key result none": """
        SELECT g.id::text FROM goals g LEFT JOIN goal_progress p ON p.goal_id = g.id
        WHERE g.organization_id = $1 AND p.goal_id IS NULL
        UNION ALL
        SELECT k.id::text FROM key_results k
        LEFT JOIN key_result_progress p ON p.key_result_id = k.id
        WHERE k.organization_id = $1 AND p.key_result_id IS NULL""",
    "a goal lacks key results that it was set with, or has too many": """
        SELECT g.id::text FROM goals g LEFT JOIN key_results k ON k.goal_id = g.id
        WHERE g.organization_id = $1 AND g.owner_id <> g.created_by_id
        GROUP BY g.id HAVING count(k.id) <> 2""",
    "an import is half done": """
        SELECT i.id::text FROM people_imports i JOIN people_import_rows r ON r.import_id = i.id
        LEFT JOIN people p ON p.organization_id = $1 AND p.external_id = r.external_id
        WHERE i.organization_id = $1 AND r.outcome = 'create'
        GROUP BY i.id, i.status
        HAVING count(p.id) <> CASE WHEN i.status = 'applied' THEN count(r.id) ELSE 0 END""",
    "an operation did not end": """
        SELECT kind || ' ' || id FROM operations
        WHERE organization_id = $1 AND (ended_at IS NULL OR status IN ('queued', 'running'))""",
    "an operation failed": """
        SELECT kind || ': ' || failure FROM operations
        WHERE organization_id = $1 AND status = 'failed'""",
    "a recompute found a drift": """
        SELECT kind || ': ' || result FROM operations
        WHERE organization_id = $1 AND (result->>'drift')::integer > 0""",
    "somebody was answered twice under one key": """
        SELECT key FROM idempotency_records WHERE organization_id = $1
        GROUP BY person_id, key HAVING count(*) > 1""",
    "an event has the wrong number of deliveries to a subscriber": """
        SELECT e.id || ' to ' || heard.subscriber
        FROM unnest($2::text[], $3::text[]) AS heard(topic, subscriber)
        JOIN event_log e USING (topic)
        LEFT JOIN deliveries d ON d.organization_id = e.organization_id AND d.event_id = e.id
        AND d.subscriber = heard.subscriber
        WHERE e.organization_id = $1
        GROUP BY e.id, heard.subscriber HAVING count(d.id) <> 1""",
    "a delivery is a dead letter": """
        SELECT subscriber || ': ' || failure FROM deliveries
        WHERE organization_id = $1 AND state = 'dead'""",
    "somebody holds a lease on what has ended": """
        SELECT subscriber || ' ' || id FROM deliveries
        WHERE organization_id = $1 AND state <> 'waiting' AND lease_until IS NOT NULL""",
    "a schedule was planned twice": """
        SELECT subscriber || ' at ' || due_at FROM deliveries
        WHERE organization_id = $1 AND event_id IS NULL
        GROUP BY subscriber, due_at HAVING count(*) > 1""",
    "an effect did not happen exactly once": """
        SELECT e.id::text || ': ' || count(f.event_id)
        FROM event_log e LEFT JOIN effects f ON f.event_id = e.id
        WHERE e.organization_id = $1 AND e.topic = 'goals.checked_in'
        GROUP BY e.id HAVING count(f.event_id) <> 1""",
    "an aggregate did not read an event exactly once": """
        SELECT e.id::text || ': ' || count(f.event_id)
        FROM event_log e LEFT JOIN facts_read f ON f.event_id = e.id
        WHERE e.organization_id = $1
        GROUP BY e.id HAVING count(f.event_id) <> 1""",
    "an aggregate read the log out of order": """
        SELECT event_id::text FROM (
            SELECT event_id, position, lag(position) OVER (ORDER BY turn) AS before
            FROM facts_read WHERE organization_id = $1
        ) read WHERE position <= before OR position IS NULL""",
    "the neighbour has something that is not theirs": """
        SELECT what FROM (
            SELECT 'goal', organization_id, count(*) FROM goals GROUP BY 2 UNION ALL
            SELECT 'key result', organization_id, count(*) FROM key_results GROUP BY 2 UNION ALL
            SELECT 'person', organization_id, count(*) FROM people GROUP BY 2 UNION ALL
            SELECT 'check-in', organization_id, 1 + count(*) FROM check_ins GROUP BY 2 UNION ALL
            SELECT 'import', organization_id, 1 + count(*) FROM people_imports GROUP BY 2
        ) held(what, organization_id, count) WHERE organization_id = $1 AND count <> 1""",
}
"""Of one organization. $2 and $3 are pairs of topic and subscriber."""

OF_ALL = {
    "an effect is there of an event that is not stored": """
        SELECT event_id::text FROM effects f
        WHERE NOT EXISTS (SELECT FROM event_log e WHERE e.id = f.event_id)""",
    "the log has a gap, or a place twice": """
        SELECT position::text FROM (
            SELECT position, row_number() OVER (ORDER BY position) AS turn FROM event_log
            WHERE position IS NOT NULL
        ) placed WHERE position <> turn""",
}

STILL_WAITING = """
    SELECT 'an event without its place' FROM event_log WHERE position IS NULL
    UNION ALL SELECT 'an event that is not chained' FROM event_log WHERE chain IS NULL
    UNION ALL SELECT subscriber || ', tried ' || attempts || ' times: ' || coalesce(failure, '')
        FROM deliveries WHERE state = 'waiting'
    UNION ALL SELECT o.name || ' is behind' FROM projection_offsets o
        WHERE EXISTS (SELECT FROM event_log e
            WHERE e.organization_id = o.organization_id AND e.position > o.position)"""

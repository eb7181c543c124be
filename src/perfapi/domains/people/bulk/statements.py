"""Rows as JSON in, set-based writes out: one statement for thousands of people."""

from sqlalchemy import ARRAY, Date, Text, Uuid, bindparam, text

_TEXTS = (
    "external_id",
    "given_name",
    "family_name",
    "email",
    "job_title",
    "location",
    "status",
    "employment_type",
)
_TYPES = dict.fromkeys(_TEXTS, "text") | {
    "department_id": "uuid",
    "hired_on": "date",
    "left_on": "date",
}

_ORGANIZATION = bindparam("organization", type_=Uuid)
_ROWS = bindparam("rows", type_=Text)
_TODAY = bindparam("today", type_=Date)
_PEOPLE = bindparam("people", type_=ARRAY(Uuid))
_MANAGERS = bindparam("managers", type_=ARRAY(Uuid))


def _new(column: str) -> str:
    return (
        f"CASE WHEN jsonb_exists(c.doc, '{column}') "
        f"THEN CAST(c.doc ->> '{column}' AS {_TYPES[column]}) ELSE p.{column} END"
    )


# People may hand over what is unique, in whatever order the rows come.
_UNIQUE = "uq_people_organization_id_email, uq_people_organization_id_external_id"
UNIQUE_LATER = text(f"SET CONSTRAINTS {_UNIQUE} DEFERRED")
UNIQUE_NOW = text(f"SET CONSTRAINTS {_UNIQUE} IMMEDIATE")

ADD = text(f"""
    INSERT INTO people (organization_id, id, version, name, attributes, {", ".join(_TYPES)})
    SELECT :organization, c.id, 1, btrim(c.given_name || ' ' || c.family_name),
           jsonb_strip_nulls(coalesce(c.attributes, '{{}}')),
           {", ".join(f"c.{it}" for it in _TYPES)}
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS c (
        id uuid, attributes jsonb, {", ".join(f"{it} {kind}" for it, kind in _TYPES.items())}
    )
""").bindparams(_ORGANIZATION, _ROWS)

CHANGE = text(f"""
    UPDATE people p
    SET {", ".join(f"{it} = {_new(it)}" for it in _TYPES)},
        name = btrim({_new("given_name")} || ' ' || {_new("family_name")}),
        attributes = CASE WHEN jsonb_exists(c.doc, 'attributes')
            THEN jsonb_strip_nulls(p.attributes || (c.doc -> 'attributes'))
            ELSE p.attributes END,
        version = version + 1, updated_at = now()
    FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS c (doc)
    WHERE p.organization_id = :organization AND p.id = CAST(c.doc ->> 'id' AS uuid)
""").bindparams(_ORGANIZATION, _ROWS)

# Since both were here; of somebody who has left, for as long as both were.
DRAW_OF_ADDED = text("""
    INSERT INTO reporting_lines
        (organization_id, id, version, person_id, manager_id, kind, valid_from, valid_to)
    SELECT :organization, line.id, 1, line.person_id, line.manager_id, 'primary',
           line.since, line.until
    FROM (
        SELECT w.id, w.person_id, w.manager_id,
            CASE WHEN p.status = 'left'
                THEN greatest(p.hired_on, m.hired_on)
                ELSE least(:today, greatest(coalesce(p.hired_on, :today), m.hired_on))
            END AS since,
            least(
                CASE WHEN p.status = 'left' THEN least(p.left_on, :today) END,
                CASE WHEN m.status = 'left' THEN least(m.left_on, :today) END
            ) AS until
        FROM unnest(:ids, :people, :managers) AS w (id, person_id, manager_id)
        JOIN people p ON p.organization_id = :organization AND p.id = w.person_id
        JOIN people m ON m.organization_id = :organization AND m.id = w.manager_id
        WHERE p.status <> 'left' OR p.hired_on IS NOT NULL
    ) line
    WHERE line.until IS NULL OR line.until > line.since
""").bindparams(_ORGANIZATION, _TODAY, _PEOPLE, _MANAGERS, bindparam("ids", type_=ARRAY(Uuid)))

# Whose line of today leads to somebody else than wanted, and both are still here.
MOVING = text("""
    SELECT w.person_id, w.manager_id
    FROM unnest(:people, :managers) AS w (person_id, manager_id)
    JOIN people p
      ON p.organization_id = :organization AND p.id = w.person_id AND p.status <> 'left'
    LEFT JOIN people m ON m.organization_id = :organization AND m.id = w.manager_id
    LEFT JOIN reporting_lines l
      ON l.organization_id = :organization AND l.person_id = w.person_id AND l.kind = 'primary'
     AND l.valid_from <= :today AND (l.valid_to IS NULL OR l.valid_to > :today)
    WHERE l.manager_id IS DISTINCT FROM w.manager_id AND m.status IS DISTINCT FROM 'left'
""").bindparams(_ORGANIZATION, _TODAY, _PEOPLE, _MANAGERS)

DROP_FROM_TODAY = text("""
    DELETE FROM reporting_lines
    WHERE organization_id = :organization AND kind = 'primary' AND person_id = ANY(:people)
      AND valid_from = :today
""").bindparams(_ORGANIZATION, _TODAY, _PEOPLE)

CUT_TODAY = text("""
    UPDATE reporting_lines SET valid_to = :today, version = version + 1, updated_at = now()
    WHERE organization_id = :organization AND kind = 'primary' AND person_id = ANY(:people)
      AND valid_from < :today AND (valid_to IS NULL OR valid_to > :today)
""").bindparams(_ORGANIZATION, _TODAY, _PEOPLE)

# Until the day for which another line is planned already.
DRAW_FROM_TODAY = text("""
    INSERT INTO reporting_lines
        (organization_id, id, version, person_id, manager_id, kind, valid_from, valid_to)
    SELECT :organization, w.id, 1, w.person_id, w.manager_id, 'primary', :today, (
        SELECT min(l.valid_from) FROM reporting_lines l
        WHERE l.organization_id = :organization AND l.person_id = w.person_id
          AND l.kind = 'primary' AND l.valid_from > :today
    )
    FROM unnest(:ids, :people, :managers) AS w (id, person_id, manager_id)
    WHERE w.manager_id IS NOT NULL
""").bindparams(_ORGANIZATION, _TODAY, _PEOPLE, _MANAGERS, bindparam("ids", type_=ARRAY(Uuid)))

"""Templates that are kept survive the way to every kind of key result and back."""

import json
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from tests.factories.organizations import an_organization
from tests.factories.people import a_person
from tests.test_migrations import go
from tests.test_migrations import owner as owner

BEFORE = "0015"
FORMER = {"title": "Orders", "kind": "number", "unit": "orders", "start": "5", "target": "9.5"}
NEW: dict[str, Any] = {
    "lower": None,
    "upper": None,
    "tolerance": None,
    "weight": "1",
    "milestones": [],
}


async def _keep(owner: AsyncConnection, title: str, *key_results: dict[str, Any]) -> None:
    async with AsyncSession(owner, expire_on_commit=False) as session:
        await an_organization(session)
        ada = await a_person(session)
        given = (
            f"'{ada.organization_id}', gen_random_uuid(), 1, '{title}', 'sales', 'en', "
            f"'{json.dumps(key_results)}', '{ada.id}'"
        )
        await (await session.connection()).exec_driver_sql(
            "INSERT INTO goal_templates (organization_id, id, version, title, function, language, "
            f"key_results, created_by_id) VALUES ({given})"
        )
        await session.commit()


async def _kept(owner: AsyncConnection) -> dict[str, Any]:
    rows = await owner.exec_driver_sql("SELECT title, key_results FROM goal_templates")
    return {row.title: row.key_results for row in rows}


async def test_up_gives_key_results_their_new_parts_and_down_takes_what_was_not_there(
    owner: AsyncConnection,
) -> None:
    second = FORMER | {"title": "Second"}
    binary = FORMER | NEW | {"kind": "binary", "unit": None, "start": None, "target": None}
    await _keep(owner, "Two", FORMER | NEW | {"weight": "3"}, binary, second | NEW)
    await _keep(owner, "None")

    await go(owner, BEFORE, down=True)
    assert await _kept(owner) == {"Two": [FORMER, second], "None": []}

    await go(owner, "head")
    assert await _kept(owner) == {"Two": [FORMER | NEW, second | NEW], "None": []}

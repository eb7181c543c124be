import json
from io import BytesIO
from uuid import uuid4

from sqlalchemy import text

from perfapi.core.db import Sessions, in_organization
from perfapi.core.operations import Work
from perfapi.domains.people.imports import queries, service
from perfapi.domains.people.imports.jobs import apply_people_import
from perfapi.domains.people.imports.models import ImportStatus
from tests.factories.goals import acting_as
from tests.factories.organizations import an_organization
from tests.factories.people import an_admin

_KNOWN = text("SELECT relname FROM pg_class WHERE reltuples >= 0 AND relkind = 'r'")
_MAPPING = {"columns": {"external_id": "id", "given_name": "first", "family_name": "last"}}


class TestApplyPeopleImport:
    async def test_leaves_tables_whose_size_is_known(self, real_sessions: Sessions) -> None:
        async with real_sessions.begin() as session:
            organization = await an_organization(session)
            ada = await an_admin(session)
            import_id = await service.plan_import(
                session,
                await acting_as(session, ada),
                file=BytesIO(b"id,first,last\nE1,Bo,Example\n"),
                file_name="people.csv",
                mapping=json.dumps(_MAPPING),
            )
            (await queries.get_import(session, import_id)).status = ImportStatus.APPLYING
            before = set(await session.scalars(_KNOWN))

        async def renew() -> None:
            return

        parameters = {"import_id": str(import_id)}
        work = Work(real_sessions, organization, uuid4(), ada.id, parameters, renew)
        await apply_people_import(work)

        async with in_organization(real_sessions, organization) as session:
            asked = await queries.get_import(session, import_id)
            assert asked.status is ImportStatus.APPLIED
            after = set(await session.scalars(_KNOWN))
        assert {"people", "departments", "reporting_lines", "chains"} <= after - before

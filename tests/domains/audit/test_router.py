from collections.abc import Callable
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.people.models import Person, Status
from tests.clients import Client
from tests.factories.people import LONG_AGO, a_person, an_admin

AsPerson = Callable[[Person], Client]


async def a_leaver_with_a_manager(session: AsyncSession) -> tuple[Person, Person]:
    mia = await a_person(session, "Mia Manager")
    lea = await a_person(
        session, "Lea Left", manager=mia, status=Status.LEFT, hired_on=LONG_AGO, left_on=LONG_AGO
    )
    return mia, lea


class TestExplainAccess:
    async def test_names_the_rules_that_open_it(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, lea = await a_leaver_with_a_manager(session)

        why = await as_person(mia).get(f"/access/explain?resource=people&id={lea.id}")

        assert why.status_code == 200, why.text
        assert why.json()["person"]["name"] == "Mia Manager"
        assert why.json()["rules"] == [{"name": "you_manage_them", "sentence": "You manage them."}]

    async def test_answers_about_others(self, session: AsyncSession, as_person: AsPerson) -> None:
        mia, lea = await a_leaver_with_a_manager(session)
        sam = await a_person(session, "Sam Stranger")
        path = f"/access/explain?resource=people&id={lea.id}&person_id={sam.id}"

        why = await as_person(mia).get(path)
        unseen = await as_person(sam).get(path)

        assert why.json()["rules"] == []
        assert unseen.status_code == 404

    async def test_knows_only_resources(self, session: AsyncSession, as_person: AsPerson) -> None:
        ada = await a_person(session)

        response = await as_person(ada).get(f"/access/explain?resource=secrets&id={uuid4()}")

        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == "resource"


class TestListViewers:
    async def test_lists_people_who_can_sign_in_with_their_rules(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, lea = await a_leaver_with_a_manager(session)
        alex = await an_admin(session)
        await a_person(session, "Sam Stranger")
        path = f"/access/viewers?resource=people&id={lea.id}&limit=1"

        seen: dict[str, list[str]] = {}
        cursor = ""
        while True:
            body = (await as_person(mia).get(path + cursor)).json()
            seen |= {
                item["person"]["name"]: [rule["name"] for rule in item["rules"]]
                for item in body["items"]
            }
            if body["next_cursor"] is None:
                break
            cursor = f"&cursor={body['next_cursor']}"

        assert seen == {
            "Mia Manager": ["you_manage_them"],
            alex.name: ["you_are_an_administrator"],
        }

    async def test_refuses_the_cursor_of_another_thing(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        mia, lea = await a_leaver_with_a_manager(session)
        await an_admin(session)
        page = await as_person(mia).get(f"/access/viewers?resource=people&id={lea.id}&limit=1")
        cursor = page.json()["next_cursor"]

        other = await as_person(mia).get(
            f"/access/viewers?resource=people&id={mia.id}&cursor={cursor}"
        )

        assert (other.status_code, other.json()["code"]) == (400, "cursor_invalid")

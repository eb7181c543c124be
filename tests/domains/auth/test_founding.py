"""A new organization, from the operator's words to its administrator's first request."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.auth import founding

from .conftest import PASSWORD, Browser, topics

GIVEN = {
    "name": "Nördliche Optik",
    "short_name": "",
    "admin_email": "Ada@Nord.example.com",
    "admin_name": " Ada  de Vries ",
    "time_zone": "Europe/Berlin",
    "language": "de",
}


class TestFound:
    async def test_its_administrator_comes_in_and_may_do_everything(
        self, session: AsyncSession, browser: Browser
    ) -> None:
        token = await founding.found(session, founding.read(GIVEN))
        accepted = await browser.post(
            "/auth/invitations/accept", json={"token": token, "password": PASSWORD}
        )
        assert accepted.status_code == 201, accepted.text
        browser.carry(accepted)
        me = (await browser.get("/me")).json()
        assert me["person"]["name"] == "Ada de Vries"
        assert me["organization"]["slug"] == "nordliche-optik"
        assert (me["language"], me["time_zone"]) == ("de", "Europe/Berlin")
        assert [role["role"] for role in me["roles"]] == ["admin"]
        assert {"manage_people", "manage_roles", "set_company_goals"} <= set(me["permissions"])

    async def test_the_log_begins_with_it(self, session: AsyncSession) -> None:
        await founding.found(session, founding.read(GIVEN))
        assert await topics(session) == [
            "people.person_added",
            "people.role_assigned",
            "auth.person_invited",
        ]

    async def test_a_short_name_belongs_to_one(self, session: AsyncSession) -> None:
        await founding.found(session, founding.read(GIVEN))
        with pytest.raises(founding.FoundingFailed):
            await founding.found(session, founding.read(GIVEN | {"admin_email": "b@example.com"}))


class TestShortName:
    @pytest.mark.parametrize(
        ("name", "short"),
        [
            ("Halden Optics", "halden-optics"),
            ("  Müller & Söhne GmbH  ", "muller-sohne-gmbh"),
            ("北京", ""),
            ("A" * 70, "a" * 60),
            ("a" * 59 + " b", "a" * 59),
        ],
    )
    def test_it_is_made_of_the_name(self, name: str, short: str) -> None:
        assert founding.short_name_of(name) == short

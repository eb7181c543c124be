from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.core.ids import uuid7
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import a_person

AsPerson = Callable[[Person], Client]
PATH = "/goals/smart-hints"


class TestSuggestSmartHints:
    async def test_says_what_is_missing_why_and_how_it_could_read(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await a_person(session))
        sent = {
            "language": "de",
            "title": "Support verbessern",
            "parent_id": str(uuid7()),
            "cycle_id": str(uuid7()),
        }

        answer = (await client.post(PATH, json=sent)).json()

        short, vague, unmeasured, reason = answer["hints"]
        assert (short["rule"], short["criterion"]) == ("title_short", "specific")
        assert vague["advice"] == "Sag, was „verbessern“ hier heißt."
        assert vague["why"].startswith("Jeder stellt sich")
        assert "am selben Tag" in vague["example"]
        assert (unmeasured["criterion"], unmeasured["pointer"]) == ("measurable", "/key_results")
        assert reason["criterion"] == "relevant"
        assert answer["met"] == ["achievable", "time_bound"]

    async def test_speaks_the_language_that_is_asked_for(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        client = as_person(await a_person(session))
        first = {}
        for language in ("en", "de", "it", "nl"):
            answer = (await client.post(PATH, json={"language": language})).json()
            first[language] = answer["hints"][0]["advice"]

        assert first["en"].startswith("Add a key result")
        assert len(set(first.values())) == 4

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({}, "/language"),
            ({"language": "fr"}, "/language"),
            ({"language": "en", "title": "x" * 201}, "/title"),
            ({"language": "en", "title": "A\x00"}, "/title"),
            ({"language": "en", "due_on": "soon"}, "/due_on"),
            ({"language": "en", "key_results": [{}] * 21}, "/key_results"),
            ({"language": "en", "key_results": [{"target": "1e99"}]}, "/key_results/0/target"),
            ({"language": "en", "weight": "1"}, "/weight"),
        ],
    )
    async def test_refuses_what_is_no_draft(
        self, session: AsyncSession, as_person: AsPerson, body: dict[str, Any], pointer: str
    ) -> None:
        response = await as_person(await a_person(session)).post(PATH, json=body)

        assert response.status_code == 422, response.text
        assert response.json()["errors"][0]["pointer"] == pointer

    async def test_takes_the_earliest_and_the_latest_of_days(
        self, session: AsyncSession, as_person: AsPerson
    ) -> None:
        sent = {"language": "en", "starts_on": "0001-01-01", "due_on": "9999-12-31"}

        response = await as_person(await a_person(session)).post(PATH, json=sent)

        assert response.status_code == 200

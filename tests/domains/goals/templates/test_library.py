"""What comes along is whole, in every language, and sets goals as it stands."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import KeyResultKind
from perfapi.domains.goals.templates.library import find_templates, library
from perfapi.domains.goals.templates.models import GoalFunction
from perfapi.domains.goals.templates.schemas import LibraryFilter
from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.factories.people import an_admin

AsPerson = Callable[[Person], Client]


class TestLibrary:
    def test_has_some_goals_for_every_function(self) -> None:
        counted = Counter(entry.function for entry in library())
        assert counted.keys() == set(GoalFunction)
        assert min(counted.values()) >= 2
        assert len({entry.key for entry in library()}) == len(library())

    def test_measures_everything_in_a_way_that_fits(self) -> None:
        for entry in library():
            assert len(entry.key_results) >= 2, entry.key
            for measure in entry.key_results:
                if measure.kind is KeyResultKind.NUMBER:
                    assert measure.unit is not None, entry.key
        used = {measure.kind for entry in library() for measure in entry.key_results}
        assert used == set(KeyResultKind)

    def test_is_really_translated(self) -> None:
        for entry in library():
            said = [entry.title, entry.description, *(one.title for one in entry.key_results)]
            said += [step.title for one in entry.key_results for step in one.milestones]
            for words in said:
                texts = {words.in_language(language) for language in GoalLanguage}
                assert len(texts) == len(GoalLanguage), words
                assert all(text and text == text.strip() for text in texts), words

    @pytest.mark.parametrize("language", GoalLanguage)
    async def test_can_be_kept_and_set_as_it_stands(
        self, session: AsyncSession, as_person: AsPerson, language: GoalLanguage
    ) -> None:
        client = as_person(await an_admin(session))
        for document in find_templates(LibraryFilter(language=language)):
            body = {name: document[name] for name in ("title", "description", "key_results")}
            kept = body | {"function": document["function"], "language": language}

            template = await client.post("/goal-templates", json=kept)

            assert template.status_code == 201, (document["key"], template.text)
            assert template.json()["key_results"] == body["key_results"]
            person = (await client.get("/me")).json()["person"]["id"]
            goals = {"mode": "dry_run", "goals": [body], "people": {"person_ids": [person]}}
            answer = await client.post("/goals/bulk", json=goals)
            assert answer.status_code == 202, (document["key"], answer.text)

"""What comes along is whole, in every language, and sets goals as it stands."""

import json
from collections import Counter

import pytest

from perfapi.domains.goals.key_results.schemas import KeyResultCreate
from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.models import KeyResultKind, Level
from perfapi.domains.goals.schemas import GoalCreate
from perfapi.domains.goals.templates.library import find_templates, library
from perfapi.domains.goals.templates.models import GoalFunction
from perfapi.domains.goals.templates.schemas import LibraryFilter


class TestLibrary:
    def test_has_some_goals_for_every_function(self) -> None:
        counted = Counter(entry.function for entry in library())
        assert counted.keys() == set(GoalFunction)
        assert min(counted.values()) >= 2
        assert len({entry.key for entry in library()}) == len(library())

    def test_measures_everything_towards_somewhere(self) -> None:
        for entry in library():
            assert len(entry.key_results) >= 2, entry.key
            for measure in entry.key_results:
                assert measure.start != measure.target, entry.key
                assert (measure.unit is None) == (measure.kind is KeyResultKind.PERCENT), entry.key

    def test_is_really_translated(self) -> None:
        for entry in library():
            said = [entry.title, entry.description, *(one.title for one in entry.key_results)]
            for words in said:
                texts = {words.in_language(language) for language in GoalLanguage}
                assert len(texts) == len(GoalLanguage), words
                assert all(text and text == text.strip() for text in texts), words

    @pytest.mark.parametrize("language", GoalLanguage)
    def test_can_be_set_as_it_stands(self, language: GoalLanguage) -> None:
        for document in find_templates(LibraryFilter(language=language)):
            key_results = [
                KeyResultCreate.model_validate_json(json.dumps(measure))
                for measure in document["key_results"]
            ]
            goal = GoalCreate(
                title=document["title"],
                description=document["description"],
                level=Level.PERSON,
                key_results=key_results,
            )
            assert goal.title == document["title"]

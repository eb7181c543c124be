"""Worked examples: per rule and language one draft that it speaks of, and one that it leaves."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from perfapi.domains.goals.languages import GoalLanguage
from perfapi.domains.goals.smart.languages import LANGUAGES
from perfapi.domains.goals.smart.rules import CRITERION, findings
from perfapi.domains.goals.smart.schemas import GoalDraft, SmartRule

TODAY = date(2026, 10, 1)
SOMETHING = UUID(int=1)

# A draft about which there is nothing to say, in each language.
CLEAR: dict[str, dict[str, Any]] = {
    "en": {"title": "Customers get an answer on the same day", "result": "Answers on the day"},
    "de": {"title": "Kunden bekommen am selben Tag Antwort", "result": "Antworten am selben Tag"},
    "it": {"title": "I clienti ricevono risposta in giornata", "result": "Risposte in giornata"},
    "nl": {"title": "Klanten krijgen dezelfde dag antwoord", "result": "Antwoorden die dag"},
}


def draft(language: str, **change: Any) -> GoalDraft:
    clear = CLEAR[language]
    given: dict[str, Any] = {
        "language": language,
        "title": clear["title"],
        "description": "Because.",
        "parent_id": str(SOMETHING),
        "due_on": "2026-12-31",
        "key_results": [key_result(clear["result"])],
    }
    return GoalDraft.model_validate_json(json.dumps(given | change))


def key_result(title: str, **change: Any) -> dict[str, Any]:
    return {"title": title, "unit": "answers", "start": "62", "target": "90"} | change


def rules(of: GoalDraft) -> list[SmartRule]:
    return [finding.rule for finding in findings(of, TODAY)]


@pytest.mark.parametrize("language", CLEAR)
class TestEveryLanguage:
    def test_has_nothing_to_say_about_what_is_clear(self, language: str) -> None:
        assert findings(draft(language), TODAY) == []

    def test_has_a_text_for_every_rule(self, language: str) -> None:
        texts = LANGUAGES[GoalLanguage(language)].texts
        assert texts.keys() == set(SmartRule) == CRITERION.keys()
        for text in texts.values():
            assert all(len(part) > 10 for part in text)
        assert len({text.advice for text in texts.values()}) == len(SmartRule)

    def test_is_not_another_one(self, language: str) -> None:
        for other in CLEAR:
            if other != language:
                for rule in SmartRule:
                    mine, theirs = (
                        LANGUAGES[GoalLanguage(one)].texts[rule] for one in (language, other)
                    )
                    assert mine.advice != theirs.advice
                    assert mine.why != theirs.why


VAGUE = {
    "en": ("Improve our customer support", "improve", "Customers reach us within a minute"),
    "de": ("Unseren Support deutlich verbessern", "verbessern", "Kunden erreichen uns sofort"),
    "it": ("Migliorare la nostra assistenza", "migliorare", "I clienti ci trovano subito"),
    "nl": ("Onze support sterk verbeteren", "verbeteren", "Klanten bereiken ons meteen"),
}
WORK = {
    "en": ("Hold ten workshops", "hold", "Workshops that led to a decision"),
    "de": ("Zehn Workshops durchführen", "durchführen", "Workshops mit einem Beschluss"),
    "it": ("Organizzare dieci workshop", "organizzare", "Workshop con una decisione"),
    "nl": ("Tien workshops houden", "houden", "Workshops met een besluit"),
}


@pytest.mark.parametrize("language", CLEAR)
class TestSpecific:
    def test_a_title_of_a_word_or_two_says_too_little(self, language: str) -> None:
        assert rules(draft(language, title="Onboarding 2026")) == [SmartRule.TITLE_SHORT]
        assert rules(draft(language, title="")) == []  # not written yet

    def test_a_vague_word_is_named_unless_something_is_measured(self, language: str) -> None:
        vague, word, clear = VAGUE[language]
        [found, _] = findings(draft(language, title=vague, key_results=[]), TODAY)
        assert (found.rule, found.word, found.pointer) == (SmartRule.TITLE_VAGUE, word, "/title")
        assert SmartRule.TITLE_VAGUE not in rules(draft(language, title=clear, key_results=[]))
        assert rules(draft(language, title=vague)) == []

    def test_work_is_no_result(self, language: str) -> None:
        work, word, result = WORK[language]
        both = [key_result(result), key_result(work)]
        [found] = findings(draft(language, key_results=both), TODAY)
        assert found == (SmartRule.KEY_RESULT_IS_WORK, "/key_results/1/title", word)
        assert rules(draft(language, key_results=both[:1])) == []


@pytest.mark.parametrize("language", CLEAR)
class TestMeasurable:
    def test_something_has_to_be_counted(self, language: str) -> None:
        blank = [{"title": "", "start": "0"}]
        assert rules(draft(language, key_results=[])) == [SmartRule.NO_KEY_RESULT]
        assert rules(draft(language, key_results=blank)) == [SmartRule.NO_KEY_RESULT]

    def test_a_number_has_a_unit_and_percent_has_none(self, language: str) -> None:
        bare = key_result("A", unit=None)
        [found] = findings(draft(language, key_results=[key_result("B"), bare]), TODAY)
        assert found == (SmartRule.NO_UNIT, "/key_results/1/unit", "")
        assert rules(draft(language, key_results=[bare | {"kind": "percent"}])) == []

    def test_judging_alone_measures_nothing(self, language: str) -> None:
        judged = key_result("A", kind="manual", unit=None, target=None)
        [found] = findings(draft(language, key_results=[judged]), TODAY)
        assert found == (SmartRule.JUDGED_BY_HAND, "/key_results/0/kind", "")
        assert rules(draft(language, key_results=[judged, key_result("B")])) == []


def changed(**change: Any) -> list[SmartRule]:
    return rules(draft("en", **change))


def one_result(**change: Any) -> list[SmartRule]:
    return changed(key_results=[key_result("Calls", **change)])


class TestEveryKind:
    """Each says in its own way when it is reached, and asks for what it has only."""

    @pytest.mark.parametrize(
        "told",
        [
            {"kind": "binary"},
            {"kind": "milestones"},
            {"kind": "maintain", "unit": "%", "lower": "99.9"},
            {"kind": "currency", "unit": "EUR", "target": "10"},
        ],
    )
    def test_measures_a_vague_title(self, told: dict[str, Any]) -> None:
        vague = VAGUE["en"][0]
        result = {"title": "Certificate"} | told
        assert changed(title=vague, key_results=[result]) == []

    def test_a_band_without_a_unit_or_a_title_is_there(self) -> None:
        band = {"kind": "maintain", "upper": "25"}
        assert changed(key_results=[band]) == [SmartRule.NO_UNIT]

    def test_is_missed_unless_other_goals_measure_it(self) -> None:
        assert changed(key_results=[], driver="both") == [SmartRule.NO_KEY_RESULT]
        assert changed(key_results=[], driver="goals") == []


class TestAchievable:
    def test_more_than_five_key_results_are_too_many(self) -> None:
        results = [key_result(f"Result {number}") for number in range(6)]
        assert changed(key_results=results) == [SmartRule.TOO_MANY_KEY_RESULTS]
        assert changed(key_results=results[:5]) == []

    @pytest.mark.parametrize(
        ("start", "target", "is_leap"),
        [
            ("20", "100", True),
            ("20", "99.9", False),
            ("0", "40", False),
            ("100", "20", False),
            ("-5", "100", False),
        ],
    )
    def test_five_times_what_it_is_today_is_a_leap(
        self, start: str, target: str, is_leap: bool
    ) -> None:
        assert one_result(start=start, target=target) == [SmartRule.LEAP] * is_leap

    def test_all_or_nothing_leaves_no_room(self) -> None:
        percent = {"kind": "percent", "unit": None, "start": "82"}
        assert one_result(**percent, target="100") == [SmartRule.ALL_OR_NOTHING]
        assert one_result(**percent, target="0") == [SmartRule.ALL_OR_NOTHING]
        assert one_result(**percent, target="95") == []
        assert one_result(start="82", target="100") == []
        assert one_result(start=None, target="100") == []

    def test_less_than_two_weeks_is_little_time(self) -> None:
        assert changed(due_on="2026-10-14") == [SmartRule.LITTLE_TIME]
        assert changed(due_on="2026-10-15") == []
        assert changed(starts_on="2026-12-20") == [SmartRule.LITTLE_TIME]
        assert changed(starts_on="2026-09-01", due_on="2026-10-10") == [SmartRule.LITTLE_TIME]

    def test_a_goal_that_runs_is_not_short_of_time_near_its_end(self) -> None:
        running = {"has_started": True, "due_on": "2026-10-05"}
        assert changed(**running, starts_on="2026-07-01") == []
        assert changed(**running, starts_on="2026-09-28") == [SmartRule.LITTLE_TIME]


class TestRelevant:
    def test_it_serves_a_goal_above_unless_it_is_the_companys(self) -> None:
        assert changed(parent_id=None) == [SmartRule.SERVES_NOTHING]
        assert changed(parent_id=None, level="company") == []
        assert changed(parent_id=None, has_hidden_parent=True) == []

    def test_it_says_why(self) -> None:
        assert changed(description="  ") == [SmartRule.NO_REASON]


class TestTimeBound:
    def test_it_has_an_end_of_its_own_or_of_its_cycle(self) -> None:
        assert changed(due_on=None) == [SmartRule.NO_END]
        assert changed(due_on=None, cycle_id=str(SOMETHING)) == []

    def test_the_end_is_within_a_year_and_not_in_the_past(self) -> None:
        assert changed(due_on="2027-10-02") == []
        assert changed(due_on="2027-10-03") == [SmartRule.LONG_TIME]
        assert changed(starts_on="2027-01-01", due_on="2027-12-31") == []
        assert changed(due_on="2026-09-30") == [SmartRule.ENDS_IN_THE_PAST]
        assert changed(due_on="2026-10-01") == [SmartRule.LITTLE_TIME]
        overdue = changed(due_on="2026-09-30", starts_on="2026-07-01", has_started=True)
        assert overdue == []  # everybody knows by now


def test_they_come_in_the_order_of_the_five_and_each_once() -> None:
    found = changed(
        title="Better",
        description="",
        parent_id=None,
        due_on=None,
        key_results=[key_result("Hold talks", unit=None, start="1", target="9")] * 2,
    )

    assert found == [
        SmartRule.TITLE_SHORT,
        SmartRule.KEY_RESULT_IS_WORK,
        SmartRule.NO_UNIT,
        SmartRule.LEAP,
        SmartRule.SERVES_NOTHING,
        SmartRule.NO_REASON,
        SmartRule.NO_END,
    ]

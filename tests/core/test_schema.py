"""Types of what crosses the wire."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from pydantic import MISSING, TypeAdapter, ValidationError

from perfapi.core.schema import Day, Input, Instant, Query


class Filter(Query):
    as_of: Day | None = None
    updated_since: Instant | None = None


class Change(Input):
    title: str | MISSING = MISSING
    note: str | MISSING | None = MISSING


def problems(**parameters: str) -> list[str]:
    try:
        Filter(**parameters)  # type: ignore[arg-type]
    except ValidationError as error:
        return [part["type"] for part in error.errors()]
    return []


class TestDay:
    def test_is_read_as_it_is_written(self) -> None:
        assert Filter(as_of="2026-01-31").as_of == date(2026, 1, 31)  # type: ignore[arg-type]

    @pytest.mark.parametrize("day", ["0", "0.5", "1700000000", "20260131", "2026-1-31", "-1", ""])
    def test_is_no_number_of_seconds(self, day: str) -> None:
        assert problems(as_of=day) == ["date_format"]

    def test_exists_in_the_calendar(self) -> None:
        assert problems(as_of="2026-02-30") == ["date_from_datetime_parsing"]


class TestInstant:
    @pytest.mark.parametrize(
        "instant",
        [
            "2026-01-31T12:00:00Z",
            "2026-01-31T13:00:00+01:00",
            "2026-01-31 12:00:00Z",
            "2026-01-31T12:00:00.000Z",
        ],
    )
    def test_is_read_as_it_is_written(self, instant: str) -> None:
        found = Filter(updated_since=instant).updated_since  # type: ignore[arg-type]
        assert found == datetime(2026, 1, 31, 12, tzinfo=UTC)

    @pytest.mark.parametrize("instant", ["0", "0.5", "1700000000", "2026-01-31", "now", ""])
    def test_is_no_number_of_seconds(self, instant: str) -> None:
        assert problems(updated_since=instant) == ["datetime_format"]

    def test_knows_its_zone(self) -> None:
        assert problems(updated_since="2026-01-31T12:00:00") == ["timezone_aware"]


class TestMergePatch:
    """What is left out stays, null clears."""

    def test_holds_what_was_sent_and_nothing_else(self) -> None:
        for sent in ('{"note": null}', '{"title": "x"}', "{}"):
            change = Change.model_validate_json(sent)
            assert TypeAdapter(dict).dump_json(change.model_dump()).decode() == sent.replace(
                ": ", ":"
            )

    def test_null_clears_only_what_may_be_empty(self) -> None:
        with pytest.raises(ValidationError, match="title"):
            Change.model_validate_json('{"title": null}')


def test_inputs_are_strict_and_still_read_what_json_writes_as_text() -> None:
    class Wanted(Input):
        id: UUID
        on: date

    text = '{"id": "01890a5d-ac96-774b-bcce-b302099a8057", "on": "2026-01-31"}'
    assert Wanted.model_validate_json(text).on == date(2026, 1, 31)
    with pytest.raises(ValidationError, match="Extra inputs"):
        Wanted.model_validate_json(text[:-1] + ', "more": 1}')

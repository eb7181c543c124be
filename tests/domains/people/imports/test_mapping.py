import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from perfapi.domains.people.imports.mapping import Mapping, MappingDraft

COLUMNS = {"external_id": "Id", "name": "Name"}


def parsed(**document: Any) -> Mapping:
    return Mapping.model_validate_json(json.dumps({"columns": COLUMNS, **document}))


def problems_of(**document: Any) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        parsed(**document)
    return [error["type"] for error in raised.value.errors()]


class TestMapping:
    def test_the_smallest_mapping_is_a_delta_that_may_deactivate_a_fifth(self) -> None:
        mapping = parsed()
        assert mapping.mode == "delta"
        assert mapping.max_deactivations == Decimal("0.2")
        assert mapping.encoding is None
        assert mapping.delimiter is None
        assert mapping.email_template is None

    def test_it_survives_its_own_json_with_decimals_as_strings(self) -> None:
        mapping = parsed(
            max_deactivations="0.35",
            delimiter="\t",
            attributes={"cost_center": "Cost Center"},
            date_formats=["%d.%m.%Y", "%d.%m.%y"],
            status_words={"aktiv": "active"},
            email_template="{first}.{last}@example.com",
        )
        document = mapping.model_dump_json()
        assert json.loads(document)["max_deactivations"] == "0.35"
        assert Mapping.model_validate_json(document) == mapping

    def test_unknown_members_and_wrong_types_are_refused(self) -> None:
        assert problems_of(surprise=1) == ["extra_forbidden"]
        assert problems_of(columns={**COLUMNS, "surname": "X"}) == ["extra_forbidden"]
        assert problems_of(name_format=1) == ["literal_error"]
        assert problems_of(attributes={"a": 7}) == ["string_type"]

    @pytest.mark.parametrize("share", ["-0.1", "1.01", "NaN", "0.12345"])
    def test_the_share_of_deactivations_lies_between_none_and_all(self, share: str) -> None:
        assert problems_of(max_deactivations=share)

    def test_a_name_is_one_column_or_two(self) -> None:
        assert problems_of(columns={"external_id": "Id"}) == ["name_column_missing"]
        one_part = {"external_id": "Id", "given_name": "First"}
        assert problems_of(columns=one_part) == ["name_column_missing"]
        both = {**COLUMNS, "given_name": "First", "family_name": "Last"}
        assert problems_of(columns=both) == ["name_columns_contradict"]
        half = {**COLUMNS, "given_name": "First"}
        assert problems_of(columns=half) == ["name_columns_contradict"]
        assert parsed(columns={"email": "Mail", "given_name": "First", "family_name": "Last"})

    def test_people_are_recognised_by_an_id_or_an_address(self) -> None:
        assert problems_of(columns={"name": "Name"}) == ["identity_column_missing"]
        assert parsed(columns={"name": "Name", "email": "Mail"})

    def test_managers_are_found_in_one_way(self) -> None:
        two = {**COLUMNS, "manager_name": "Boss", "manager_email": "Boss mail"}
        assert problems_of(columns=two) == ["manager_columns_contradict"]
        hint_alone = {**COLUMNS, "manager_external_id": "Boss", "manager_id_hint": "Boss no"}
        assert problems_of(columns=hint_alone) == ["manager_hint_alone"]
        assert parsed(columns={**COLUMNS, "manager_name": "Boss", "manager_id_hint": "Boss no"})

    def test_a_column_is_claimed_once_whatever_its_spaces(self) -> None:
        twice = {**COLUMNS, "job_title": "Name "}
        assert problems_of(columns=twice) == ["column_claimed_twice"]
        assert problems_of(attributes={"number": "Id"}) == ["column_claimed_twice"]
        assert problems_of(attributes={"a": "X", "b": "X"}) == ["column_claimed_twice"]

    def test_attribute_keys_are_identifiers(self) -> None:
        assert problems_of(attributes={"Cost Center": "X"}) == ["string_pattern_mismatch"]

    @pytest.mark.parametrize(
        "bad", ["%Y on %m", "%Y-%m-%d %q", "%Y-%Y-%m-%d", "%d %m %Y %", "%y%Y%m%d"]
    )
    def test_a_date_format_has_one_year_month_and_day(self, bad: str) -> None:
        assert problems_of(date_formats=[bad]) == ["date_format_invalid"]

    @pytest.mark.parametrize(
        "pair", [["%d/%m/%Y", "%m/%d/%Y"], ["%d-%m-%y", "%y-%m-%d"], ["%m.%d.%y", "%d.%m.%y"]]
    )
    def test_formats_that_read_one_text_as_two_days_are_refused(self, pair: list[str]) -> None:
        assert problems_of(date_formats=pair) == ["date_formats_contradict"]

    def test_formats_that_tell_themselves_apart_go_together(self) -> None:
        assert parsed(date_formats=["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y"])

    def test_date_columns_need_a_format(self) -> None:
        columns = {**COLUMNS, "hired_on": "Hired"}
        assert problems_of(columns=columns, date_formats=[]) == ["date_formats_missing"]
        assert parsed(date_formats=[])

    def test_a_status_word_means_one_thing_in_any_case(self) -> None:
        words = {"Active": "active", "ACTIVE ": "left"}
        assert problems_of(status_words=words) == ["status_words_contradict"]
        assert problems_of(status_words={"Active": "working"}) == ["literal_error"]

    @pytest.mark.parametrize(
        "template",
        [
            "first.last@example.com",
            "{first}.{middle}@example.com",
            "{first}@{last}.com",
            "{first}.{last}",
            "{first} {last}@example.com",
            "{first}.{last}@example",
            "{first@example.com",
            "{first}@-example.com",
        ],
    )
    def test_templates_hold_the_known_placeholders_before_a_domain(self, template: str) -> None:
        assert problems_of(email_template=template) == ["email_template_invalid"]

    def test_unprintable_characters_are_refused_everywhere(self) -> None:
        named = {**COLUMNS, "location": "Pla\0ce"}
        assert problems_of(columns=named) == ["control_character"]
        assert problems_of(status_words={"\0": "left"}) == ["control_character"]

    def test_a_draft_may_lack_what_a_mapping_must_have(self) -> None:
        draft = MappingDraft.model_validate_json('{"columns": {}}')
        assert draft.columns.name is None

    def test_every_field_is_bounded_and_described(self) -> None:
        schema = json.dumps(Mapping.model_json_schema())
        for model in ("MappingColumns", "Mapping"):
            document = Mapping.model_json_schema()
            found = document if model == "Mapping" else document["$defs"][model]
            for name, field in found["properties"].items():
                assert field.get("description"), f"{model}.{name}"
        assert schema.count('"maxLength"') >= len(COLUMNS)

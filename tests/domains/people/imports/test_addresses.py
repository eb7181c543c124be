import pytest

from perfapi.domains.people.imports.addresses import AddressTemplate, checked_address


class TestCheckedAddress:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("Ann.Lee@Example.COM", "ann.lee@example.com"),
            ("ann+hr@sub.example.co.uk", "ann+hr@sub.example.co.uk"),
            ("o'hare@example.com", "o'hare@example.com"),
            ("jörg@exämple.com", "jörg@exämple.com"),
        ],
    )
    def test_addresses_are_taken_in_lower_case(self, text: str, address: str) -> None:
        assert checked_address(text) == address

    @pytest.mark.parametrize(
        "text",
        ["ann", "ann@", "@example.com", "a b@example.com", "a@b", "a..b@example.com",
         f"{'a' * 65}@example.com", "a@example.com, b@example.com", "Ann <a@example.com>"],
    )  # fmt: skip
    def test_anything_else_is_none(self, text: str) -> None:
        assert checked_address(text) is None


class TestAddressTemplate:
    @pytest.mark.parametrize(
        ("template", "address"),
        [
            ("{first}.{last}@example.com", "brandon.leblanc@example.com"),
            ("{last}_{external_id}@example.com", "leblanc_e-17@example.com"),
            ("X-{external_id}@Example.com", "x-e-17@example.com"),
        ],
    )
    def test_placeholders_are_filled(self, template: str, address: str) -> None:
        assert AddressTemplate(template).fill("Brandon R", "LeBlanc", "E-17") == address

    def test_an_empty_part_leaves_no_stray_dot(self) -> None:
        template = AddressTemplate("{first}.{last}@example.com")
        assert template.fill("Madonna", "", None) == "madonna@example.com"
        assert template.fill("王", "Lee", None) == "lee@example.com"

    def test_nothing_left_is_no_address(self) -> None:
        assert AddressTemplate("{first}.{last}@example.com").fill("Иван", "王", "1") is None
        assert AddressTemplate("x{external_id}@example.com").fill("Ann", "Lee", None) is None
        assert AddressTemplate("{first}@example.com").fill("-", "Lee", "1") is None

    def test_long_names_stay_within_what_an_address_may_be(self) -> None:
        address = AddressTemplate("{first}.{last}@example.com").fill("a" * 99, "b" * 99, None)
        assert address is not None
        assert len(address.partition("@")[0]) <= 60

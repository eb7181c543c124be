import pytest

from perfapi.domains.people.imports.problems import Findings


class TestFindings:
    def test_one_warning_a_code_with_its_examples_by_frequency(self) -> None:
        findings = Findings()
        for row, name in enumerate(["Bo", "Al", "Al"], 2):
            findings.add("manager_not_found", row, name)
        findings.add("manager_left", 9, "Cy")
        first, second = findings.warnings()
        assert (first.code, first.count, first.rows) == ("manager_not_found", 3, (2, 3, 4))
        assert first.examples == ("Al (2)", "Bo (1)")
        assert first.detail.startswith("3 rows: ")
        assert (second.count, second.detail[:7]) == (1, "1 row: ")

    def test_rows_and_examples_are_limited_and_the_count_is_not(self) -> None:
        findings = Findings()
        for row in range(50):
            findings.add("manager_not_found", row, f"Nobody {row}")
        (warning,) = findings.warnings()
        assert (warning.count, len(warning.rows), len(warning.examples)) == (50, 20, 20)
        assert warning.rows == tuple(range(20))

    def test_a_code_without_a_headline_is_a_mistake(self) -> None:
        findings = Findings()
        findings.add("unheard_of", 2, "x")
        with pytest.raises(KeyError):
            findings.warnings()

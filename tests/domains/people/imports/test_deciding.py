"""Who a row is, and whose an address: seen through the plan."""

from typing import Any

from perfapi.domains.people.imports.planning import Plan
from tests.domains.people.imports.company import Company, a_mapping, a_person

MAPPING = a_mapping({"external_id": "Id", "name": "Name", "email": "Email"})
TEMPLATED = a_mapping(
    {"external_id": "Id", "name": "Name", "email": "Email"},
    email_template="{first}.{last}@example.com",
)


def plan_of(rows: str, *known: Any, mapping: Any = MAPPING) -> Plan:
    return Company.of(*known).plan(f"Id,Name,Email\n{rows}", mapping)


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome for row in plan.rows()]


def codes(plan: Plan) -> list[list[str]]:
    return [[problem.code for problem in row.problems] for row in plan.rows()]


def emails(plan: Plan) -> list[str | None]:
    return [
        next((change.after for change in row.changes if change.field == "email"), None)
        for row in plan.rows()
    ]


class TestIdentity:
    def test_the_external_id_goes_first(self) -> None:
        one, two = a_person(1), a_person(2)
        plan = plan_of("E1,Ada Number1,new@example.com", one, two)
        assert next(plan.rows()).person_id == one.id
        assert outcomes(plan) == ["update"]

    def test_the_address_identifies_where_there_is_no_id(self) -> None:
        one = a_person(1)
        plan = plan_of(",Ada Number1,ADA1@example.com", one)
        assert next(plan.rows()).person_id == one.id
        assert outcomes(plan) == ["unchanged"]

    def test_somebody_without_an_id_is_recognised_by_address_and_gets_one(self) -> None:
        one = a_person(1, external_id=None)
        plan = plan_of("E9,Ada Number1,ada1@example.com", one)
        (row,) = plan.rows()
        assert (row.person_id, row.outcome) == (one.id, "update")
        assert row.changes == (("external_id", None, "E9"),)

    def test_an_empty_id_takes_none_away(self) -> None:
        plan = plan_of(",Ada Number1,ada1@example.com", a_person(1))
        assert outcomes(plan) == ["unchanged"]

    def test_an_id_twice_is_the_second_ones_error(self) -> None:
        plan = plan_of("7,Ann Lee,\n7,Ann Lee,\n8,Bo Ko,")
        assert outcomes(plan) == ["create", "error", "create"]
        problem = list(plan.rows())[1].problems[0]
        assert problem.code == "external_id_duplicate"
        assert "Row 2" in problem.detail

    def test_one_person_twice_by_id_and_by_address_is_the_second_ones_error(self) -> None:
        plan = plan_of(
            "E1,Ada Number1,ada1@example.com\n,Ada Number1,ada1@example.com", a_person(1)
        )
        assert outcomes(plan) == ["unchanged", "error"]
        assert codes(plan)[1] == ["email_duplicate"]


class TestAddresses:
    def test_an_address_twice_in_the_file_is_the_second_ones_error(self) -> None:
        plan = plan_of("1,Ann Lee,x@example.com\n2,Bo Ko,X@example.com")
        assert outcomes(plan) == ["create", "error"]
        assert codes(plan)[1] == ["email_duplicate"]

    def test_an_address_of_somebody_else_is_refused(self) -> None:
        plan = plan_of("9,Ann Lee,ada1@example.com", a_person(1))
        (row,) = plan.rows()
        assert (row.outcome, row.problems[0].code) == ("error", "email_taken")
        assert "Ada Number1" in row.problems[0].detail

    def test_an_address_may_be_handed_over_within_one_file(self) -> None:
        rows = "E1,Ada Number1,ada2@example.com\nE2,Ada Number2,ada1@example.com"
        plan = plan_of(rows, a_person(1), a_person(2))
        assert outcomes(plan) == ["update", "update"]
        assert emails(plan) == ["ada2@example.com", "ada1@example.com"]

    def test_who_is_refused_keeps_their_address_and_refuses_who_wanted_it(self) -> None:
        # 3 would take over from 2, who would take over from 1, who is not giving anything up.
        rows = "E3,Ada Number3,ada2@example.com\nE2,Ada Number2,ada1@example.com"
        plan = plan_of(rows, a_person(1), a_person(2), a_person(3))
        assert outcomes(plan) == ["error", "error"]
        assert codes(plan) == [["email_taken"], ["email_taken"]]

    def test_an_empty_cell_takes_the_address_away(self) -> None:
        plan = plan_of("E1,Ada Number1,", a_person(1))
        assert next(plan.rows()).changes == (("email", "ada1@example.com", None),)


class TestTemplate:
    def test_equal_addresses_are_numbered_in_the_order_of_the_rows(self) -> None:
        plan = plan_of("3,Ann Lee,\n1,Ann Lee,\n2,Ann B. Lee,", mapping=TEMPLATED)
        assert emails(plan) == [
            "ann.lee@example.com",
            "ann.lee2@example.com",
            "ann.lee3@example.com",
        ]

    def test_addresses_of_others_are_stepped_over(self) -> None:
        known = a_person(1, email="Ann.Lee@example.com")
        rows = "5,Ann Lee,\n6,Bo Ko,ann.lee2@example.com"
        assert emails(plan_of(rows, known, mapping=TEMPLATED)) == [
            "ann.lee3@example.com",
            "ann.lee2@example.com",
        ]

    def test_refused_rows_use_up_no_number(self) -> None:
        plan = plan_of("1,Ann Lee,\n1,Ann Lee,\n2,Ann Lee,", mapping=TEMPLATED)
        assert emails(plan) == ["ann.lee@example.com", None, "ann.lee2@example.com"]

    def test_an_address_somebody_has_is_never_replaced(self) -> None:
        known = a_person(1, given_name="Ann", family_name="Lee", email="annie@example.com")
        plan = plan_of("E1,Ann Lee,", known, mapping=TEMPLATED)
        assert outcomes(plan) == ["unchanged"]

    def test_somebody_known_who_has_none_gets_one(self) -> None:
        known = a_person(1, given_name="Ann", family_name="Lee", email=None)
        plan = plan_of("E1,Ann Lee,", known, mapping=TEMPLATED)
        assert emails(plan) == ["ann.lee@example.com"]

    def test_a_part_of_the_file_gives_the_same_addresses_again(self) -> None:
        company = Company()
        header = "Id,Name,Email\n"
        company.apply(company.plan(f"{header}1,Ann Lee,\n2,Ann Lee,\n", TEMPLATED))
        assert outcomes(company.plan(f"{header}2,Ann Lee,\n", TEMPLATED)) == ["unchanged"]

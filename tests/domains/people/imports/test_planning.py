from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from perfapi.domains.people.imports.parsing import RowParser
from perfapi.domains.people.imports.planning import Plan, PlanTerms, plan_file, plan_people
from perfapi.domains.people.imports.problems import FileRefused
from perfapi.domains.people.imports.records import PlannedRow, Summary
from tests.domains.people.imports.company import (
    TODAY,
    Company,
    a_file,
    a_mapping,
    a_person,
    ids,
)

WORDS = {"working": "active", "away": "on_leave", "gone": "left"}
BASIC = {"external_id": "Id", "name": "Name"}
DESCRIBED = {**BASIC, "job_title": "Title", "department": "Department"}
EMPLOYED = {**BASIC, "status": "Status", "left_on": "Left"}


def only_row(plan: Plan) -> PlannedRow:
    (row,) = plan.rows()
    return row


def changes(row: PlannedRow) -> dict[str, tuple[str | None, str | None]]:
    return {change.field: (change.before, change.after) for change in row.changes}


class TestCreate:
    def test_a_new_person_has_every_field_with_a_value(self) -> None:
        mapping = a_mapping(
            {**BASIC, "job_title": "Title", "location": "Place", "hired_on": "Hired"},
            attributes={"cost_center": "CC", "level": "Level"},
        )
        plan = Company().plan(
            "Id,Name,Title,Place,Hired,CC,Level\n1,Ann Lee,Cook,,2020-01-02,17,\n", mapping
        )
        row = only_row(plan)
        assert row.outcome == "create"
        assert row.person_id is not None
        assert changes(row) == {
            "external_id": (None, "1"),
            "given_name": (None, "Ann"),
            "family_name": (None, "Lee"),
            "job_title": (None, "Cook"),
            "status": (None, "active"),
            "hired_on": (None, "2020-01-02"),
            "attributes.cost_center": (None, "17"),
        }

    def test_a_first_day_to_come_is_upcoming(self) -> None:
        mapping = a_mapping({**BASIC, "hired_on": "Hired", "status": "Status"}, status_words=WORDS)
        plan = Company().plan("Id,Name,Hired,Status\n1,Ann Lee,2026-03-03,away\n", mapping)
        assert changes(only_row(plan))["status"] == (None, "upcoming")

    def test_a_leaver_without_a_day_left_the_day_it_became_known(self) -> None:
        mapping = a_mapping({**BASIC, "status": "Status"}, status_words=WORDS)
        plan = Company().plan("Id,Name,Status\n1,Ann Lee,gone\n", mapping)
        assert changes(only_row(plan))["left_on"] == (None, TODAY.isoformat())


class TestUpdate:
    HEADER = "Id,Name,Title,Department\n"

    def known(self, **more: Any) -> Company:
        person = a_person(1, job_title="Cook", department="Kitchen", **more)
        return Company.of(person)

    def test_it_tells_field_by_field_what_was_and_what_will_be(self) -> None:
        plan = self.known().plan(f"{self.HEADER}E1,Ada Renamed,Chef,\n", a_mapping(DESCRIBED))
        row = only_row(plan)
        assert row.outcome == "update"
        assert changes(row) == {
            "family_name": ("Number1", "Renamed"),
            "job_title": ("Cook", "Chef"),
            "department": ("Kitchen", None),
        }

    def test_what_has_no_column_stays(self) -> None:
        company = self.known(location="Ulm", employment_type="intern", status="on_leave")
        plan = company.plan(f"{self.HEADER}E1,Ada Number1,Cook,Kitchen\n", a_mapping(DESCRIBED))
        assert only_row(plan).outcome == "unchanged"

    def test_departments_differ_by_more_than_case(self) -> None:
        text = f"{self.HEADER}E1,Ada Number1,Cook,KITCHEN\n2,Bo Ko,Cook,kitchen\n3,Cy Day,,Bar\n"
        plan = self.known().plan(text, a_mapping(DESCRIBED))
        first, second, _ = plan.rows()
        assert first.outcome == "unchanged"
        assert changes(second)["department"] == (None, "Kitchen")
        assert plan.departments == ("Bar", "Kitchen")

    def test_only_mapped_attributes_are_touched_and_an_empty_one_goes(self) -> None:
        company = self.known(attributes={"level": "5", "cost_center": "17"})
        mapping = a_mapping(BASIC, attributes={"level": "Level"})
        plan = company.plan("Id,Name,Level\nE1,Ada Number1,\n", mapping)
        assert changes(only_row(plan)) == {"attributes.level": ("5", None)}
        company.apply(plan)
        assert company.named("Ada Number1").attributes == {"cost_center": "17"}


class TestEmployment:
    def plan(self, cells: str, columns: dict[str, str] | None = None, **known: Any) -> PlannedRow:
        company = Company.of(a_person(1, **known))
        header = "Id,Name,Status,Left\n"
        mapping = a_mapping(columns or EMPLOYED, status_words=WORDS, max_deactivations="1")
        return only_row(company.plan(f"{header}E1,Ada Number1,{cells}\n", mapping))

    def test_leaving_is_a_deactivation_with_its_day(self) -> None:
        row = self.plan("gone,2026-02-01")
        assert row.outcome == "deactivate"
        assert changes(row) == {"status": ("active", "left"), "left_on": (None, "2026-02-01")}

    def test_leaving_without_a_day_is_today(self) -> None:
        assert changes(self.plan("gone,"))["left_on"] == (None, "2026-03-02")

    def test_a_leaver_keeps_their_day_when_the_file_has_none(self) -> None:
        assert self.plan("gone,", status="left", left_on=date(2020, 5, 5)).outcome == "unchanged"

    def test_a_leavers_day_is_corrected(self) -> None:
        row = self.plan("gone,2020-06-06", status="left", left_on=date(2020, 5, 5))
        assert (row.outcome, changes(row)) == ("update", {"left_on": ("2020-05-05", "2020-06-06")})

    def test_coming_back_takes_the_day_away(self) -> None:
        row = self.plan("working,", status="left", left_on=date(2020, 5, 5))
        assert row.outcome == "update"
        assert changes(row) == {"status": ("left", "active"), "left_on": ("2020-05-05", None)}

    def test_a_first_day_that_has_come_makes_them_active(self) -> None:
        columns = {**BASIC, "status": "Status"}
        row = self.plan("working,", columns, status="upcoming", hired_on=TODAY)
        assert changes(row) == {"status": ("upcoming", "active")}
        assert self.plan("working,", BASIC, status="upcoming", hired_on=TODAY).changes == ()

    def test_a_day_to_come_is_planned(self) -> None:
        row = self.plan("working,2026-12-31")
        assert (row.outcome, changes(row)) == ("update", {"left_on": (None, "2026-12-31")})

    def test_a_planned_day_stays_where_the_file_has_no_such_column(self) -> None:
        columns = {**BASIC, "status": "Status"}
        planned = date(2026, 12, 31)
        assert self.plan("working,", columns, left_on=planned).outcome == "unchanged"
        row = self.plan("working,", left_on=planned)
        assert changes(row) == {"left_on": ("2026-12-31", None)}

    def test_without_a_status_column_only_leaving_and_coming_back_are_read(self) -> None:
        columns = {**BASIC, "left_on": "Left"}
        assert self.plan(",", columns, status="on_leave").outcome == "unchanged"
        assert self.plan(",2026-03-02", columns, status="on_leave").outcome == "deactivate"

    def test_leaving_before_the_known_first_day_is_refused(self) -> None:
        columns = {**BASIC, "left_on": "Left"}
        row = self.plan(",2020-01-01", columns, hired_on=date(2021, 1, 1))
        assert (row.outcome, row.problems[0].code) == ("error", "left_before_hired")
        assert row.changes == ()


class TestSnapshot:
    MAPPING = a_mapping(BASIC, mode="snapshot", max_deactivations="0.5")

    def test_whoever_is_at_work_and_not_in_the_file_leaves_today(self) -> None:
        company = Company.of(
            a_person(1),
            a_person(2, status="on_leave"),
            a_person(3, status="left", left_on=date(2020, 1, 1)),
            a_person(4, status="upcoming", hired_on=TODAY + timedelta(30)),
            a_person(5),
        )
        plan = company.plan("Id,Name\nE1,Ada Number1\nE5,Ada Number5\n", self.MAPPING)
        assert plan.summary == Summary(unchanged=2, deactivate=1)
        absent = list(plan.rows())[-1]
        assert (absent.row, absent.external_id, absent.outcome) == (None, "E2", "deactivate")
        assert changes(absent) == {"status": ("on_leave", "left"), "left_on": (None, "2026-03-02")}
        company.apply(plan)
        assert company.named("Ada Number2").status == "left"

    def test_a_delta_lets_nobody_leave(self) -> None:
        company = Company.of(a_person(1), a_person(2))
        plan = company.plan("Id,Name\nE1,Ada Number1\n", a_mapping(BASIC))
        assert plan.summary == Summary(unchanged=1)

    @pytest.mark.parametrize("row", ["E2,", "E2,Ada,surplus", "E2,Ada Num\0ber"])
    def test_somebody_whose_row_is_refused_is_not_absent(self, row: str) -> None:
        company = Company.of(a_person(1), a_person(2))
        plan = company.plan(f"Id,Name\nE1,Ada Number1\n{row}\n", self.MAPPING)
        assert plan.summary == Summary(unchanged=1, error=1)

    def test_an_absent_manager_manages_nobody_any_more(self) -> None:
        mapping = a_mapping({**BASIC, "manager_name": "Boss"}, mode="snapshot")
        company = Company.of(a_person(1), a_person(2))
        plan = company.plan("Id,Name,Boss\nE1,Ada Number1,Ada Number2\n", mapping)
        assert "manager_left" in [warning.code for warning in plan.warnings]

    def test_who_runs_the_import_may_be_absent(self) -> None:
        one, two = a_person(1), a_person(2)
        plan = plan_file(
            a_file("Id,Name\nE1,Ada Number1\n"),
            self.MAPPING,
            [one, two],
            today=TODAY,
            new_id=ids(),
            never_deactivate={two.id},
        )
        assert plan.summary == Summary(unchanged=1)


class TestRefusal:
    def company(self, size: int) -> Company:
        return Company.of(*(a_person(number) for number in range(1, size + 1)))

    def snapshot_of(self, present: int, size: int, share: str) -> Plan:
        rows = "".join(f"E{number},Ada Number{number}\n" for number in range(1, present + 1))
        mapping = a_mapping(BASIC, mode="snapshot", max_deactivations=share)
        return self.company(size).plan(f"Id,Name\n{rows}", mapping)

    def test_more_leavers_than_allowed_refuse_the_plan(self) -> None:
        plan = self.snapshot_of(6, 10, "0.3")
        assert plan.refusal is not None
        assert plan.warnings[0] is plan.refusal
        assert (plan.refusal.code, plan.refusal.count) == ("too_many_deactivations", 4)
        assert "40%" in plan.refusal.detail
        assert "4 of 10" in plan.refusal.detail
        assert plan.refusal.examples[0] == "Ada Number7"

    @pytest.mark.parametrize(("present", "share"), [(7, "0.3"), (10, "0"), (1, "1")])
    def test_the_share_itself_is_allowed(self, present: int, share: str) -> None:
        assert self.snapshot_of(present, 10, share).refusal is None

    def test_leavers_in_the_rows_count_as_well(self) -> None:
        mapping = a_mapping({**BASIC, "status": "Status"}, status_words=WORDS)
        plan = self.company(4).plan(
            "Id,Name,Status\nE1,Ada Number1,working\nE2,Ada Number2,gone\n", mapping
        )
        assert plan.refusal is not None
        assert plan.refusal.rows == (3,)

    def test_leavers_nobody_knew_do_not(self) -> None:
        mapping = a_mapping({**BASIC, "status": "Status"}, status_words=WORDS)
        plan = self.company(1).plan("Id,Name,Status\n7,Ann Lee,gone\n8,Bo Ko,gone\n", mapping)
        assert plan.refusal is None
        assert plan.summary == Summary(create=2)


class TestPlan:
    def test_it_is_told_how_far_it_is(self) -> None:
        text = "Id,Name\n" + "".join(f"{number},Ann Lee\n" for number in range(2_500))
        told: list[int] = []
        plan_file(
            a_file(text), a_mapping(BASIC), [], today=TODAY, new_id=ids(), on_progress=told.append
        )
        assert told == [1_000, 2_000]

    def test_rows_are_spelled_out_as_often_as_asked(self) -> None:
        plan = Company().plan("Id,Name\n1,Ann Lee\n", a_mapping(BASIC))
        assert list(plan.rows()) == list(plan.rows())

    def test_warnings_are_in_the_rows_and_gathered_in_the_plan(self) -> None:
        plan = Company().plan("Id,Name\n1,Lee, \n2,\n,Ann Lee\n3,A\u200bl Bo\n", a_mapping(BASIC))
        found = {warning.code: warning.rows for warning in plan.warnings}
        assert found == {
            "name_missing": (3,),
            "identity_missing": (4,),
            "invisible_characters_removed": (5,),
        }
        assert [row.outcome for row in plan.rows()] == ["create", "error", "error", "create"]

    def test_a_file_that_cannot_be_read_has_no_plan(self) -> None:
        with pytest.raises(FileRefused):
            Company().plan("Id,Other\n1,Ann Lee\n", a_mapping(BASIC))

    def test_rows_of_any_origin_are_planned(self) -> None:
        """The doors that take JSON make their rows themselves."""
        parser = RowParser(a_mapping(BASIC), ["Id", "Name"], TODAY)
        terms = PlanTerms(today=TODAY, new_id=ids(), max_deactivations=Decimal(1))
        assert plan_people([], [a_person(1)], terms).summary == Summary()
        assert parser.fields == {"external_id", "given_name", "family_name"}

    def test_the_file_stays_open_for_whoever_lent_it(self) -> None:
        file = BytesIO(b"Id,Name\n1,Ann Lee\n")
        plan_file(file, a_mapping(BASIC), [], today=TODAY, new_id=ids())
        assert not file.closed

import csv
from io import BytesIO, StringIO

import pytest

from perfapi.domains.people.imports.mapping import Mapping
from perfapi.domains.people.imports.suggesting import Suggestion, is_sensitive, suggest
from tests.domains.people.imports.company import Company


def suggested(*columns: list[str], email_domain: str = "example.com") -> Suggestion:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(zip(*columns, strict=True))
    return suggest(BytesIO(text.getvalue().encode()), email_domain=email_domain)


def fields(suggestion: Suggestion) -> dict[str, str]:
    found: dict[str, str] = suggestion.mapping.columns.model_dump(exclude_none=True)
    return found


def notes(suggestion: Suggestion) -> list[str]:
    return [note.code for note in suggestion.notes]


IDS = ["Employee ID", "1", "2", "3"]
NAMES = ["Name", "Ann Lee", "Bo Ko", "Cy Day"]


class TestColumns:
    def test_english(self) -> None:
        suggestion = suggested(
            IDS,
            ["First Name", "Ann", "Bo", "Cy"],
            ["Last Name", "Lee", "Ko", "Day"],
            ["Work Email", "a@x.com", "b@x.com", "c@x.com"],
            ["Job Title", "Cook", "Cook", "Chef"],
            ["Dept.", "A", "A", "B"],
            ["Office", "Ulm", "Ulm", "Bonn"],
            ["Employment Status", "Active", "On Leave", "Terminated"],
            ["Hire Date", "2020-01-31", "2020-02-01", "2020-03-01"],
            ["Termination Date", "", "", "2021-01-01"],
            ["Manager Email", "b@x.com", "", "b@x.com"],
            ["Employment Type", "Permanent", "Permanent", "Intern"],
        )
        assert fields(suggestion) == {
            "external_id": "Employee ID",
            "given_name": "First Name",
            "family_name": "Last Name",
            "email": "Work Email",
            "job_title": "Job Title",
            "department": "Dept.",
            "location": "Office",
            "status": "Employment Status",
            "hired_on": "Hire Date",
            "left_on": "Termination Date",
            "manager_email": "Manager Email",
            "employment_type": "Employment Type",
        }
        assert suggestion.mapping.email_template is None
        assert suggestion.mapping.status_words == {
            "Active": "active",
            "On Leave": "on_leave",
            "Terminated": "left",
        }

    def test_german(self) -> None:
        suggestion = suggested(
            ["Personalnummer", "1", "2"],
            ["Name", "Müller", "Weiß"],
            ["Vorname", "Jörg", "Anna Maria"],
            ["E-Mail-Adresse", "j@x.de", "a@x.de"],
            ["Stellenbezeichnung", "Koch", "Köchin"],
            ["Abteilung", "Küche", "Küche"],
            ["Standort", "Köln", "Ulm"],
            ["Eintrittsdatum", "01.02.2020", "03.04.2021"],
            ["Austrittsdatum", "", "31.12.21"],
            ["Vorgesetzter", "Anna Maria Weiß", ""],
            ["Kostenstelle", "17", "18"],
        )
        found = fields(suggestion)
        assert found == {
            "external_id": "Personalnummer",
            "given_name": "Vorname",
            "family_name": "Name",
            "email": "E-Mail-Adresse",
            "job_title": "Stellenbezeichnung",
            "department": "Abteilung",
            "location": "Standort",
            "hired_on": "Eintrittsdatum",
            "left_on": "Austrittsdatum",
            "manager_name": "Vorgesetzter",
        }
        assert suggestion.mapping.date_formats == ["%d.%m.%Y", "%d.%m.%y"]
        assert suggestion.mapping.attributes == {"cost_center": "Kostenstelle"}

    def test_italian(self) -> None:
        suggestion = suggested(
            ["Matricola", "1", "2"],
            ["Cognome e Nome", "Rossi Mario", "Bianchi Anna"],
            ["Mansione", "Cuoco", "Cuoca"],
            ["Reparto", "Cucina", "Cucina"],
            ["Sede", "Forlì", "Cantù"],
            ["Stato", "In forza", "Cessato"],
            ["Data assunzione", "05/06/2020", "07/08/2021"],
            ["Data cessazione", "", "01/02/2022"],
            ["Responsabile", "Bianchi Anna", ""],
        )
        assert fields(suggestion) == {
            "external_id": "Matricola",
            "name": "Cognome e Nome",
            "job_title": "Mansione",
            "department": "Reparto",
            "location": "Sede",
            "status": "Stato",
            "hired_on": "Data assunzione",
            "left_on": "Data cessazione",
            "manager_name": "Responsabile",
        }
        assert suggestion.mapping.name_format == "last_first"
        assert suggestion.mapping.status_words == {"In forza": "active", "Cessato": "left"}
        assert suggestion.mapping.date_formats == ["%d/%m/%Y"]
        assert "date_order_ambiguous" in notes(suggestion)

    def test_dutch(self) -> None:
        suggestion = suggested(
            ["Personeelsnummer", "1", "2"],
            ["Achternaam", "de Vries", "Bakker"],
            ["Voornaam", "Jan", "Zoë"],
            ["E-mailadres", "j@x.nl", "z@x.nl"],
            ["Functie", "Kok", "Kok"],
            ["Afdeling", "Keuken", "Keuken"],
            ["Standplaats", "Utrecht", "Gouda"],
            ["Datum in dienst", "01-02-2020", "13-02-2020"],
            ["Datum uit dienst", "", ""],
            ["Leidinggevende", "Zoë Bakker", ""],
            ["Contractvorm", "Vast", "Tijdelijk"],
        )
        assert set(fields(suggestion)) == {
            "external_id", "given_name", "family_name", "email", "job_title", "department",
            "location", "hired_on", "left_on", "manager_name", "employment_type",
        }  # fmt: skip
        assert suggestion.mapping.date_formats == ["%d-%m-%Y"]

    def test_each_column_says_where_it_goes_and_what_it_holds(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Shoe size", "40", "", "40"])
        described = {column.name: column for column in suggestion.columns}
        assert described["Name"].field == "name"
        assert described["Name"].samples == ("Ann Lee", "Bo Ko", "Cy Day")
        assert (described["Shoe size"].field, described["Shoe size"].samples) == (None, ("40",))
        assert (suggestion.row_count, suggestion.delimiter) == (3, ";")
        assert suggestion.encoding == "utf-8"

    def test_the_mapping_makes_a_plan_of_the_file_it_was_made_of(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Manager", "", "Ann Lee", "Ann Lee"])
        mapping = Mapping.model_validate_json(suggestion.mapping.model_dump_json())
        text = "Employee ID;Name;Manager\n1;Ann Lee;\n2;Bo Ko;Ann Lee\n"
        plan = Company().plan(text, mapping)
        assert (plan.summary.create, plan.warnings) == (2, ())


class TestValues:
    def test_commas_in_names_mean_last_first(self) -> None:
        suggestion = suggested(IDS, ["Name", "Lee, Ann", "Ko,Bo", "Cher"])
        assert suggestion.mapping.name_format == "last_first"
        assert suggested(IDS, NAMES).mapping.name_format == "first_last"

    def test_addresses_are_recognised_under_any_header(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Login", "a@x.com", "b@x.com", "c@x.com"])
        assert fields(suggestion)["email"] == "Login"

    def test_a_template_is_offered_only_where_there_are_no_addresses(self) -> None:
        suggestion = suggested(IDS, NAMES, email_domain="acme.example")
        assert suggestion.mapping.email_template == "{first}.{last}@acme.example"

    def test_an_id_column_that_repeats_is_no_id(self) -> None:
        suggestion = suggested(["ID", "7", "7", "7"], NAMES)
        assert "external_id" not in fields(suggestion)
        assert "identity_missing" in notes(suggestion)

    def test_status_words_nobody_knows_are_left_to_a_person(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Status", "Active", "Blue", "INACTIVE"])
        assert suggestion.mapping.status_words == {"Active": "active", "INACTIVE": "left"}
        assert [note.detail for note in suggestion.notes if note.code == "status_word_unknown"] == [
            "What 'Blue' means for the status is for you to say."
        ]

    @pytest.mark.parametrize(
        ("dates", "formats"),
        [
            (["7/5/2011", "3/30/2015", ""], ["%m/%d/%Y"]),
            (["5/7/2011", "30/3/2015", ""], ["%d/%m/%Y"]),
            (["7/5/11", "3/30/15", ""], ["%m/%d/%y"]),
            (["2011-07-05T00:00:00", "", ""], ["%Y-%m-%dT%H:%M:%S"]),
        ],
    )
    def test_date_formats_are_read_off_the_values(
        self, dates: list[str], formats: list[str]
    ) -> None:
        suggestion = suggested(IDS, NAMES, ["Start Date", *dates])
        assert suggestion.mapping.date_formats == formats
        assert notes(suggestion) == []

    def test_day_and_month_that_could_be_either_are_a_choice_and_told(self) -> None:
        english = suggested(IDS, NAMES, ["Hire Date", "7/5/2011", "1/2/2015", ""])
        assert english.mapping.date_formats == ["%m/%d/%Y"]
        assert "month before day" in english.notes[0].detail

    def test_dates_in_no_usual_format_are_counted(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Start Date", "2020-01-01", "2020-01-02", "Q3/2020"])
        assert suggestion.notes[0].detail == "1 dates are in no usual format."

    def test_one_letter_says_the_status_only_alone(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Status", "A", "T", "L"])
        assert suggestion.mapping.status_words == {"A": "active", "T": "left", "L": "on_leave"}

    def test_one_part_of_a_name_alone_is_the_name(self) -> None:
        assert fields(suggested(IDS, ["Nome", "Ann Lee", "Bo", "Cy"]))["name"] == "Nome"

    def test_long_files_are_surveyed_to_their_end(self) -> None:
        count = 6_000
        suggestion = suggested(
            ["ID", *map(str, range(count))],
            ["Name", *(f"Ann Lee{number}" for number in range(count))],
            ["Manager ID", *(str(number // 8) for number in range(count))],
            ["Status", *["Active"] * (count - 1), "Left"],
        )
        assert suggestion.row_count == count
        assert fields(suggestion)["external_id"] == "ID"
        assert fields(suggestion)["manager_external_id"] == "Manager ID"
        assert suggestion.mapping.status_words == {"Active": "active", "Left": "left"}

    def test_a_date_column_without_dates_is_none(self) -> None:
        assert "hired_on" not in fields(suggested(IDS, NAMES, ["Start Date", "soon", "x", "y"]))


class TestManagers:
    def test_ids_that_are_somebodys_find_managers(self) -> None:
        suggestion = suggested(IDS, NAMES, ["Manager ID", "", "1", "1"], ["Manager", "", "A", "A"])
        assert fields(suggestion)["manager_external_id"] == "Manager ID"
        assert "manager_name" not in fields(suggestion)

    def test_ids_that_are_nobodys_are_a_hint_beside_the_name(self) -> None:
        suggestion = suggested(
            IDS, NAMES, ["Manager ID", "", "77", "78"], ["Manager", "", "Ann Lee", "Bo Ko"]
        )
        found = fields(suggestion)
        assert (found["manager_name"], found["manager_id_hint"]) == ("Manager", "Manager ID")
        assert "manager_ids_unknown" in notes(suggestion)

    def test_a_manager_column_may_hold_ids_or_addresses(self) -> None:
        by_id = suggested(IDS, NAMES, ["Reports To", "", "1", "2"])
        assert fields(by_id)["manager_external_id"] == "Reports To"
        by_email = suggested(IDS, NAMES, ["Supervisor", "", "a@x.com", "b@x.com"])
        assert fields(by_email)["manager_email"] == "Supervisor"


class TestSensitive:
    @pytest.mark.parametrize(
        "header",
        ["DOB", "Date of Birth", "BirthDate", "Age", "Gender", "GenderID", "Sex", "RaceDesc",
         "Ethnicity", "HispanicLatino", "Religion", "MaritalDesc", "MarriedID", "CitizenDesc",
         "Nationality", "Salary", "Base Pay", "Annual Compensation", "Zip", "ZIP Code",
         "Postal Code", "Home Address", "SSN", "Disability Status", "Sick Days", "Absences",
         "TermReason", "FromDiversityJobFairID", "Veteran", "IBAN", "Tax ID", "Mobile Phone",
         "Geburtsdatum", "Geschlecht", "Konfession", "Familienstand", "Staatsangehörigkeit",
         "Gehalt", "Bruttolohn Lohn", "Schwerbehinderung", "PLZ", "Krankheitstage", "Steuer-ID",
         "Data di nascita", "Sesso", "Stato civile", "Cittadinanza", "Stipendio", "RAL", "CAP",
         "Codice fiscale", "Malattia", "Geboortedatum", "Geslacht", "Burgerlijke staat",
         "Nationaliteit", "Salaris", "Postcode", "BSN", "Ziekteverzuim"],
    )  # fmt: skip
    def test_what_says_something_about_a_private_life_is_recognised(self, header: str) -> None:
        assert is_sensitive(header)

    @pytest.mark.parametrize(
        "header",
        ["Employee_Name", "EmpID", "Position", "State", "DateofHire", "Department", "ManagerName",
         "RecruitmentSource", "Essex Office", "Terrace", "Manager", "Contract Type", "Page",
         "Eintrittsdatum", "Standort", "Sede", "Functie", "Cost Center", "Company"],
    )  # fmt: skip
    def test_what_says_nothing_of_it_is_not(self, header: str) -> None:
        assert not is_sensitive(header)

    def test_such_columns_are_never_proposed_and_their_values_not_shown(self) -> None:
        suggestion = suggested(
            IDS,
            NAMES,
            ["Salary", "1", "2", "3"],
            ["Gender", "f", "m", "x"],
            ["Zip", "1", "2", "3"],
            ["Private Email Address", "a@x.com", "b@x.com", "c@x.com"],
            ["Cost Center", "1", "2", "3"],
        )
        assert suggestion.mapping.attributes == {"cost_center": "Cost Center"}
        hidden = [column for column in suggestion.columns if column.is_sensitive]
        assert {"Salary", "Gender", "Zip"} <= {column.name for column in hidden}
        assert all(column.samples == () for column in hidden)
        assert all(column.field is None for column in hidden)
        assert "email" not in fields(suggestion)

"""What the columns of a file mean. The models are public: they are the API's documentation."""

import re
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from perfapi.domains.people.imports.dates import contradiction, why_invalid
from perfapi.domains.people.imports.names import NameFormat
from perfapi.domains.people.imports.text import tidy

Mode = Literal["delta", "snapshot"]
Delimiter = Literal[",", ";", "\t", "|"]
Status = Literal["active", "on_leave", "left"]
Encoding = Literal[
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp1250",
    "cp1251",
    "cp1253",
    "mac-roman",
    "shift-jis",
    "gb18030",
]
DELIMITERS: tuple[Delimiter, ...] = get_args(Delimiter)
MAX_COLUMN_NAME = 200
MAX_ATTRIBUTES = 50

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TEMPLATE = re.compile(
    r"[A-Za-z0-9._{}-]{1,100}@(?=.{3,190}$)"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)


def _readable(value: str) -> str:
    if tidy(value).has_control:
        raise PydanticCustomError("control_character", "Unprintable characters are not allowed.")
    return value


def _date_format(value: str) -> str:
    reason = why_invalid(_readable(value))
    if reason is not None:
        raise PydanticCustomError("date_format_invalid", reason)
    return value


def _email_template(value: str) -> str:
    if not _TEMPLATE.fullmatch(value):
        raise PydanticCustomError(
            "email_template_invalid",
            "An e-mail template looks like {first}.{last}@example.com: placeholders, letters,"
            " digits, dots, hyphens, underscores, then @ and a domain.",
        )
    local, _, domain = value.partition("@")
    names = _PLACEHOLDER.findall(local)
    rest = _PLACEHOLDER.sub("", local)
    if (
        not names
        or not {"first", "last", "external_id"}.issuperset(names)
        or "{" in rest + domain
        or "}" in rest + domain
    ):
        raise PydanticCustomError(
            "email_template_invalid",
            "Before the @ at least one of {first}, {last} and {external_id}, and no other.",
        )
    return value


ColumnName = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_COLUMN_NAME), AfterValidator(_readable)
]
AttributeKey = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", min_length=1, max_length=63)
]
StatusWord = Annotated[
    str, StringConstraints(min_length=1, max_length=100), AfterValidator(_readable)
]
DateFormat = Annotated[
    str, StringConstraints(min_length=6, max_length=40), AfterValidator(_date_format)
]
EmailTemplate = Annotated[
    str, StringConstraints(min_length=5, max_length=254), AfterValidator(_email_template)
]


class MappingColumns(BaseModel):
    """Which column of the file holds what, by the header's text.

    Names are compared exactly, apart from white space at the ends and runs of it inside. A field
    without a column is left as it is for people already known. A field with a column is what the
    file says: an empty cell empties it.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    external_id: ColumnName | None = Field(
        None, description="Id of the person in the HR system. Identifies people across imports."
    )
    name: ColumnName | None = Field(
        None, description="Full name in one column, read according to `name_format`."
    )
    given_name: ColumnName | None = Field(
        None, description="Given name. Together with `family_name`, instead of `name`."
    )
    family_name: ColumnName | None = Field(
        None, description="Family name. Together with `given_name`, instead of `name`."
    )
    email: ColumnName | None = Field(
        None, description="Work e-mail address. Identifies people where there is no external id."
    )
    job_title: ColumnName | None = Field(None, description="Job title.")
    department: ColumnName | None = Field(
        None, description="Name of the department; departments not known yet are created."
    )
    location: ColumnName | None = Field(None, description="Place of work.")
    status: ColumnName | None = Field(
        None, description="Employment status in words that `status_words` translates."
    )
    hired_on: ColumnName | None = Field(
        None, description="First day at work, in one of `date_formats`."
    )
    left_on: ColumnName | None = Field(
        None,
        description=(
            "Day from which they are gone, in one of `date_formats`. Past or today: the person has"
            " left; to come: the leaving is planned. The years 2999 and 9999, with which exports"
            " say 'open end', count as empty."
        ),
    )
    manager_name: ColumnName | None = Field(
        None,
        description=(
            "Manager by name, 'First Last' or 'Last, First', whatever `name_format` says. Case,"
            " accents, dots and middle initials may differ; a name that fits several people is"
            " never guessed. At most one of the manager columns is given."
        ),
    )
    manager_external_id: ColumnName | None = Field(
        None, description="Manager by the external id of their own row."
    )
    manager_email: ColumnName | None = Field(None, description="Manager by e-mail address.")
    manager_id_hint: ColumnName | None = Field(
        None,
        description=(
            "A manager number that is not an external id, beside `manager_name`. Used only to"
            " report contradictions, and to tell managers of one name apart."
        ),
    )
    employment_type: ColumnName | None = Field(
        None, description="Kind of employment: permanent, contractor, intern."
    )


class MappingDraft(BaseModel):
    """A mapping that may still lack something, such as a suggestion waiting to be completed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    mode: Mode = Field(
        "delta",
        description=(
            "`delta`: people who are not in the file stay as they are. `snapshot`: the file is"
            " everybody, whoever works here and is not in it has left."
        ),
    )
    max_deactivations: Annotated[Decimal, Field(ge=0, le=1, decimal_places=4)] = Field(
        Decimal("0.2"),
        description=(
            "Largest share (0 to 1, a decimal string) of the people at work whom one import may"
            " make leave. A plan beyond it cannot be applied."
        ),
    )
    encoding: Encoding | None = Field(
        None, description="Character encoding of the file; null: recognised."
    )
    delimiter: Delimiter | None = Field(
        None, description="Separator between cells; null: recognised."
    )
    columns: MappingColumns = Field(description="Which column of the file holds what.")
    attributes: dict[AttributeKey, ColumnName] = Field(
        default_factory=dict,
        max_length=MAX_ATTRIBUTES,
        description=(
            "Further columns to keep with the person's employment, visible to HR, each under a"
            " key: `{'cost_center': 'Cost Center'}`."
        ),
    )
    name_format: NameFormat = Field(
        "first_last",
        description="How the column `name` is written: `last_first` is 'Last, First M'.",
    )
    date_formats: list[DateFormat] = Field(
        default_factory=lambda: ["%Y-%m-%d"],
        max_length=10,
        description=(
            "Formats of the date columns in strptime's notation, tried in turn. Two-digit years"
            " are never more than five years ahead. Formats that contradict each other"
            " (`%d/%m/%Y` and `%m/%d/%Y`) are refused."
        ),
        examples=[["%m/%d/%Y", "%m/%d/%y"]],
    )
    status_words: dict[StatusWord, Status] = Field(
        default_factory=dict,
        max_length=200,
        description=(
            "What each word of the status column means. Upper and lower case do not matter; an"
            " empty cell means `active`; `active`, `on_leave` and `left` mean themselves."
        ),
        examples=[{"Active": "active", "Leave of absence": "on_leave", "Terminated": "left"}],
    )
    email_template: EmailTemplate | None = Field(
        None,
        description=(
            "Address for people who have none, made of `{first}`, `{last}` and `{external_id}`,"
            " in ASCII (ä becomes ae, é becomes e). Equal addresses are numbered in the order of"
            " the rows. An address somebody has already is never replaced."
        ),
        examples=["{first}.{last}@example.com"],
    )


class Mapping(MappingDraft):
    """What the columns of a file mean, complete enough to make a plan."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "mode": "delta",
                    "columns": {
                        "external_id": "Employee ID",
                        "name": "Name",
                        "email": "Work Email",
                        "department": "Department",
                        "status": "Status",
                        "hired_on": "Hire Date",
                        "manager_name": "Manager",
                    },
                    "name_format": "last_first",
                    "date_formats": ["%m/%d/%Y"],
                    "status_words": {"Active": "active", "Terminated": "left"},
                }
            ]
        }
    )

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        _check_names(self.columns)
        _check_identity(self.columns)
        _check_managers(self.columns)
        _check_claims(self)
        _check_dates(self)
        _check_status_words(self)
        return self


def _check_names(columns: MappingColumns) -> None:
    parts = (columns.given_name, columns.family_name)
    if columns.name is None and None in parts:
        raise PydanticCustomError(
            "name_column_missing", "Name the column `name`, or `given_name` and `family_name`."
        )
    if columns.name is not None and parts != (None, None):
        raise PydanticCustomError(
            "name_columns_contradict", "Either `name`, or `given_name` and `family_name`, not both."
        )


def _check_identity(columns: MappingColumns) -> None:
    if columns.external_id is None and columns.email is None:
        raise PydanticCustomError(
            "identity_column_missing",
            "Name the column `external_id` or `email`: people are recognised by it next time.",
        )


def _check_managers(columns: MappingColumns) -> None:
    ways = (columns.manager_name, columns.manager_external_id, columns.manager_email)
    if sum(way is not None for way in ways) > 1:
        raise PydanticCustomError(
            "manager_columns_contradict",
            "Managers are found in one way: by `manager_external_id`, `manager_email` or"
            " `manager_name` (with the number beside it as `manager_id_hint`).",
        )
    if columns.manager_id_hint is not None and columns.manager_name is None:
        raise PydanticCustomError(
            "manager_hint_alone", "`manager_id_hint` goes with `manager_name`."
        )


def _check_claims(mapping: MappingDraft) -> None:
    claims: dict[str, str] = {}
    fields = dict(mapping.columns.model_dump(exclude_none=True))
    fields.update({f"attributes.{key}": name for key, name in mapping.attributes.items()})
    for field, column in fields.items():
        claimed_by = claims.setdefault(tidy(column).text, field)
        if claimed_by != field:
            raise PydanticCustomError(
                "column_claimed_twice",
                "The column '{column}' is both {first} and {second}.",
                {"column": column, "first": claimed_by, "second": field},
            )


def _check_dates(mapping: MappingDraft) -> None:
    columns = mapping.columns
    if not mapping.date_formats and (columns.hired_on or columns.left_on):
        raise PydanticCustomError(
            "date_formats_missing", "Date columns need at least one of `date_formats`."
        )
    pair = contradiction(mapping.date_formats)
    if pair is not None:
        raise PydanticCustomError(
            "date_formats_contradict",
            "{first} and {second} read the same text as different days.",
            {"first": pair[0], "second": pair[1]},
        )


def _check_status_words(mapping: MappingDraft) -> None:
    meanings: dict[str, Status] = {}
    for word, status in mapping.status_words.items():
        if meanings.setdefault(status_key(word), status) != status:
            raise PydanticCustomError(
                "status_words_contradict",
                "The status word '{word}' has two meanings.",
                {"word": word},
            )


def status_key(word: str) -> str:
    return tidy(word).text.casefold()

from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import MISSING, AfterValidator, Field
from pydantic_core import PydanticCustomError

from perfapi.core.schema import Input, Line, Resource


class Language(StrEnum):
    EN = "en"
    DE = "de"
    IT = "it"
    NL = "nl"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError("time_zone_unknown", "That is no time zone of the IANA database.")
    return name


TimeZone = Annotated[
    str, AfterValidator(_known_zone), Field(max_length=64, examples=["Europe/Berlin"])
]


class OrganizationDocument(Resource):
    """The organization that you signed in to."""

    name: str
    slug: Annotated[str, Field(description="Its short name, for signing in.")]
    time_zone: Annotated[str, Field(description="Decides which day it is (IANA name).")]
    language: Annotated[Language, Field(description="What perfapi writes in by default.")]
    permissions: Annotated[list[str], Field(description="What you may do: `edit`.")]


class OrganizationUpdate(Input):
    """What is left out stays as it is (JSON Merge Patch)."""

    name: Line | MISSING = MISSING
    time_zone: TimeZone | MISSING = MISSING
    language: Language | MISSING = MISSING

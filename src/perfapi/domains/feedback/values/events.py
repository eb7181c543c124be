from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class CompanyValueAdded(Event):
    topic: ClassVar[str] = "feedback.company_value_added"
    subject: ClassVar[str] = "company_value_id"

    company_value_id: UUID


class CompanyValueChanged(Event):
    topic: ClassVar[str] = "feedback.company_value_changed"
    subject: ClassVar[str] = "company_value_id"

    company_value_id: UUID
    fields: list[str]

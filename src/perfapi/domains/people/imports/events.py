from typing import ClassVar
from uuid import UUID

from perfapi.core.events import Event


class ImportPlanned(Event):
    topic: ClassVar[str] = "people.import_planned"
    subject: ClassVar[str] = "import_id"

    import_id: UUID


class ImportApplied(Event):
    topic: ClassVar[str] = "people.import_applied"
    subject: ClassVar[str] = "import_id"

    import_id: UUID
    created: int
    updated: int
    deactivated: int


class ImportDiscarded(Event):
    topic: ClassVar[str] = "people.import_discarded"
    subject: ClassVar[str] = "import_id"

    import_id: UUID

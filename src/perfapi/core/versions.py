"""Optimistic concurrency: a read tells the version (ETag), a change insists on it (If-Match)."""

import re
from typing import Annotated

from fastapi import Depends, Header
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from .errors import InvalidPart, Problem, RequestMalformed


class VersionStale(Problem):
    """Somebody changed the resource since you read it. Read it again, then decide."""

    status, title = 412, "It has changed since you read it."


class VersionMissing(Problem):
    """A change needs `If-Match` with the ETag that you read (or `*` for whatever it is now)."""

    status, title = 428, "Say which version you are changing."


class Versioned:
    """Mixin: every update counts, and of two updates of one version only one wins."""

    version: Mapped[int] = mapped_column(default=1, sort_order=-1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 -- SQLAlchemy hands over the class
        return {"version_id_col": cls.__dict__.get("version", cls.version)}

    def expect(self, version: int | None) -> None:
        """`None` stands for `*`."""
        if version is not None and version != self.version:
            raise VersionStale()


def _expected_version(
    if_match: Annotated[
        str | None,
        Header(max_length=200, description="The ETag that you read, or `*`.", examples=["*"]),
    ] = None,
) -> int | None:
    """An ETag reads `"<version>-<digest>"`: the version decides, the digest tells bytes apart."""
    if if_match is None:
        raise VersionMissing()
    if if_match.strip() == "*":
        return None
    if match := re.fullmatch(r'"(\d{1,9})-[0-9a-f]+"', if_match.strip()):
        return int(match[1])
    if re.fullmatch(r'(W/)?"[^"]*"', if_match.strip()):
        raise VersionStale()
    part = InvalidPart(header="If-Match", code="etag_invalid", detail="That is not an ETag.")
    raise RequestMalformed(errors=[part])


ExpectedVersion = Annotated[int | None, Depends(_expected_version)]

CHANGE_PROBLEMS: tuple[type[Problem], ...] = (RequestMalformed, VersionStale, VersionMissing)
"""For the `responses=` of operations that take `version: ExpectedVersion`."""

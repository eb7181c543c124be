from collections.abc import Iterator
from pathlib import Path

import pytest

from perfapi.embedded.postgres import EmbeddedPostgres


@pytest.fixture(scope="session")
def initialized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a PostgreSQL that has stopped, with a row in it."""
    folder = tmp_path_factory.mktemp("initialized") / "postgres"
    with EmbeddedPostgres(folder, durable=False) as server:
        server.execute("CREATE TABLE kept AS SELECT 7 AS number")
    return folder


@pytest.fixture
def postgres(initialized: Path) -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL that does not run yet; each test leaves it stopped."""
    server = EmbeddedPostgres(initialized, durable=False)
    yield server
    server.stop()

"""Looks whether a connection that is taken again is as it was made: no organization is entered,
nothing is set. What is left over is written into a file that the checker finds."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

_LEFT = (
    "SELECT coalesce(nullif(current_setting('perfapi.organization_id', true), ''), "
    "(SELECT string_agg(name, ', ') FROM pg_settings WHERE setting <> reset_val "
    "AND source = 'session'))"
)


def install() -> None:
    @event.listens_for(Pool, "checkout")
    def look(connection: Any, record: Any, _proxy: Any) -> None:
        cursor = connection.cursor()
        try:
            cursor.execute(_LEFT)
        except TimeoutError:
            record.invalidate()  # as is done with any other statement
            raise
        (left,) = cursor.fetchone()
        cursor.close()
        connection.rollback()
        if left is not None:
            with (Path(os.environ["FAULTS_FOLDER"]) / "leftovers").open("a") as file:
                file.write(f"{left}\n")

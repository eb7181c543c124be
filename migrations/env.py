"""Runs the migrations over a connection that the caller made, as the owner of the schema."""

from alembic import context
from sqlalchemy import Connection

from perfapi.core import discovery, idempotency, jobs, projections  # noqa: F401 -- their tables
from perfapi.core.db import Base

list(discovery.modules("models"))

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

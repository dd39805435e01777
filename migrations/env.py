"""Alembic's way in. The caller hands over an open connection."""

from alembic import context

from kernel.database import Record
from migrations.records import ALL_RECORDS

assert ALL_RECORDS  # importing them is what fills Record.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

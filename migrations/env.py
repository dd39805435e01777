"""Alembic's way in. The caller hands over an open connection."""

from alembic import context

from kernel.database import Record
from migrations.records import ALL_RECORDS

assert ALL_RECORDS  # importing them is what fills Record.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    transaction_per_migration=True,
    # our writers begin for themselves, so that on SQLite too a migration is whole or not at all
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

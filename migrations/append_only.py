"""只增不改: triggers that refuse to change or delete a row, on both databases.

Alembic's batch mode drops triggers silently, so tests/house lists the expected ones.
"""

import sqlalchemy as sa
from alembic import op

_POSTGRES_REFUSAL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append only: %', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""


def make_append_only(table: str) -> None:
    """Refuse UPDATE and DELETE (and on PostgreSQL TRUNCATE) of `table` from now on."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_REFUSAL)
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END"
        )


def refuse_replacing(table: str) -> None:
    """Refuse INSERT OR REPLACE of a row, which on SQLite deletes without asking a trigger.

    PostgreSQL has no such statement; its ON CONFLICT DO UPDATE is an UPDATE.
    """
    if op.get_bind().dialect.name == "postgresql":
        return
    known = " OR ".join(
        "(" + " AND ".join(f'old."{name}" = NEW."{name}"' for name in key) + ")"
        for key in _keys(table)
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'append only: {table}')"
        f" WHERE EXISTS (SELECT 1 FROM {table} old WHERE {known}); END"
    )


def _keys(table: str) -> list[list[str]]:
    """Return each set of columns that only one row may have alike."""
    found = sa.inspect(op.get_bind())
    unique = [one["column_names"] for one in found.get_unique_constraints(table)]
    keys = [found.get_pk_constraint(table)["constrained_columns"], *unique]
    return [[name for name in key if name] for key in keys]

"""只增不改: triggers that refuse to change or delete a row, on both databases.

Alembic's batch mode drops triggers silently, so tests/house lists the expected ones.
"""

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

"""How projects stand, kept beside what it was reckoned from, so that a board reads it.

`project_standing` and what lies ready on `project_errand` are derived
(desk/windows/enterprise/actions/standings.py); a row whose marks are old is reckoned again.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import flag, number, one_to_one

revision = "0033"
down_revision = "0032"

_READY = sa.text("carry_to <> ''")


def upgrade() -> None:
    op.create_table(
        "project_standing",
        one_to_one("project_id", "project"),
        sa.Column("reckoned_on", sa.Date, nullable=False),
        *map(number, ("calendar", "catalogue", "moved")),
        *map(number, ("errands", "still_open")),
        *map(number, ("enterprise_waits", "agent_waits", "bureau_waits")),
        sa.Column("finish_on", sa.Date, nullable=False),
        flag("is_open_ended"),
    )
    for name in ("carry_to", "carry_title"):
        column = sa.Column(name, sa.String, nullable=False, server_default="")
        op.add_column("project_errand", column)
    op.create_index(
        "ix_project_errand_ready",
        "project_errand",
        ["carry_to"],
        sqlite_where=_READY,
        postgresql_where=_READY,
    )

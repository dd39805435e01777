"""What ended is found by when it ended; what is open is not in that index.

SQLite led the list of open cases by it, and sorted them all.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.drop_index("ix_case_closed_at", "case")
    ended = sa.text("closed_at IS NOT NULL")
    op.create_index(
        "ix_case_closed_at", "case", ["closed_at"], sqlite_where=ended, postgresql_where=ended
    )

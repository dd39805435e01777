"""An approval is used once: by the act it was asked for."""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("approval", sa.Column("used_at", UtcDateTime))

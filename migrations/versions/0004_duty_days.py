"""Duty days: which leader answers for the hall."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "duty_day",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False, unique=True),
        sa.Column("leader", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
    )

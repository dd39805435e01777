"""Joint handling: which window assists a case, who took its part, and what it answered.

Assisting legs that were begun before are parts of bodies outside. A request that nobody answered
before its case ended has ended with it.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0032"
down_revision = "0031"

_PARTS = """
INSERT INTO joint_part (leg_id, answer, let_go_why, ended_at)
SELECT leg.id, '', '', coalesce(leg.handed_at, countdown.ended_at)
FROM leg JOIN countdown ON countdown.leg_id = leg.id WHERE leg.kind = 'assist'
"""
_WITHDRAWN = """
UPDATE approval SET withdrawn_at =
    (SELECT closed_at FROM "case" WHERE "case".id = approval.case_id)
WHERE decided_at IS NULL AND kind <> 'reopening'
"""


def upgrade() -> None:
    op.create_table(
        "joint_part",
        sa.Column(
            "leg_id", sa.Integer, sa.ForeignKey("leg.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("window", sa.String(24)),
        sa.Column("taken_at", UtcDateTime),
        sa.Column("taken_by_id", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("opinion", sa.String(24)),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("let_go_why", sa.String, nullable=False),
    )
    runs = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_joint_part_waiting",
        "joint_part",
        ["window"],
        sqlite_where=runs,
        postgresql_where=runs,
    )
    op.create_index("ix_leg_begun_at", "leg", ["begun_at"])
    op.add_column("approval", sa.Column("withdrawn_at", UtcDateTime))
    op.execute(_PARTS)
    op.execute(_WITHDRAWN)

"""Before acceptance: refusals, pledges, acceptance by law; a paper keeps what it told.

The reason why a birth date or a sex differs from the number is kept, sealed.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    _answers()
    for table, name in (
        ("case_party", "birth_reason_sealed"),
        ("paper", "words"),
        ("paper", "listed"),
    ):
        op.add_column(table, sa.Column(name, sa.String, nullable=False, server_default=""))
    owed_days = sa.Column("owed_days", sa.Integer, nullable=False, server_default="5")
    op.add_column("case_settings", owed_days)
    by_silence = sa.Column(
        "accepts_all_by_silence", sa.Boolean, nullable=False, server_default=sa.false()
    )
    op.add_column("case_settings", by_silence)


def _answers() -> None:
    op.create_table(
        "decline",
        _of_case(),
        sa.Column("ground", sa.String(24), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("right_body", sa.String, nullable=False),
    )
    op.create_table(
        "pledge",
        _of_case(),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("signed_at", UtcDateTime),
        _by_staff("signed_before_id"),
    )
    op.create_table(
        "deemed_acceptance",
        _of_case(),
        sa.Column("found_at", UtcDateTime, nullable=False),
        sa.Column("told_at", UtcDateTime),
        _by_staff("told_by_id"),
    )


def _of_case() -> sa.Column[int]:
    case = sa.ForeignKey("case.id")
    return sa.Column("case_id", sa.Integer, case, primary_key=True, autoincrement=False)


def _by_staff(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey("staff.id"))

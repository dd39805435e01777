"""An enterprise has a page of its own behind a code; it writes there, and rates its project.

How many ended errands tell something about the next is a setting of the window.
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only, refuse_replacing
from migrations.columns import choice, key, moment, number, one_to_one, text, to

revision = "0037"
down_revision = "0036"

_UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "enterprise_page",
        one_to_one("enterprise_id", "enterprise"),
        text("uuid", unique=True),
        sa.Column("code_hash", sa.LargeBinary, nullable=True, unique=True),
        number("generation"),
        moment("issued_at"),
        to("issued_by_id", "staff"),
    )
    op.create_table(
        "project_message",
        key(),
        to("project_id", "project", index=True),
        text("uuid", unique=True),
        text("words_sealed"),
        moment("at"),
        to("actor_id", "staff", needed=False),
        moment("seen_at", needed=False),
        to("seen_by_id", "staff", needed=False),
        sa.Index(
            "ix_project_message_unseen",
            "project_id",
            sqlite_where=_UNSEEN,
            postgresql_where=_UNSEEN,
        ),
    )
    op.create_table(
        "project_rating",
        one_to_one("project_id", "project"),
        choice("level"),
        text("words_sealed"),
        moment("at"),
    )
    make_append_only("project_rating")
    refuse_replacing("project_rating")
    least = sa.Column("least_history", sa.Integer, nullable=False, server_default="5")
    op.add_column("enterprise_settings", least)

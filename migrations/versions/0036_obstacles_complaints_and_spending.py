"""Obstacles with their steps, minutes of meetings, complaints, spending, and what is told once.

What was said and done is only added to; an obstacle's own row is how it stands now. A contact of
an enterprise is told by text from the day of consent on.
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only, refuse_replacing
from migrations.columns import choice, key, moment, number, of_both, one_to_one, text, to

revision = "0036"
down_revision = "0035"

SETTINGS = {"obstacle_days": 10, "old_days": 15, "mandate_days": 30, "paper_days": 30}
KEPT = (
    *("obstacle_step", "project_meeting", "meeting_point", "meeting_obstacle"),
    *("project_spending", "spending_strike", "mandate_notice", "paper_notice"),
)


def upgrade() -> None:
    _obstacles()
    _meetings()
    _complaints()
    _spending()
    _told_once()
    for table in KEPT:
        make_append_only(table)
        refuse_replacing(table)


def _day(name: str, *, needed: bool = True) -> sa.Column[sa.Date]:
    return sa.Column(name, sa.Date, nullable=not needed)


def _obstacles() -> None:
    op.create_table(
        "obstacle",
        key(),
        to("project_id", "project", index=True),
        text("errand_key"),
        choice("kind"),
        text("words"),
        moment("raised_at"),
        to("raised_by_id", "staff", needed=False),
        to("owner_id", "staff"),
        _day("due_on"),
        moment("closed_at", needed=False),
        number("version"),
    )
    op.create_table(
        "obstacle_step",
        key(),
        to("obstacle_id", "obstacle", index=True),
        choice("verb"),
        text("words"),
        to("owner_id", "staff"),
        _day("due_on"),
        moment("at"),
        to("actor_id", "staff", needed=False),
    )


def _meetings() -> None:
    op.create_table(
        "project_meeting",
        key(),
        to("project_id", "project", index=True),
        text("number", unique=True),
        _day("held_on"),
        *map(text, ("place", "present")),
        moment("written_at"),
        to("written_by_id", "staff"),
    )
    op.create_table(
        "meeting_point",
        of_both("meeting_id", "project_meeting"),
        sa.Column("position", sa.Integer, primary_key=True),
        *map(text, ("who", "what")),
        _day("by_on", needed=False),
    )
    op.create_table(
        "meeting_obstacle",
        of_both("meeting_id", "project_meeting"),
        of_both("obstacle_id", "obstacle"),
    )


def _complaints() -> None:
    op.create_table(
        "enterprise_complaint",
        one_to_one("case_id", "case"),
        to("enterprise_id", "enterprise", index=True),
        choice("about"),
        to("about_id", "staff", needed=False),
        *map(text, ("bureau", "words_sealed", "answer_sealed")),
        to("taken_by_id", "staff", needed=False),
        moment("answered_at", needed=False),
        to("answered_by_id", "staff", needed=False),
        to("closed_by_id", "staff", needed=False),
    )


def _spending() -> None:
    op.create_table(
        "project_spending",
        key(),
        to("project_id", "project", index=True),
        sa.Column("fen", sa.BigInteger, nullable=False),
        _day("spent_on"),
        *map(text, ("purpose", "payer", "payee", "paper")),
        moment("written_at"),
        to("written_by_id", "staff"),
    )
    op.create_table(
        "spending_strike",
        one_to_one("spending_id", "project_spending"),
        text("reason"),
        moment("at"),
        to("actor_id", "staff"),
    )


def _told_once() -> None:
    op.create_table("mandate_notice", one_to_one("mandate_id", "mandate"), moment("at"))
    op.create_table("paper_notice", one_to_one("paper_id", "dossier_paper"), moment("at"))
    op.add_column("enterprise_contact", _day("consent_on", needed=False))
    settings = op.create_table("enterprise_settings", key(), *map(number, SETTINGS))
    op.bulk_insert(settings, [{"id": 1, **SETTINGS}])

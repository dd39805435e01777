"""The duty log, incidents with their call lists, petitions with their answers.

What is written into the log only grows: pages, entries, later steps, hand-overs and figures each
have a table that refuses changes. Numbers of days, minutes and people are the town's settings.
"""

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime
from migrations.append_only import make_append_only

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    _log()
    _incident()
    _calls()
    _incident_settings()
    _petition()
    _petition_settings()
    most = op.create_table(
        "window_extension",
        sa.Column("window", sa.String(24), primary_key=True),
        _number("most_days"),
    )
    op.bulk_insert(most, [{"window": "petitions", "most_days": 30}])


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _one_to_one(name: str, table: str) -> sa.Column[int]:
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, primary_key=True, autoincrement=False)


def _to(name: str, table: str, *, needed: bool = True, index: bool = False) -> sa.Column[int]:
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, nullable=not needed, index=index)


def _text(name: str, *, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False, unique=unique)


def _choice(name: str, *, needed: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(24), nullable=not needed)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _moment(name: str, *, needed: bool = True, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime, nullable=not needed, index=index)


def _flag(name: str, *, index: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, index=index)


def _log() -> None:
    op.create_table(
        "log_page",
        _key(),
        _number("year"),
        _number("number"),
        _moment("taken_at", index=True),
        _to("taken_by_id", "staff"),
        _text("leader"),
        sa.UniqueConstraint("year", "number"),
    )
    op.create_table(
        "log_handover",
        _one_to_one("page_id", "log_page"),
        _moment("handed_at", index=True),
        _to("handed_by_id", "staff"),
        _flag("is_zero"),
        _text("reason"),
    )
    op.create_table(
        "log_figure",
        sa.Column("page_id", sa.Integer, sa.ForeignKey("log_page.id"), primary_key=True),
        sa.Column("name", sa.String(24), primary_key=True),
        _number("number"),
    )
    op.create_table(
        "log_entry",
        _key(),
        _text("uuid", unique=True),
        _choice("kind"),
        _moment("at", index=True),
        _moment("happened_at"),
        *map(_text, ("party", "caller_sealed", "phone_sealed", "content")),
        *map(_text, ("instruction", "result")),
        _flag("is_open", index=True),
        _to("corrects_id", "log_entry", needed=False, index=True),
        _text("link"),
        _to("actor_id", "staff", needed=False),
    )
    op.create_table(
        "log_step",
        _key(),
        _to("entry_id", "log_entry", index=True),
        _moment("at"),
        _text("text"),
        _flag("closes"),
        _to("actor_id", "staff", needed=False),
    )
    for table in ("log_page", "log_handover", "log_figure", "log_entry", "log_step"):
        make_append_only(table)
    season = op.create_table("log_settings", _key(), _number("flood_from"), _number("flood_to"))
    op.bulk_insert(season, [{"id": 1, "flood_from": 415, "flood_to": 1015}])


def _incident() -> None:
    op.create_table(
        "incident",
        _key(),
        _text("uuid", unique=True),
        _choice("kind"),
        _to("village_id", "village", needed=False),
        *map(_text, ("place", "gist", "source")),
        _moment("opened_at", index=True),
        _to("opened_by_id", "staff"),
        _number("log_entry_id"),
        _moment("resolved_at", needed=False),
        _text("outcome"),
        _number("version"),
    )
    op.create_table(
        "incident_line",
        _key(),
        _to("incident_id", "incident", index=True),
        _moment("at"),
        _moment("happened_at"),
        _choice("kind"),
        _text("text"),
        _to("actor_id", "staff", needed=False),
    )
    op.create_table(
        "incident_report",
        _key(),
        _to("incident_id", "incident", index=True),
        _choice("kind"),
        _moment("starts_at"),
        _moment("due_at"),
        _moment("done_at", needed=False),
        _to("done_by_id", "staff", needed=False),
        _text("to_whom"),
        _flag("is_dropped"),
    )
    op.create_table(
        "incident_case",
        sa.Column("incident_id", sa.Integer, sa.ForeignKey("incident.id"), primary_key=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("case.id"), primary_key=True),
    )


def _calls() -> None:
    op.create_table(
        "incident_call",
        _key(),
        _text("uuid", unique=True),
        _to("incident_id", "incident", index=True),
        _number("position"),
        _text("label"),
        _to("village_id", "village", needed=False),
        _text("contact_sealed"),
    )
    op.create_table(
        "call_record",
        _key(),
        _to("call_id", "incident_call", index=True),
        _moment("at"),
        _choice("outcome"),
        _choice("way"),
        _flag("is_deputy"),
        _to("actor_id", "staff"),
    )
    op.create_table(
        "alarm_text",
        _key(),
        _to("call_id", "incident_call", index=True),
        _number("turn"),
        _text("key", unique=True),
        _moment("at"),
    )
    for table in ("incident_line", "call_record", "alarm_text"):
        make_append_only(table)


def _incident_settings() -> None:
    op.create_table(
        "call_entry",
        _key(),
        _text("uuid", unique=True),
        _choice("kind"),
        _number("position"),
        *map(_text, ("label", "unit_code", "contact_sealed")),
        sa.UniqueConstraint("kind", "position"),
    )
    minutes = {
        "phone_minutes": 30,
        "written_minutes": 60,
        "follow_up_minutes": 120,
        "final_minutes": 24 * 60,
        "text_minutes": 2,
    }
    settings = op.create_table("incident_settings", _key(), *map(_number, minutes))
    op.bulk_insert(settings, [{"id": 1, **minutes}])


def _petition() -> None:
    op.create_table(
        "petition",
        _one_to_one("case_id", "case"),
        _text("code", unique=True),
        *map(_choice, ("matter", "channel", "topic")),
        _number("people"),
        _flag("is_repeat"),
        *map(_text, ("gist_sealed", "asked_sealed", "representatives_sealed")),
        _to("leader_id", "staff", index=True),
        _choice("ground", needed=False),
        _choice("outcome", needed=False),
        sa.Column("delivered_on", sa.Date),
        _choice("satisfaction", needed=False),
    )
    op.create_table(
        "petition_hand_on",
        _key(),
        _to("case_id", "case", index=True),
        _choice("way"),
        *map(_text, ("body", "note")),
        sa.Column("report_by_on", sa.Date),
        _moment("at"),
        _to("actor_id", "staff"),
    )
    op.create_table(
        "petition_remedy",
        _key(),
        _to("case_id", "case", index=True),
        _choice("remedy"),
        sa.Column("asked_on", sa.Date, nullable=False),
        _text("body"),
        sa.Column("due_on", sa.Date, nullable=False),
        _text("result"),
        sa.Column("decided_on", sa.Date),
    )
    op.create_table(
        "denunciation",
        _key(),
        _text("code", unique=True),
        _moment("received_at"),
        _to("received_by_id", "staff"),
        _text("said_sealed"),
        _moment("opened_at", needed=False),
        _to("opened_by_id", "staff", needed=False),
        _moment("settled_at", needed=False),
        _text("outcome_sealed"),
    )


def _petition_settings() -> None:
    settings = op.create_table(
        "petition_settings",
        _key(),
        _number("accept_days"),
        _choice("accept_unit"),
        *map(_number, ("sign_days", "group_size", "most_representatives", "review_days")),
        _text("upward_sealed"),
    )
    numbers = {"accept_days": 15, "sign_days": 1, "group_size": 5}
    more = {"most_representatives": 5, "review_days": 30}
    row = {"id": 1, "accept_unit": "calendar", "upward_sealed": "", **numbers, **more}
    op.bulk_insert(settings, [row])

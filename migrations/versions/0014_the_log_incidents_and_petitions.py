"""The duty log, incidents with their call lists, petitions with their answers.

What is written into the log only grows: pages, entries, later steps, hand-overs and figures each
have a table that refuses changes. Numbers of days, minutes and people are the town's settings.
"""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only
from migrations.columns import choice, flag, key, moment, number, of_both, one_to_one, text, to

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
        number("most_days"),
    )
    op.bulk_insert(most, [{"window": "petitions", "most_days": 30}])


def _log() -> None:
    op.create_table(
        "log_page",
        key(),
        number("year"),
        number("number"),
        moment("taken_at", index=True),
        to("taken_by_id", "staff"),
        text("leader"),
        sa.UniqueConstraint("year", "number"),
    )
    op.create_table(
        "log_handover",
        one_to_one("page_id", "log_page"),
        moment("handed_at", index=True),
        to("handed_by_id", "staff"),
        flag("is_zero"),
        text("reason"),
    )
    op.create_table(
        "log_figure",
        of_both("page_id", "log_page"),
        sa.Column("name", sa.String(24), primary_key=True),
        number("number"),
    )
    _log_entries()


def _log_entries() -> None:
    op.create_table(
        "log_entry",
        key(),
        text("uuid", unique=True),
        choice("kind"),
        moment("at", index=True),
        moment("happened_at"),
        *map(text, ("party", "caller_sealed", "phone_sealed", "content")),
        *map(text, ("instruction", "result")),
        flag("is_open", index=True),
        to("corrects_id", "log_entry", needed=False, index=True),
        text("link"),
        to("actor_id", "staff", needed=False),
    )
    op.create_table(
        "log_step",
        key(),
        to("entry_id", "log_entry", index=True),
        moment("at"),
        text("text"),
        flag("closes"),
        to("actor_id", "staff", needed=False),
    )
    for table in ("log_page", "log_handover", "log_figure", "log_entry", "log_step"):
        make_append_only(table)
    season = op.create_table("log_settings", key(), number("flood_from"), number("flood_to"))
    op.bulk_insert(season, [{"id": 1, "flood_from": 415, "flood_to": 1015}])


def _incident() -> None:
    op.create_table(
        "incident",
        key(),
        text("uuid", unique=True),
        choice("kind"),
        to("village_id", "village", needed=False),
        *map(text, ("place", "gist", "source")),
        moment("opened_at", index=True),
        to("opened_by_id", "staff"),
        number("log_entry_id"),
        moment("resolved_at", needed=False),
        text("outcome"),
        number("version"),
    )
    op.create_table(
        "incident_line",
        key(),
        to("incident_id", "incident", index=True),
        moment("at"),
        moment("happened_at"),
        choice("kind"),
        text("text"),
        to("actor_id", "staff", needed=False),
    )
    _incident_reports()


def _incident_reports() -> None:
    op.create_table(
        "incident_report",
        key(),
        to("incident_id", "incident", index=True),
        choice("kind"),
        moment("starts_at"),
        moment("due_at"),
        moment("done_at", needed=False),
        to("done_by_id", "staff", needed=False),
        text("to_whom"),
        flag("is_dropped"),
    )
    both = of_both("incident_id", "incident"), of_both("case_id", "case")
    op.create_table("incident_case", *both)


def _calls() -> None:
    op.create_table(
        "incident_call",
        key(),
        text("uuid", unique=True),
        to("incident_id", "incident", index=True),
        number("position"),
        text("label"),
        to("village_id", "village", needed=False),
        text("contact_sealed"),
    )
    op.create_table(
        "call_record",
        key(),
        to("call_id", "incident_call", index=True),
        moment("at"),
        choice("outcome"),
        choice("way"),
        flag("is_deputy"),
        to("actor_id", "staff"),
    )
    op.create_table(
        "alarm_text",
        key(),
        to("call_id", "incident_call", index=True),
        number("turn"),
        text("key", unique=True),
        moment("at"),
    )
    for table in ("incident_line", "call_record", "alarm_text"):
        make_append_only(table)


def _incident_settings() -> None:
    op.create_table(
        "call_entry",
        key(),
        text("uuid", unique=True),
        choice("kind"),
        number("position"),
        *map(text, ("label", "unit_code", "contact_sealed")),
        sa.UniqueConstraint("kind", "position"),
    )
    minutes = {"phone_minutes": 30, "written_minutes": 60, "follow_up_minutes": 120}
    minutes |= {"final_minutes": 24 * 60, "text_minutes": 2}
    settings = op.create_table("incident_settings", key(), *map(number, minutes))
    op.bulk_insert(settings, [{"id": 1, **minutes}])


def _petition() -> None:
    op.create_table(
        "petition",
        one_to_one("case_id", "case"),
        text("code", unique=True),
        *map(choice, ("matter", "channel", "topic")),
        number("people"),
        flag("is_repeat"),
        *map(text, ("gist_sealed", "asked_sealed", "representatives_sealed")),
        to("leader_id", "staff", index=True),
        choice("ground", needed=False),
        choice("outcome", needed=False),
        sa.Column("delivered_on", sa.Date),
        choice("satisfaction", needed=False),
    )
    _petition_ways()


def _petition_ways() -> None:
    op.create_table(
        "petition_hand_on",
        key(),
        to("case_id", "case", index=True),
        choice("way"),
        *map(text, ("body", "note")),
        sa.Column("report_by_on", sa.Date),
        moment("at"),
        to("actor_id", "staff"),
    )
    op.create_table(
        "petition_remedy",
        key(),
        to("case_id", "case", index=True),
        choice("remedy"),
        sa.Column("asked_on", sa.Date, nullable=False),
        text("body"),
        sa.Column("due_on", sa.Date, nullable=False),
        text("result"),
        sa.Column("decided_on", sa.Date),
    )
    op.create_table(
        "denunciation",
        key(),
        text("code", unique=True),
        moment("received_at"),
        to("received_by_id", "staff"),
        text("said_sealed"),
        moment("opened_at", needed=False),
        to("opened_by_id", "staff", needed=False),
        moment("settled_at", needed=False),
        text("outcome_sealed"),
    )


def _petition_settings() -> None:
    settings = op.create_table(
        "petition_settings",
        key(),
        number("accept_days"),
        choice("accept_unit"),
        *map(number, ("sign_days", "group_size", "most_representatives", "review_days")),
        text("upward_sealed"),
    )
    numbers = {"accept_days": 15, "sign_days": 1, "group_size": 5}
    more = {"most_representatives": 5, "review_days": 30}
    row = {"id": 1, "accept_unit": "calendar", "upward_sealed": "", **numbers, **more}
    op.bulk_insert(settings, [row])

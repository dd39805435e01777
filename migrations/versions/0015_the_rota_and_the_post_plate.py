"""The rota: people and their absences, months in editions, swaps, sign-ins, spot checks.

What stood in `duty_day` becomes published sheets, so that nobody's month is lost; the table
goes, for a second place that says who is on duty would sooner or later say something else.
"""

from collections.abc import Iterable
from datetime import date, time
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from kernel.database import UtcDateTime

revision = "0015"
down_revision = "0014"

PATTERNS = {"workday": "whole", "restday": "whole"}
TIMES = {"day_from": time(8), "night_from": time(17, 30)}
COUNTS = {"officers": 2, "drivers": 1, "gap_days": 2, "nudge_minutes": 30}
_OLD = sa.table(
    "duty_day", sa.column("day", sa.Date), sa.column("leader"), sa.column("title")
).select()


def upgrade() -> None:
    people = _people()
    sheets, turns = _sheets()
    _swap()
    _presence()
    _settings()
    _carry_over(people, sheets, turns)
    op.drop_table("duty_day")


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(name: str, table: str, *, needed: bool = True, index: bool = False) -> sa.Column[int]:
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, sa.Integer, other, nullable=not needed, index=index)


def _text(name: str, *, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False, unique=unique)


def _choice(name: str, *, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(24), nullable=False, index=index)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _day(name: str, *, needed: bool = True, index: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date, nullable=not needed, index=index)


def _moment(name: str, *, needed: bool = True, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, UtcDateTime, nullable=not needed, index=index)


def _people() -> sa.Table:
    people = op.create_table(
        "duty_person",
        _key(),
        _text("uuid", unique=True),
        sa.Column("staff_id", sa.Integer, sa.ForeignKey("staff.id"), unique=True),
        *(_text(name) for name in ("name", "title")),
        *(_choice(name) for name in ("duty", "seat")),
        _text("responsibilities"),
        _day("from_on", needed=False),
        _day("to_on", needed=False),
        _number("calendar_generation"),
        sa.Column("calendar_hash", sa.LargeBinary, unique=True),
        _number("version"),
    )
    person = sa.ForeignKey("duty_person.id")
    op.create_table(
        "duty_photo",
        sa.Column("person_id", sa.Integer, person, primary_key=True, autoincrement=False),
        *(_text(name) for name in ("media_type", "digest")),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "duty_absence",
        _key(),
        _to("person_id", "duty_person", index=True),
        _choice("kind"),
        _day("first_on"),
        _day("last_on", index=True),
        _text("note"),
        _to("added_by_id", "staff", needed=False),
        _moment("added_at"),
        _moment("cancelled_at", needed=False),
    )
    return people


def _sheets() -> tuple[sa.Table, sa.Table]:
    sheets = op.create_table(
        "duty_sheet",
        _key(),
        _day("month"),
        _number("number"),
        _choice("stage"),
        _to("drawn_by_id", "staff", needed=False),
        _moment("drawn_at"),
        _to("published_by_id", "staff", needed=False),
        _moment("published_at", needed=False),
        _number("version"),
        sa.UniqueConstraint("month", "number"),
    )
    turns = op.create_table(
        "duty_turn",
        _key(),
        _to("sheet_id", "duty_sheet"),
        _day("day", index=True),
        *(_choice(name) for name in ("kind", "duty")),
        _number("place"),
        _to("person_id", "duty_person", needed=False, index=True),
        sa.UniqueConstraint("sheet_id", "day", "kind", "duty", "place"),
    )
    return sheets, turns


def _swap() -> None:
    op.create_table(
        "duty_swap",
        _key(),
        _to("turn_id", "duty_turn", index=True),
        _to("given_by_id", "duty_person", index=True),
        _to("deputy_id", "duty_person", index=True),
        _text("reason"),
        _choice("stage", index=True),
        _to("asked_by_id", "staff", needed=False),
        _moment("asked_at"),
        _moment("agreed_at", needed=False),
        _to("decided_by_id", "staff", needed=False),
        _moment("decided_at", needed=False),
        _number("version"),
    )


def _presence() -> None:
    op.create_table(
        "duty_presence",
        _key(),
        _day("day"),
        _choice("kind"),
        _to("person_id", "duty_person"),
        _moment("in_at"),
        _moment("out_at", needed=False),
        _choice("whereabouts"),
        _moment("moved_at"),
        sa.UniqueConstraint("day", "kind", "person_id"),
    )
    op.create_table(
        "duty_missed",
        _key(),
        _day("day", index=True),
        _choice("kind"),
        _to("person_id", "duty_person"),
        _moment("noted_at"),
        sa.UniqueConstraint("day", "kind", "person_id"),
    )
    op.create_table(
        "spot_check",
        _key(),
        _moment("at", index=True),
        _day("day"),
        _choice("kind"),
        _to("person_id", "duty_person"),
        *(_choice(name) for name in ("way", "finding")),
        _text("note"),
        _to("checked_by_id", "staff"),
    )


def _settings() -> None:
    settings = op.create_table(
        "duty_settings",
        _key(),
        *(_choice(name) for name in PATTERNS),
        *(sa.Column(name, sa.Time, nullable=False) for name in TIMES),
        *(_number(name) for name in COUNTS),
        sa.Column("approves_swaps", sa.Boolean, nullable=False),
    )
    op.bulk_insert(settings, [{"id": 1, **PATTERNS, **TIMES, **COUNTS, "approves_swaps": True}])


def _carry_over(people: sa.Table, sheets: sa.Table, turns: sa.Table) -> None:
    """Make people and published sheets of the days that leaders were put on."""
    days = op.get_bind().execute(_OLD).all()
    town = sa.table("town", sa.column("made_at", UtcDateTime)).select()
    made_at = op.get_bind().execute(town).scalar()
    leaders = _numbered((day.leader, day.title) for day in days)
    months = _numbered(day.day.replace(day=1) for day in days)
    if not days:
        return
    op.bulk_insert(people, [_person(number, *who) for who, number in leaders.items()])
    op.bulk_insert(sheets, [_sheet(number, month, made_at) for month, number in months.items()])
    op.bulk_insert(
        turns,
        [
            {
                "sheet_id": months[day.day.replace(day=1)],
                "day": day.day,
                "kind": "whole",
                "duty": "leader",
                "place": 1,
                "person_id": leaders[day.leader, day.title],
            }
            for day in days
        ],
    )
    for table in (people, sheets):
        _count_on(table.name)


def _numbered(things: Iterable[object]) -> dict[object, int]:
    return {thing: number for number, thing in enumerate(dict.fromkeys(things), start=1)}


def _count_on(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def _person(number: int, name: str, title: str) -> dict[str, object]:
    texts = {"uuid": uuid4().hex, "name": name, "title": title, "responsibilities": ""}
    kinds = {"duty": "leader", "seat": "other"}
    return {"id": number, **texts, **kinds, "calendar_generation": 1, "version": 1}


def _sheet(number: int, month: date, at: object) -> dict[str, object]:
    moments = {"drawn_at": at, "published_at": at}
    return {
        "id": number,
        "month": month,
        "number": 1,
        "stage": "published",
        **moments,
        "version": 1,
    }

"""Enterprises, the road maps of the town, projects with mandates, errands and what was filed.

The road maps are the order the sources describe, as data for the town to edit; editions are kept,
so that a running project keeps the one it began with.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from migrations.append_only import make_append_only
from migrations.columns import choice, key, moment, number, text, to

revision = "0026"
down_revision = "0025"

ROADS = Path(__file__).parents[1] / "starter" / "0026_road_maps.csv"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    _enterprises()
    _road_maps()
    _projects()
    _errands()
    for table in ("road_map", "road_map_errand", "road_map_need", "project_filing"):
        make_append_only(table)
    make_append_only("project_step")


def _day(name: str, *, needed: bool = True) -> sa.Column[sa.Date]:
    return sa.Column(name, sa.Date, nullable=not needed)


def _half(name: str, kind: sa.types.TypeEngine[str]) -> sa.Column[str]:
    return sa.Column(name, kind, primary_key=True)


def _of(table: str) -> sa.Column[int]:
    other = sa.ForeignKey(f"{table}.id")
    return sa.Column(f"{table.removeprefix('road_')}_id", sa.Integer, other, primary_key=True)


def _enterprises() -> None:
    op.create_table(
        "enterprise",
        key(),
        text("credit_code", unique=True),
        text("name"),
        choice("stage"),
        text("address"),
        moment("made_at"),
        to("made_by_id", "staff"),
        number("version"),
    )
    op.create_table(
        "enterprise_contact",
        key(),
        to("enterprise_id", "enterprise", index=True),
        text("uuid", unique=True),
        *map(text, ("post", "name_sealed", "phone_sealed")),
        moment("made_at"),
        moment("ended_at", needed=False),
    )
    op.create_table(
        "dossier_paper",
        key(),
        to("enterprise_id", "enterprise", index=True),
        text("uuid", unique=True),
        text("name"),
        _day("valid_until_on", needed=False),
        *map(text, ("note", "media_type", "content_sealed")),
        moment("received_at"),
        to("received_by_id", "staff"),
        moment("removed_at", needed=False),
    )


def _road_maps() -> None:
    roads = op.create_table(
        "road_map",
        key(),
        text("code"),
        number("number"),
        *map(text, ("name", "note")),
        moment("made_at"),
        to("made_by_id", "staff", needed=False),
        sa.UniqueConstraint("code", "number"),
    )
    errands = op.create_table(
        "road_map_errand",
        _of("road_map"),
        _half("key", sa.String()),
        number("position"),
        *map(text, ("milestone", "item_code", "lead", "assisting")),
        number("preparation_days"),
    )
    needs = op.create_table(
        "road_map_need",
        _of("road_map"),
        _half("key", sa.String()),
        _half("need", sa.String()),
    )
    _starter(roads, errands, needs)


def _starter(roads: sa.Table, errands: sa.Table, needs: sa.Table) -> None:
    with ROADS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {row["code"]: row["name"] for row in rows}
    first = {"number": 1, "note": "", "made_at": BEGINNING}
    connection = op.get_bind()
    for code, name in names.items():
        told = connection.execute(sa.insert(roads).values(code=code, name=name, **first))
        map_id = told.inserted_primary_key[0] if told.inserted_primary_key else 0
        mine = [row for row in rows if row["code"] == code]
        op.bulk_insert(errands, [_errand(map_id, place, row) for place, row in enumerate(mine)])
        before = [(row["key"], need) for row in mine for need in row["needs"].split()]
        op.bulk_insert(
            needs, [{"map_id": map_id, "key": one, "need": need} for one, need in before]
        )


def _errand(map_id: int, place: int, row: dict[str, str]) -> dict[str, object]:
    same = ("key", "milestone", "item_code", "lead", "assisting")
    days = int(row["preparation_days"])
    kept = {name: row[name] for name in same}
    return {"map_id": map_id, "position": place, "preparation_days": days, **kept}


def _projects() -> None:
    op.create_table(
        "project",
        key(),
        to("enterprise_id", "enterprise", index=True),
        to("map_id", "road_map"),
        *map(text, ("name", "industry")),
        sa.Column("investment_fen", sa.BigInteger, nullable=False),
        number("land_area"),
        to("agent_id", "staff", index=True),
        to("deputy_id", "staff", needed=False, index=True),
        _day("began_on"),
        _day("target_on", needed=False),
        moment("archived_at", needed=False, index=True),
        moment("made_at"),
        number("version"),
    )
    op.create_table(
        "mandate",
        key(),
        to("project_id", "project", index=True),
        *(text(name, unique=True) for name in ("uuid", "number")),
        choice("way"),
        *map(text, ("covers", "agents")),
        *map(_day, ("from_on", "until_on")),
        moment("printed_at"),
        to("printed_by_id", "staff"),
        _day("signed_on", needed=False),
        *map(text, ("media_type", "content_sealed")),
        _day("revoked_on", needed=False),
        text("revoke_reason"),
    )


def _errands() -> None:
    op.create_table(
        "project_errand",
        key(),
        to("project_id", "project"),
        text("key"),
        to("map_id", "road_map"),
        text("skip_reason"),
        sa.UniqueConstraint("project_id", "key"),
    )
    op.create_table(
        "project_filing",
        key(),
        to("errand_id", "project_errand", index=True),
        sa.Column("case_id", sa.Integer, sa.ForeignKey("case.id"), nullable=False, unique=True),
        to("mandate_id", "mandate"),
        moment("at"),
        to("actor_id", "staff"),
    )
    op.create_table(
        "project_step",
        sa.Column("project_id", sa.Integer, sa.ForeignKey("project.id"), primary_key=True),
        _half("step", sa.String(24)),
        text("note"),
        moment("at"),
        to("actor_id", "staff"),
    )

"""The lines of 资产负债表 and 收益及收益分配表, as versions of a form.

A form prints as not compared until somebody of the town says that it agrees with the ministry's
appendix. A later version is another form; the earlier one stays.
"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from migrations.columns import choice, key, moment, number, text, to

revision = "0022"
down_revision = "0021"

LINES = Path(__file__).parents[1] / "starter" / "0022_report_lines.csv"
#: numbered as they are inserted
FORMS = {"balance-sheet": 1, "income": 2}


def upgrade() -> None:
    forms = op.create_table(
        "report_form",
        key(),
        choice("report"),
        number("version"),
        moment("compared_at", needed=False),
        to("compared_by_id", "staff", needed=False),
        sa.UniqueConstraint("report", "version"),
    )
    lines = op.create_table(
        "report_line",
        sa.Column("form_id", sa.Integer, sa.ForeignKey("report_form.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        *map(text, ("number", "name")),
        *map(number, ("depth", "half")),
        choice("side"),
        text("formula"),
    )
    rows = [{"report": report, "version": 1} for report in FORMS]
    op.bulk_insert(forms, rows)
    with LINES.open(encoding="utf-8", newline="") as file:
        found = [_line(row) for row in csv.DictReader(file)]
    op.bulk_insert(lines, found)


def _line(row: dict[str, str]) -> dict[str, object]:
    """Return a line of the starter under the number of its form."""
    numbers = {name: int(row[name]) for name in ("place", "depth", "half")}
    words = {name: row[name] for name in ("number", "name", "side", "formula")}
    return {"form_id": FORMS[row["report"]], **numbers, **words}

"""A unit of the directory closes on a day; a card knows whose door and name stand on it.

`face` is a blind token of what is printed for one household alone: group, door and head. Cards and
households on file before it was kept have none, and agree until one of the three changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("directory_unit", sa.Column("closed_on", sa.Date))
    op.add_column("household", sa.Column("face", sa.LargeBinary))
    op.add_column("card_issue", sa.Column("face", sa.LargeBinary))

"""A paper keeps everything it says, sealed for its applicant, from the day it is given out.

Names are corrected, days move and phones change; a reprint says what the paper said.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    sealed = sa.Column("contents_sealed", sa.String, nullable=False, server_default="")
    op.add_column("paper", sealed)
    op.execute("ALTER TABLE paper ADD COLUMN sealed_for_id INTEGER REFERENCES case_party (id)")

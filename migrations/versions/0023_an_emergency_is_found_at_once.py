"""An index by kind: an emergency is looked for every second, however much else is due.

Without it the question read every text that was due to find that none was an emergency.
"""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_index("ix_outbox_message_kind_due", "outbox_message", ["state", "kind", "not_before"])

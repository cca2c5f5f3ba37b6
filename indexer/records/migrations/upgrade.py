"""Bring a database up to the newest migration.

Alembic is imported where something is to be migrated: most processes find the newest tables, and would wait for it.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from indexer.records.errors import RecordsNewer

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent
KEPT_IN = "alembic_version"  # its one row: the migration that the tables stand at


def revisions() -> list[str]:
    """Return the names of all migrations, the newest last: the numbers that their files begin with."""
    return sorted(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*_*.py"))


def configuration() -> "Config":
    """Return where Alembic finds the migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, inside the connection's transaction: a crash leaves all or nothing.

    Raises RecordsNewer where the tables stand at a migration that is not known here.
    """
    found, known = _revision(connection), revisions()
    if found == known[-1]:
        return
    if found is not None and found not in known:
        raise RecordsNewer(f"migration {found}")
    from alembic import command

    # At every start Alembic says which dialect it speaks: nobody acts on that.
    logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(KEPT_IN):
        return None
    return connection.execute(text(f"SELECT version_num FROM {KEPT_IN}")).scalar_one_or_none()  # noqa: S608 - our name

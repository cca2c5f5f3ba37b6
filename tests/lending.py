"""Databases of a PostgreSQL server that tests use one after the other: to empty one is faster than to make the next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from tests.postgres import Server

LOANS = 50  # then a new one: deleted rows stay in its files, since no vacuum runs
VERSION = "alembic_version"  # the one table that has a row after all migrations
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s"
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
RESTART = "SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences"
# All that a test can change besides rows: a database that then differs from the one it was made like is not lent again.
SHAPE = """
WITH ours AS (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
  SELECT concat_ws(':', 'column', attrelid::regclass, attname, atttypid, attnotnull, attisdropped)
    FROM pg_attribute JOIN ours ON attrelid = ours.oid WHERE attnum > 0
  UNION ALL
  SELECT concat_ws(':', 'index', indexrelid::regclass, indisvalid) FROM pg_index JOIN ours ON indexrelid = ours.oid
  UNION ALL
  SELECT concat_ws(':', 'trigger', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT concat_ws(':', 'constraint', conrelid::regclass, conname, convalidated) FROM pg_constraint
    JOIN ours ON conrelid = ours.oid
  UNION ALL
  SELECT concat_ws(':', 'function', proname, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT concat_ws(':', 'version', version_num) FROM alembic_version
) AS shape (line)
"""


@dataclass(slots=True)
class Lender:
    """Lends databases that are like one which has its tables and no rows. server: where they lie."""

    server: Server
    like: str
    _free: list[str] = field(default_factory=list)
    _loans: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _shape: str | None = None

    def lend(self) -> str:
        """Return the name of a database as after all migrations, which nobody else uses."""
        if self._shape is None:  # before the first copy: nobody may be connected to what is copied
            with self.server.connect(self.like) as connection:
                self._shape = _shape(connection)
        name = self._free.pop() if self._free else self.server.make(like=self.like)
        self._loans[name] += 1
        return name

    def take_back(self, name: str) -> None:
        """Empty a database for the next test, or delete it; who is still connected to it is cut off."""
        if self._loans[name] < LOANS and self._is_emptied(name):
            self._free.append(name)
        else:
            self.server.drop(name)

    def _is_emptied(self, database: str) -> bool:
        with self.server.connect(database) as connection:
            connection.execute(OTHERS)
            connection.execute("SET session_replication_role = replica")  # no trigger refuses, no key is asked for
            names = [row[0] for row in connection.execute(TABLES, [VERSION])]
            for name in _with_rows(connection, names):
                connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
            connection.execute(RESTART)
            return _shape(connection) == self._shape


def _with_rows(connection: psycopg.Connection, names: Sequence[str]) -> list[str]:
    asked = [SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(Literal(name), Identifier(name)) for name in names]
    return [row[0] for row in connection.execute(SQL(" UNION ALL ").join(asked))]


def _shape(connection: psycopg.Connection) -> str | None:
    """Return what tells one shape from another; None where there is not even the version."""
    try:
        row = connection.execute(SHAPE).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    return None if row is None else row[0]

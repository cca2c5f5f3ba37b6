"""How many statements reach the records: what a page or a step costs, whatever machine it runs on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from indexer.records.database import Database

NO_QUERIES = ("PRAGMA", "BEGIN")  # how a transaction starts, the same each time


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Give the list to which every statement on these records is added, in the order they run.

    Many rows written at once are one statement; how a transaction begins and ends is none.
    """
    queries: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(NO_QUERIES):
            queries.append(statement)

    engine = database._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield queries
    finally:
        event.remove(engine, "before_cursor_execute", note)

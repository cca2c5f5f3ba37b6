"""The connections of an engine, lent to one unit of work each; once closed, none stays open."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine


class Lending:
    """One object a process, safe for its threads."""

    def __init__(self, engine: Engine, *, at_the_end: Callable[[], object] | None = None) -> None:
        """at_the_end: called whenever it is closed and nothing is lent any more, at least once."""
        self._engine, self._at_the_end = engine, at_the_end
        # Who closes and who gives back would else miss each other. The collector of garbage may give back within it.
        self._lock = threading.RLock()
        self._kept: Connection | None = None
        self._lent, self._is_closed = 0, False

    @contextmanager
    def lend(self, options: Mapping[str, Any], *, is_kept: bool = False) -> Iterator[Connection]:
        """Lend a connection with these execution options.

        is_kept: the one that such a unit of work before left; they come one after the other. An error leaves none.
        """
        connection = self._take_kept(is_kept=is_kept)
        try:
            connection = connection or self._engine.connect().execution_options(**options)
            yield connection
        except BaseException:
            self._take_back(connection, is_kept=False)
            raise
        self._take_back(connection, is_kept=is_kept)

    def close(self) -> None:
        """Close what is idle at once, and what is lent as it comes back; waits for nobody.

        Lent is still what is asked for; of that nothing is kept.
        """
        with self._lock:
            self._is_closed, kept, self._kept = True, self._kept, None
            if kept is not None:
                kept.close()
            self._engine.dispose()
            self._end_unless_lent()

    def _take_kept(self, *, is_kept: bool) -> Connection | None:
        with self._lock:
            self._lent += 1
            if not is_kept:
                return None
            kept, self._kept = self._kept, None
            return kept

    def _take_back(self, connection: Connection | None, *, is_kept: bool) -> None:
        with self._lock:
            self._lent -= 1
            if is_kept and not self._is_closed:
                self._kept = connection
            elif connection is not None:
                if self._is_closed and not connection.invalidated:
                    connection.detach()  # else its pool, which nobody closes any more, would keep it open
                connection.close()
            self._end_unless_lent()

    def _end_unless_lent(self) -> None:
        if self._at_the_end and self._is_closed and not self._lent:
            self._at_the_end()

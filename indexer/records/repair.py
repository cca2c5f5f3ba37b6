"""Repair a damaged write-ahead log, where the operator accepts the loss: damaged files are kept, lost pages counted."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from indexer.records.sqlite_file import FOLDER_OWNER_ONLY, alone, beside, integrity
from indexer.records.write_ahead_log import byte_length, examine


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """kept, committed: pages of the log. aside: the folder with the files as they were. wrong: what SQLite finds in
    the records that are left, empty where they are whole."""

    kept: int
    committed: int
    aside: Path
    wrong: tuple[str, ...]


def accept_loss(path: Path, *, stamp: str) -> Loss | None:
    """Cut the log before its first damaged page; None where nothing is damaged. Raises RecordsDown where in use.

    stamp: ends the name of the folder in which the files are kept as they were.
    """
    with alone(path):
        state = examine(path)
        if not state.is_damaged:
            return None
        aside = path.parent / f"damaged-{stamp}"
        aside.mkdir(mode=FOLDER_OWNER_ONLY)
        for file in (path, beside(path, "-wal"), beside(path, "-shm")):
            if file.exists():
                shutil.copy2(file, aside / file.name)
        if state.kept > state.in_database:
            os.truncate(beside(path, "-wal"), byte_length(path, state.kept))
        else:  # all that can be read of the log, or more, stands in the file already: the log would turn it back
            beside(path, "-wal").unlink(missing_ok=True)
        beside(path, "-shm").unlink(missing_ok=True)
        return Loss(kept=state.kept, committed=state.committed, aside=aside, wrong=tuple(integrity(path)))

"""Which policy and which taxonomy are in force: a row of the ledger each time a file with other bytes is loaded."""

import hashlib
from datetime import datetime
from pathlib import Path

import structlog

from config.settings import Settings
from indexer.base.actors import Actor
from indexer.base.changes import Change, ChangeKind, changed
from indexer.records import ledger
from indexer.records.database import Database, RecordsDown, Transaction
from indexer.records.turns import Turn, take_turn

DIGEST = "digest"
log = structlog.get_logger()


def note_loaded(database: Database, settings: Settings, *, by: Actor, now: datetime) -> None:
    """Append what was loaded since the last note of it; the same bytes again leave nothing.

    by: who starts what loads the files. Raises OSError where a file cannot be read.
    """
    files = {ChangeKind.POLICY_LOADED: settings.policy_file, ChangeKind.TAXONOMY_LOADED: settings.taxonomy_file}
    digests = {kind: hashlib.sha256(file.read_bytes()).hexdigest() for kind, file in files.items()}
    with database.reading() as tx:
        other = [kind for kind in files if _last(tx, kind) != digests[kind]]
    if not other:
        return
    with database.transaction() as tx:
        take_turn(tx, Turn.RULES)
        for kind in other:
            if _last(tx, kind) != digests[kind]:  # another process may have noted it meanwhile
                ledger.append(tx, _change(kind, files[kind], digests[kind], by=by, now=now))


def note_start(database: Database, settings: Settings, *, by: Actor, now: datetime) -> None:
    """Do the same as the site or the collector starts: on a full disk they start all the same, and the log says so."""
    try:
        note_loaded(database, settings, by=by, now=now)
    except RecordsDown as error:
        log.warning("rules_not_noted", error=str(error))


def _last(tx: Transaction, kind: ChangeKind) -> str | None:
    last = ledger.last_of(tx, kind, kind.value)
    return last.facts[DIGEST] if last else None


def _change(kind: ChangeKind, file: Path, digest: str, *, by: Actor, now: datetime) -> Change:
    return changed(kind, kind.value, {"file": file.name, DIGEST: digest}, by=by, now=now)

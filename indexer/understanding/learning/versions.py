"""Choose which version of the tagger speaks: any that was trained, or the one that ships."""

from datetime import datetime

from config.errors import Refused
from indexer.base.actors import Actor
from indexer.base.changes import ChangeKind, changed
from indexer.records import ledger, tagger_versions
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing
from indexer.records.turns import Turn, take_turn
from indexer.understanding.learning.live import digest_of
from indexer.understanding.learning.training import STANDING

SHIPPED = 0  # the number of what ships


class VersionRefused(Refused):
    """A version cannot be made the live one; the text says why."""


def activate(database: Database, number: int, *, by: Actor, now: datetime) -> None:
    """Make a version the live one; SHIPPED: what ships speaks alone. The live one again leaves nothing.

    Items are tagged again by it; what people set stays. Raises VersionRefused: unknown, or damaged.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.RULES)
        live = tagger_versions.live(tx)
        if (live.number if live else SHIPPED) == number:
            return
        if number == SHIPPED:
            tagger_versions.rest(tx)
        else:
            found = tagger_versions.version(tx, number)
            if found is None:
                raise VersionRefused(f"There is no version {number}: `carnival tags versions` lists them.")
            if digest_of(tagger_versions.weights(tx, number)) != found.digest:
                raise VersionRefused(f"Version {number} is damaged: train another one with `carnival tags train`.")
            tagger_versions.activate(tx, number)
        facts = {STANDING: Standing.LIVE.value}
        ledger.append(tx, changed(ChangeKind.TAGGER_ACTIVATED, str(number), facts, by=by, now=now))


def rollback(database: Database, *, by: Actor, now: datetime) -> int:
    """Make the version live that was so before the one that is; return its number, SHIPPED where there was none.

    Raises VersionRefused where what ships is live already.
    """
    with database.reading() as tx:
        live = tagger_versions.live(tx)
        if live is None:
            raise VersionRefused("No trained version is live: there is nothing to take back.")
        earlier = [
            one.number
            for one in tagger_versions.newest_first(tx, limit=1_000)
            if one.number < live.number and one.standing is Standing.RESTING
        ]
    number = earlier[0] if earlier else SHIPPED
    activate(database, number, by=by, now=now)
    return number

"""People correct the tags of an item: each correction is a row of the ledger, and no machine undoes it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from config.taxonomy import Taxonomy
from indexer.base.actors import Actor
from indexer.base.changes import Change, ChangeKind, changed
from indexer.base.ids import ItemId
from indexer.records import items, ledger, outbox, tag_verdicts, understood
from indexer.records.database import Database
from indexer.records.retries import again_if_contended
from indexer.records.tag_verdicts import Verdict
from indexer.understanding.results import Facet

ADDED, REMOVED, VERSION = "added", "removed", "version"  # facts of the row
Key = tuple[Facet, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person changed: the tags that came and those that went."""

    added: frozenset[Key] = frozenset()
    removed: frozenset[Key] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


class UnknownTag(ValueError):
    """A tag that the taxonomy does not have cannot be set."""


class NoSuchItem(LookupError):
    """There is no item of this id."""


def known_tags(taxonomy: Taxonomy) -> Mapping[Facet, frozenset[str]]:
    """Return the ids of each facet. Pure."""
    return {
        Facet.TOPIC: frozenset(one.id for one in taxonomy.topics),
        Facet.AUDIENCE: frozenset(one.id for one in taxonomy.audiences),
        Facet.ACTION: frozenset(one.id for one in taxonomy.actions),
        Facet.FORM: frozenset(one.id for one in taxonomy.forms),
        Facet.DISTRICT: frozenset(one.id for one in taxonomy.districts),
    }


def correction_of(seen: Collection[Key], wanted: Collection[Key]) -> Correction:
    """Return what a person changed who saw some tags and wants others; what changed meanwhile is not theirs. Pure."""
    return Correction(added=frozenset(wanted) - frozenset(seen), removed=frozenset(seen) - frozenset(wanted))


@again_if_contended
def correct(
    database: Database, taxonomy: Taxonomy, *, item: ItemId, correction: Correction, by: Actor, now: datetime
) -> None:
    """Set and remove tags of an item, for its newest and its public version and all that come; tell search.

    An empty correction leaves nothing. Raises NoSuchItem; UnknownTag where it adds what the taxonomy does not have.
    """
    known = known_tags(taxonomy)
    if unknown := [id for facet, id in correction.added if id not in known[facet]]:
        raise UnknownTag(", ".join(sorted(unknown)))
    if not correction:
        return
    with database.transaction() as tx:
        found = items.locked(tx, item)
        if found is None:
            raise NoSuchItem(item)
        said = [(key, True) for key in correction.added] + [(key, False) for key in correction.removed]
        tag_verdicts.save(
            tx,
            [
                Verdict(item=item, facet=facet, tag=id, is_right=is_right, who=by.name, at=now)
                for (facet, id), is_right in said
            ],
        )
        for version in {found.latest, found.public or found.latest}:
            understood.correct_tags(tx, item, version)
        ledger.append(tx, _row(item, found.latest, correction, by=by, now=now))
        if found.public is not None:
            outbox.add(tx, [item], at=now)


def read_correction(change: Change) -> Correction:
    """Return what a row of the ledger says was corrected. Pure."""
    return Correction(added=_keys(change.facts.get(ADDED, "")), removed=_keys(change.facts.get(REMOVED, "")))


def _row(item: ItemId, version: int, correction: Correction, *, by: Actor, now: datetime) -> Change:
    facts = {ADDED: _words(correction.added), REMOVED: _words(correction.removed), VERSION: str(version)}
    said = {name: words for name, words in facts.items() if words}
    return changed(ChangeKind.TAGS_CORRECTED, item, said, by=by, now=now)


def _words(keys: Iterable[Key]) -> str:
    return " ".join(sorted(f"{facet}:{id}" for facet, id in keys))


def _keys(words: str) -> frozenset[Key]:
    pairs = (word.partition(":") for word in words.split())
    return frozenset((Facet(facet), id) for facet, _, id in pairs)

"""What the checks found in each version."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Integer, String, Table, Text, bindparam, delete, func, insert, select

from config.words import Severity
from indexer.base.ids import ItemId
from indexer.records.columns import ID_CHARS, WORD_CHARS, key, metadata, of_version, word
from indexer.records.database import Transaction
from indexer.records.items import VERSIONS
from indexer.records.mapping import record_of, values_of
from indexer.understanding.results import Finding

FINDINGS = Table(
    "findings",
    metadata,
    key("item"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("rule", String(ID_CHARS), nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("severity", word(Severity), nullable=False),
    Column("field", String(WORD_CHARS), key="where", nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("message", Text, nullable=False),
    of_version(),
    Index(None, "item", "version", "severity"),
)


VersionKey = tuple[ItemId, int]
_OF_VERSION = delete(FINDINGS).where(FINDINGS.c.item == bindparam("of"), FINDINGS.c.version == bindparam("at"))


@dataclass(frozen=True, slots=True)
class RulesFound:
    """What was found in one version. names: `id@version` of the rule of each finding. holding: of severity `hold`."""

    names: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()


def replace(tx: Transaction, item: ItemId, version: int, found: Iterable[Finding]) -> None:
    """Write what was found in a version, in place of what was."""
    tx.change(_OF_VERSION, {"of": item, "at": version})
    key = {"item": item, "version": version}
    tx.change(
        insert(FINDINGS), [key | {"position": place} | values_of(one, FINDINGS) for place, one in enumerate(found)]
    )


def findings(tx: Transaction, item: ItemId, version: int) -> list[Finding]:
    """Return the findings of one version in the order they were made."""
    c = FINDINGS.c
    query = select(FINDINGS).where(c.item == item, c.version == version).order_by(c.position)
    return [record_of(Finding, row, FINDINGS) for row in tx.rows(query)]


def findings_of(tx: Transaction, items: Iterable[ItemId]) -> dict[VersionKey, list[Finding]]:
    """Return the findings of each version of the items in the order they were made, in one query."""
    c = FINDINGS.c
    found: dict[VersionKey, list[Finding]] = {}
    query = select(FINDINGS).where(c.item.in_(list(items))).order_by(c.item, c.version, c.position)
    for row in tx.rows(query):
        found.setdefault((row[c.item], row[c.version]), []).append(record_of(Finding, row, FINDINGS))
    return found


def rules_found(tx: Transaction, item: ItemId, version: int) -> RulesFound | None:
    """Return the rules that found something in one version; None while findings are still to come."""
    v, f = VERSIONS.c, FINDINGS.c
    of_version = (f.item == v.item) & (f.version == v.number)
    query = select(v.understood_at, f.rule, f.rule_version, f.severity).outerjoin(FINDINGS, of_version)
    found = tx.rows(query.where(v.item == item, v.number == version).order_by(f.position))
    if not found or found[0][v.understood_at] is None:
        return None
    named = [(f"{row[f.rule]}@{row[f.rule_version]}", row[f.severity]) for row in found if row[f.rule] is not None]
    holding = dict.fromkeys(name for name, severity in named if severity == Severity.HOLD)
    return RulesFound(tuple(name for name, _ in named), tuple(holding))


def hits_since(tx: Transaction, since: datetime) -> dict[str, int]:
    """Return rule → in how many versions it found something, of those that were checked since then."""
    v, f = VERSIONS.c, FINDINGS.c
    hits = select(f.rule, f.item, f.version).join(VERSIONS, (v.item == f.item) & (v.number == f.version))
    each = hits.where(v.understood_at >= since).distinct().subquery()
    counted = select(each.c.rule, func.count().label("hits")).group_by(each.c.rule)
    return {row[each.c.rule]: row["hits"] for row in tx.rows(counted)}


def on_hold_of(tx: Transaction, items: Iterable[ItemId]) -> set[VersionKey]:
    """Return those versions of the items that have a finding of severity `hold`, in one query."""
    c = FINDINGS.c
    query = select(c.item, c.version).where(c.item.in_(list(items)), c.severity == Severity.HOLD).distinct()
    return {(row[c.item], row[c.version]) for row in tx.rows(query)}

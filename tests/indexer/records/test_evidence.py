"""indexer.records.evidence: from which answer each version was read."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from indexer.catalogue.items import Evidence, Item
from indexer.records import evidence
from indexer.records.database import Database

HEADERS: Mapping[str, str] = MappingProxyType({"content-type": "text/html"})


def test_the_evidence_of_an_item_is_found_oldest_first(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    item = make_item()
    make_item(text="改过的正文。" * 9)
    first = Evidence(
        item=item.id,
        version=1,
        url="http://a.example/art/1.html",
        status=200,
        headers=HEADERS,
        received_at=now,
        sha256="a" * 64,
        size=7,
    )
    with database.transaction() as tx:
        evidence.add(tx, [replace(first, version=2), first])

        assert [row.version for row in evidence.of_item(tx, item.id)] == [1, 2]
        assert evidence.of_item(tx, item.id)[0] == first

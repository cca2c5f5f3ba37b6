"""What people said of tags: the last word of each, and the items that can be learned from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from indexer.catalogue.items import Item
from indexer.records import tag_verdicts
from indexer.records.database import Database
from indexer.records.tag_verdicts import Verdict
from indexer.understanding.results import Facet


def test_the_last_word_of_each_tag_is_kept(database: Database, make_item: Callable[..., Item], now: datetime) -> None:
    first = Verdict(item=make_item().id, facet=Facet.TOPIC, tag="it", is_right=True, who="甲", at=now)
    last = replace(first, is_right=False, who="乙")

    with database.transaction() as tx:
        tag_verdicts.save(tx, [first])
        tag_verdicts.save(tx, [last])
        tag_verdicts.save(tx, [])

        assert tag_verdicts.of_item(tx, first.item) == [last]


def test_items_come_with_the_facets_that_were_looked_at_the_last_touched_first(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    one, other = make_item().id, make_item(url="http://a.example/2.html", title="火星车").id
    said = [(one, Facet.TOPIC, 0), (one, Facet.FORM, 1), (other, Facet.TOPIC, 2)]
    with database.transaction() as tx:
        tag_verdicts.save(
            tx,
            [
                Verdict(item=item, facet=facet, tag="x", is_right=True, who="甲", at=now + timedelta(minutes=late))
                for item, facet, late in said
            ],
        )

        assert list(tag_verdicts.corrected(tx, limit=9).items()) == [
            (other, frozenset({Facet.TOPIC})),
            (one, frozenset({Facet.TOPIC, Facet.FORM})),
        ]
        assert list(tag_verdicts.corrected(tx, limit=1)) == [other]
        assert tag_verdicts.count(tx) == 2

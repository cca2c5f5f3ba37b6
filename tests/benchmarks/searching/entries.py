"""Catalogues of any size for the benchmark of search, batch by batch, the same in every run."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import Values
from indexer.catalogue.items import ItemKind
from indexer.search.port import Entry
from tests.benchmarks.searching.texts import PLACES, TOPICS, Texts

BATCH, SEED = 500, 20
COPIES, IN_EACH = 3, 10  # of ever so many items so many are one piece, where there are reposts
START = datetime(2026, 9, 1, tzinfo=UTC)


def batches(texts: Texts, count: int, *, has_copies: bool = False) -> Iterator[Sequence[Entry]]:
    """Yield the entries of so many items."""
    chance = random.Random(SEED)  # noqa: S311  # the same texts in every run
    for first in range(0, count, BATCH):
        batch = [entry(number, texts, chance) for number in range(first, min(count, first + BATCH))]
        yield with_copies(batch) if has_copies else batch


def entry(number: int, texts: Texts, chance: random.Random) -> Entry:
    """Return one item, published a minute after the one before it."""
    title, text = texts.piece(chance)
    return Entry(
        item=ItemId(f"i{number:06}"),
        version=1,
        title=title,
        text=text,
        unit_name=chance.choice(PLACES),
        cluster=ClusterId(f"i{number:06}"),
        values=Values(topics=(chance.choice(TOPICS),), units=(f"u{number % 300}",), kinds=(ItemKind.ARTICLE,)),
        publication=number,
        published=START + timedelta(minutes=number),
    )


def with_copies(held: Sequence[Entry]) -> list[Entry]:
    """Return the same number of entries; the last three of every ten are copies of one piece."""
    found = []
    for number, one in enumerate(held):
        place = number % IN_EACH - (IN_EACH - COPIES)
        if place < 0:
            found.append(one)
            continue
        original = held[number - place]
        title = f"转载：{original.title}" if place == 1 else original.title
        values = Values({**one.values, "topics": original.values["topics"]})
        copied = replace(one, title=title, text=original.text, values=values)
        found.append(replace(copied, cluster=original.cluster, shared=True, place=place))
    return found

"""Texts that one of the databases would not take as they come: both give the same answer."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.base.ids import ChannelId, ItemId, canonical_key
from indexer.base.text import REPLACEMENT
from indexer.catalogue.intake import Outcome, take_in
from indexer.catalogue.items import URL_CHARS, Candidate
from indexer.records import channels, items, people, reads, refusals
from indexer.records.database import Database, RecordsRefused
from indexer.whitelist.records import Channel, Unit

LONG = "http://a.example/" + "".join(chr(0x4E00 + number * 7) for number in range(URL_CHARS - 17))


def test_what_is_asked_for_with_a_null_character_is_not_there(database: Database, channel: Channel) -> None:
    with database.reading() as tx:
        assert items.item(tx, ItemId("a\0b")) is None
        assert people.by_name(tx, "编辑\0甲") is None


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_a_null_character_is_written_as_one_that_can_be(database: Database, make_unit: Callable[..., Unit]) -> None:
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit(note="甲\0乙"))
        [unit] = channels.units(tx)

    assert unit.note == f"甲{REPLACEMENT}乙"


def test_the_longest_address_that_is_taken_finds_its_item_again(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = [take_in(database, make_candidate(url=LONG), now=now) for _ in range(2)]

    with database.transaction() as tx:
        reads.save_validators(tx, {(channel.id, LONG): ('"1"', None)})
        found = items.by_key(tx, canonical_key(LONG))
        kept = reads.validators(tx, [(channel.id, LONG)])
    assert [one.outcome for one in taken] == [Outcome.NEW_ITEM, Outcome.UNCHANGED]
    assert found is not None
    assert (found.id, kept) == (taken[0].item, {(channel.id, LONG): (None, None)})


def test_a_refusal_of_what_nobody_registered_is_kept_whatever_its_length(
    database: Database, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    candidate = make_candidate(channel=ChannelId("渠" * 900), url=LONG)

    for _ in range(2):
        take_in(database, candidate, now=now)

    with database.reading() as tx:
        [refusal] = refusals.recent(tx)
    assert LONG.startswith(refusal.url)
    assert len(refusal.url) > 600


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_a_text_too_long_for_its_column_is_refused_in_words(database: Database, make_unit: Callable[..., Unit]) -> None:
    with pytest.raises(RecordsRefused, match="no room for a text of this length"), database.transaction() as tx:
        channels.save_unit(tx, make_unit(name="馆" * 301))

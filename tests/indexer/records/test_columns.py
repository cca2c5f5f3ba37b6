"""Times as the records keep them."""

from datetime import datetime, timedelta
from enum import StrEnum

import pytest
from sqlalchemy.exc import StatementError

from indexer.base.times import BEIJING
from indexer.records import reads
from indexer.records.columns import WORD_CHARS, key, link, word
from indexer.records.database import Database
from indexer.whitelist.records import Channel


def test_a_time_without_a_zone_is_not_stored(database: Database, channel: Channel, now: datetime) -> None:
    with pytest.raises(StatementError, match="zone"), database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now.replace(tzinfo=None))


def test_a_time_in_beijing_comes_back_as_the_same_instant_in_utc(
    database: Database, channel: Channel, now: datetime
) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now.astimezone(BEIJING))

    with database.reading() as tx:
        at = reads.history(tx, channel.id).last_read_at
    assert at == now
    assert at is not None
    assert at.utcoffset() == timedelta(0)


class Colour(StrEnum):
    """A closed set."""

    RED = "red"


def test_a_column_of_a_closed_set_holds_its_words_as_plain_text() -> None:
    column = word(Colour)

    assert (column.enums, column.native_enum, column.length) == (["red"], False, WORD_CHARS)


def test_an_id_may_be_a_key_or_a_link_that_must_lead_somewhere() -> None:
    assert key("id").primary_key
    assert [each.target_fullname for each in key("item", of="items.id").foreign_keys] == ["items.id"]
    assert (link("unit", "units.id").nullable, link("unit", nullable=True).nullable) == (False, True)

"""indexer.texts: what the records cannot hold is replaced, in every text of a record."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.intake import Outcome, take_in
from indexer.items import Candidate, Channel, CleanHtml, Media, MediaKind, Refusal, RefusalReason
from indexer.records import channels, items
from indexer.records.database import Database
from indexer.texts import storable

BAD = "月\ud83c球\0车\udfff"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("月球车 🚗", "月球车 🚗"), ("", ""), (BAD, "月\ufffd球\ufffd车\ufffd"), ("\ud83d\ude97", "\ufffd\ufffd")],
)
def test_halves_of_characters_and_null_characters_are_replaced(text: str, kept: str) -> None:
    assert storable(text) == kept


def test_every_text_of_a_candidate_is_stored(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    media = (Media(kind=MediaKind.IMAGE, url=f"http://a.example/{BAD}.png"),)
    candidate = make_candidate(title=BAD, text=BAD, html=CleanHtml(BAD), author=BAD, account=BAD, media=media)

    taken = take_in(database, candidate, now=now)

    with database.reading() as tx:
        ((_, version),) = items.waiting(tx, 10)
    assert taken.outcome is Outcome.NEW_ITEM
    texts = (version.title, version.text, version.html, version.author, version.account)
    assert set(texts) == {"月\ufffd球\ufffd车\ufffd"}
    assert version.media[0].url == "http://a.example/月\ufffd球\ufffd车\ufffd.png"


def test_an_address_with_half_a_character_is_refused_and_the_refusal_is_stored(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = take_in(database, make_candidate(url=f"http://a.example/{BAD}", title=BAD), now=now)

    with database.reading() as tx:
        (row,) = channels.refusals(tx, channel=channel.id)
    assert taken.refusal is not None
    assert row.reason is RefusalReason.FOREIGN_HOST
    assert row.url == "http://a.example/月\ufffd球\ufffd车\ufffd"


def test_a_refusal_s_own_words_are_stored(database: Database, channel: Channel, now: datetime) -> None:
    refusal = Refusal(
        channel=channel.id,
        unit=channel.unit,
        url="http://a.example/1",
        title=BAD,
        reason=RefusalReason.UNREADABLE,
        message=BAD,
        at=now,
    )
    with database.transaction() as tx:
        channels.add_refusal(tx, refusal)

    with database.reading() as tx:
        (row,) = channels.refusals(tx, channel=channel.id)
    assert (row.title, row.message) == ("月\ufffd球\ufffd车\ufffd", "月\ufffd球\ufffd车\ufffd")

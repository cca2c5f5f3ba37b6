"""indexer.base.text: what the records cannot hold is replaced, in every text of a record."""

import unicodedata
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.base.text import MOST_MARKS, REPLACEMENT, half_width, letters, name_key, normalized, storable, unescaped
from indexer.catalogue.intake import Outcome, take_in
from indexer.catalogue.items import Candidate, CleanHtml, Media, MediaKind
from indexer.catalogue.troubles import Refusal, RefusalReason
from indexer.records import refusals, to_understand
from indexer.records.database import Database
from indexer.search.chinese import clean
from indexer.whitelist.records import Channel

BAD = "月\ud83c球\0车\udfff"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("月球车 🚗", "月球车 🚗"), ("", ""), (BAD, "月\ufffd球\ufffd车\ufffd"), ("\ud83d\ude97", "\ufffd\ufffd")],
)
def test_halves_of_characters_and_null_characters_are_replaced(text: str, kept: str) -> None:
    assert storable(text) == kept


@pytest.mark.parametrize("number", ["1" * 5000, "0" * 5000 + "65;", "9" * 100_000 + ";"])
def test_a_reference_to_a_character_that_no_number_can_be_is_none(number: str) -> None:
    assert unescaped(f"甲&#{number}乙&amp;&#65;&#0065;") == f"甲{REPLACEMENT}乙&AA"


def test_every_text_of_a_candidate_is_stored(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    media = (Media(kind=MediaKind.IMAGE, url=f"http://a.example/{BAD}.png"),)
    candidate = make_candidate(title=BAD, text=BAD, html=CleanHtml(BAD), author=BAD, account=BAD, media=media)

    taken = take_in(database, candidate, now=now)

    with database.reading() as tx:
        ((_, version),) = to_understand.waiting(tx, 10)
    assert taken.outcome is Outcome.NEW_ITEM
    texts = (version.title, version.text, version.html, version.author, version.account)
    assert set(texts) == {"月\ufffd球\ufffd车\ufffd"}
    assert version.media[0].url == "http://a.example/月\ufffd球\ufffd车\ufffd.png"


def test_an_address_with_half_a_character_is_refused_and_the_refusal_is_stored(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    taken = take_in(database, make_candidate(url=f"http://a.example/{BAD}", title=BAD), now=now)

    with database.reading() as tx:
        (row,) = refusals.recent(tx, channel=channel.id)
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
        refusals.add(tx, refusal)

    with database.reading() as tx:
        (row,) = refusals.recent(tx, channel=channel.id)
    assert (row.title, row.message) == ("月\ufffd球\ufffd车\ufffd", "月\ufffd球\ufffd车\ufffd")


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("e\u0301\u0327ﷺİ㍿각가"), max_size=MOST_MARKS))
def test_ordinary_text_is_normalised_as_unicode_says(text: str) -> None:
    assert normalized("NFC", text) == unicodedata.normalize("NFC", text)
    assert normalized("NFKC", text) == unicodedata.normalize("NFKC", text)


def test_a_stack_of_marks_is_cut_before_it_is_sorted() -> None:
    # Sorted in quadratic time: 200,000 of them take minutes.
    stack = "月" + "\u0301\u0327" * 100_000

    assert len(normalized("NFC", stack)) == 1 + MOST_MARKS
    assert len(normalized("NFKC", "e" + "\u0f73" * 100_000)) <= 1 + 2 * MOST_MARKS
    assert len(clean(stack)) == 1 + MOST_MARKS


@pytest.mark.parametrize("place", range(MOST_MARKS + 2))
def test_a_stack_is_found_wherever_in_the_text_it_begins(place: int) -> None:
    before, stack = "月" * place + "e", "\u0301\u0327" * MOST_MARKS

    assert len(normalized("NFC", f"{before}{stack}月")) < len(before) + MOST_MARKS + 2


@pytest.mark.parametrize("text", ["ＡＢＣ　１２３", "Ｚ月Z", "半\ud800个", "ABC"])
def test_half_width_keeps_every_place(text: str) -> None:
    folded = half_width(text)

    assert len(folded) == len(text)
    assert folded == folded.lower()
    assert folded.encode()


def test_two_spellings_of_one_name_are_one_key_and_two_names_are_two() -> None:
    assert name_key("北京科技馆（ＡＢ） ") == name_key("北京科技馆(ab)")
    assert name_key("北京科技馆") != name_key("北京科学馆")


def test_copies_are_compared_by_letters_and_digits_alone() -> None:
    assert letters("《月球车》　２０２６，如何过夜？") == "月球车2026如何过夜"

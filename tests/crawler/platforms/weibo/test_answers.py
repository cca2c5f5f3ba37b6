"""crawler.platforms.weibo.answers: what an answer holds, whatever was asked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.fields import NotAnAnswer
from crawler.platforms.weibo.answers import MOST_STATUSES, Limits, read_answer
from tests.crawler.platforms.weibo.invented import NUMBER, status, timeline

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "text", "user", "statuses", "data", "cards", "mblog", "visible", "pics", "page_info"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def body(answer: object) -> bytes:
    return json.dumps(answer).encode()


def test_a_timeline_has_its_statuses_in_order() -> None:
    first, second = status(id="5012345678901235", idstr=""), status()
    read = read_answer(timeline(first, second, since_id=0, max_id="5012345678900000"))

    assert [one.id for one in read.statuses] == ["5012345678901235", NUMBER]
    assert (read.total_number, read.since_id, read.max_id) == (2, "0", "5012345678900000")
    assert read.error is None


def test_an_entry_that_is_no_status_takes_nothing_from_the_others() -> None:
    read = read_answer(timeline(None, status(), {"id": "x"}))

    assert ([one.id for one in read.statuses], read.unread) == ([NUMBER], 2)


@pytest.mark.parametrize(
    "answer",
    [
        {"ok": 1, "data": {"list": [status()]}},
        {"ok": 1, "data": {"cards": [{"card_type": 9, "mblog": status()}, {"card_type": 11}]}},
        {"ok": 1, "data": {"cards": [{"card_group": [{"mblog": status()}, {"card_type": 42}]}]}},
        {"ok": 1, "data": status()},
        status(),
    ],
)
def test_statuses_are_found_in_every_shape(answer: object) -> None:
    assert [one.id for one in read_answer(body(answer)).statuses] == [NUMBER]


def test_a_whole_text_is_kept_as_it_is_delivered() -> None:
    read = read_answer(body({"ok": 1, "data": {"ok": 1, "longTextContent": "一<br />二 "}}))

    assert (read.ok, read.whole_text) == (1, "一<br />二 ")


def test_limits_are_read() -> None:
    read = read_answer(body({"user_limit": 150, "remaining_user_hits": "12", "reset_time_in_seconds": 600}))

    assert read.limits == Limits(user_limit=150, remaining_user_hits=12, reset_seconds=600)


def test_an_error_is_an_answer() -> None:
    read = read_answer(body({"error": "expired_token", "error_code": "21327", "request": "/2/a.json"}))

    assert read.error is not None
    assert (read.error.code, read.statuses) == (21327, ())


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"]
)
def test_other_bytes_are_no_answer(answer: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        read_answer(answer)


def test_an_endless_timeline_is_read_to_a_limit() -> None:
    many = timeline(*(status(id=5012345678901234 + number, idstr=None) for number in range(MOST_STATUSES + 5)))

    assert len(read_answer(many).statuses) == MOST_STATUSES


@given(JSON.filter(lambda value: isinstance(value, dict)))
def test_any_object_is_read_to_something(answer: object) -> None:
    assert isinstance(read_answer(body(answer)).statuses, tuple)

"""web.shown.sights: what the public and the desks are told of a source."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from indexer.catalogue.looks import GONE, Sight
from indexer.records.tombstones import Tombstone
from web.shown.sights import REASONS, gone, sight_words

AT = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sight", "reason"),
    [
        (Sight.MISSING, "来源网页已不存在"),
        (Sight.DELETED, "已被发布者删除"),
        (Sight.VIOLATION, "已被发布平台屏蔽"),
        (None, "来源处已没有这篇内容"),
    ],
)
def test_a_tombstone_says_why_and_since_when(app: Flask, sight: Sight | None, reason: str) -> None:
    with app.test_request_context("/items/1"):
        answer = app.make_response(gone(Tombstone(at=AT, gone=sight)))

    assert answer.status_code == 410
    assert reason in answer.get_data(as_text=True)
    assert "2026-09-17 10:00" in answer.get_data(as_text=True)


def test_everything_that_takes_a_piece_down_has_its_reason() -> None:
    assert set(REASONS) == GONE


def test_an_alarm_has_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert sight_words(Sight.CAPTCHA) == "网站要求验证"

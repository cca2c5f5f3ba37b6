"""web.api.asked_push: the body of a push, read strictly."""

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from indexer.base.ids import ChannelId
from tests.programs import written
from web.api.asked_push import AskedPush, read_push

LINK = "http://a.example/1"


def test_a_push_is_read_with_what_it_may_leave_out(app: Flask) -> None:
    with app.test_request_context("/api/v1/push"):
        assert read_push(written(channel="c", url=LINK)) == AskedPush(
            channel=ChannelId("c"), url=LINK, html=None, title=""
        )


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (b"[1]", 400, "不是 JSON 对象"),
        (written(channel="c"), 422, "缺少字段“url”"),
        (written(channel="c", url=LINK, moved="x"), 422, "没有“moved”这个字段"),
        (written(channel="c", url=True), 422, "字段“url”应为文字"),
        (written(channel="", url=LINK), 422, "字段“channel”是空的"),
        (written(channel="c", url=LINK, title="x" * 301), 422, "字段“title”太长"),
        (written(channel="c", url=LINK, title="\x1b[31m"), 422, "字段“title”含有"),
    ],
)
def test_any_other_body_is_refused_in_words(app: Flask, body: bytes, code: int, words: str) -> None:
    with app.test_request_context("/api/v1/push"), pytest.raises(HTTPException) as refused:
        read_push(body)

    response = refused.value.get_response()
    assert response.status_code == code
    assert words in response.get_data(as_text=True)


def test_of_many_faults_some_are_named_and_no_name_breaks_the_answer(app: Flask) -> None:
    body = written(**{f"\x07field{number}": 1 for number in range(50)})
    with app.test_request_context("/api/v1/push"), pytest.raises(HTTPException) as refused:
        read_push(body)

    text = refused.value.get_response().get_data(as_text=True)
    assert len(text) < 1_000
    assert "\x07" not in text

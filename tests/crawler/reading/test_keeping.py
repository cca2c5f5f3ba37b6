"""crawler.reading.keeping: what is kept of an answer as evidence."""

from datetime import UTC, datetime

import pytest

from crawler.exchange import Answer
from crawler.reading.keeping import received

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("about", "is_page"), [({"page": "article"}, True), ({"page": "list"}, False), ({}, False)])
def test_an_answer_is_kept_as_it_came_and_told_from_a_list(about: dict[str, str], *, is_page: bool) -> None:
    answer = Answer(url="http://a.example/1", body=b"\xff", status=203, headers={"etag": "1"}, about=about)

    kept = received(answer, at=NOW)

    assert (kept.url, kept.body, kept.status, kept.headers) == (answer.url, b"\xff", 203, {"etag": "1"})
    assert (kept.at, kept.is_page) == (NOW, is_page)

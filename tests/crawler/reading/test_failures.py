"""crawler.reading.failures: why an address gave no page, in words for its unit, and whether its host is to blame."""

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from crawler.reading.failures import (
    BUSY,
    RULES_UNKNOWN,
    BadPage,
    Unanswered,
    bad_status,
    broken,
    moved_outside,
    unanswered,
    unreadable,
)
from crawler.scrapy.hops import Refused, RulesUnknown
from indexer.catalogue.troubles import RefusalReason

URL = "http://a.example/1.html"


def words(found: Unanswered) -> tuple[str, str]:
    """What the unit is told before the address, and after it: what happened, and what to do about it."""
    what, at, do = str(found).partition(f"：{URL}。")
    assert at
    return what, do


@pytest.mark.parametrize(
    ("error", "word", "is_host"),
    [
        (CannotResolveHostError(), "域名", True),
        (DownloadConnectionRefusedError(), "拒绝连接", True),
        (DownloadTimeoutError(), "太久", True),
        (IgnoreRequest("Forbidden by robots.txt"), "robots.txt", False),
        (IgnoreRequest("DOWNLOAD_MAXSIZE"), "大小", False),
        (IgnoreRequest("redirects"), "转向", False),
        (OSError(), "连接出错", True),
        (RuntimeError("odd"), "RuntimeError: odd", False),
    ],
)
def test_each_end_of_a_download_has_its_words_and_a_remedy(error: Exception, word: str, *, is_host: bool) -> None:
    found = unanswered(URL, error)

    what, do = words(found)
    assert word in what
    assert do
    assert found.url == found.trouble.facts["url"] == URL
    assert isinstance(found, BadPage) is not is_host


def test_a_refused_address_says_why_it_is_not_visited() -> None:
    found = unanswered(URL, Refused("不在登记范围内"))

    assert (found.trouble.reason, words(found)[1]) == (RefusalReason.NOT_VISITED, "不在登记范围内")
    assert isinstance(found, BadPage)


def test_rules_that_cannot_be_read_forbid_nothing_but_are_a_fact_of_their_own() -> None:
    found = unanswered(URL, RulesUnknown("回答 503"))

    assert (found.trouble.reason, found.trouble.case) == (RefusalReason.ROBOTS, RULES_UNKNOWN)
    assert "本轮不读（回答 503）" in str(found)


def test_a_host_that_a_redirect_led_to_says_nothing_of_the_channel_s_own() -> None:
    there = unanswered(URL, DownloadTimeoutError(), sent=[URL, "http://b.example/1"])
    here = unanswered(URL, DownloadTimeoutError(), sent=[URL])

    assert (isinstance(there, BadPage), isinstance(here, BadPage)) == (True, False)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 429, 500, 502, 503])
def test_a_status_that_is_no_page_has_words_and_only_a_busy_host_is_to_blame(status: int) -> None:
    found = bad_status(URL, status)

    what, do = words(found)
    assert str(status) in what
    assert do
    assert isinstance(found, BadPage) is (status not in BUSY)


def test_pages_that_came_and_could_not_be_read_are_filed_as_such() -> None:
    found = [unreadable(URL, what="没有正文", do="请检查"), broken(URL, ValueError("x" * 500))]

    assert [each.trouble.reason for each in found] == [RefusalReason.UNREADABLE, RefusalReason.PROGRAM_FAULT]
    assert words(found[0]) == ("没有正文", "请检查")
    assert "ValueError" in words(found[1])[0]
    assert len(words(found[1])[0]) < 200


def test_a_page_that_moved_away_names_where_to() -> None:
    found = moved_outside(URL, to="http://b.example/")

    assert found.trouble.reason is RefusalReason.MOVED_OUTSIDE
    assert "http://b.example/" in words(found)[1]
    assert isinstance(found, Unanswered)

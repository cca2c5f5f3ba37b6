"""crawler.platforms.weibo.times: moments that a status names; nothing is guessed."""

import pytest

from crawler.platforms.weibo.times import moment_of


@pytest.mark.parametrize(
    "written",
    [
        "Sun Sep 20 09:30:00 +0800 2026",
        "Sun Sep 20 01:30:00 +0000 2026",
        "2026-09-20 09:30:00",
        "2026-09-20T09:30:00+08:00",
        "1789867800",
        "1789867800000",
    ],
)
def test_a_moment_is_read_with_its_zone(written: str) -> None:
    moment = moment_of(written)

    assert moment is not None
    assert moment.timestamp() == 1789867800


@pytest.mark.parametrize(
    "written",
    ["", "06-14", "2010-06-18", "5分钟前", "昨天 12:30", "刚刚", "今天 08:00", "9月20日 09:30", "Sun Sep 20 2026"],
)
def test_without_a_year_or_a_time_there_is_none(written: str) -> None:
    assert moment_of(written) is None

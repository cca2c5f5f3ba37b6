"""`carnival feed`: one JSON object, or an orderly refusal."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.feeds.command import feed_command

BODY = """<?xml version="1.0"?><rss><channel><title>示例馆</title><item><title>夜间观星</title><guid>7</guid>
<link>https://e.example/7</link><pubDate>2026年9月17日 08:30</pubDate><description>带上望远镜</description>
</item></channel></rss>"""


@pytest.fixture
def feed_file(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_bytes(BODY.encode("gb18030"))
    return path


def test_json_has_the_documented_fields(feed_file: Path) -> None:
    done = CliRunner().invoke(feed_command, [str(feed_file), "--json", "--content-type", "text/xml; charset=gb2312"])

    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "title": "示例馆",
        "entries": [
            {
                "id": "7",
                "link": "https://e.example/7",
                "title": "夜间观星",
                "published": "2026-09-17T08:30:00+08:00",
                "text": "带上望远镜",
                "enclosures": [],
            }
        ],
    }


def test_for_people_it_is_one_entry_a_line(feed_file: Path) -> None:
    done = CliRunner().invoke(feed_command, [str(feed_file)])

    assert done.stdout == "示例馆\n2026-09-17T08:30:00+08:00\t夜间观星\thttps://e.example/7\n"


def test_no_feed_is_refused_in_one_line(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>no feed</body></html>")

    done = CliRunner().invoke(feed_command, [str(page), "--json"])

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    done = CliRunner().invoke(feed_command, [str(tmp_path / "none.xml"), "--json"])

    assert (done.exit_code, done.stdout) == (2, "")


def test_an_address_that_may_not_be_fetched_is_refused_in_one_line() -> None:
    done = CliRunner().invoke(feed_command, ["http://127.0.0.1:9/feed.xml", "--json"])

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1

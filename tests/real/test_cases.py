"""What the small made cases ask beyond their kind, and that their kinds are judged by it."""

import json
from pathlib import Path

import pytest

from tests.real import cases
from tests.real.rows import Row
from tests.real.verdicts import judge

ANSWER = {
    "author": "张三、李四",
    "html": '<p><a href="https://a.example/more">more</a></p>',
    "media": [{"kind": "image", "url": "https://a.example/1.jpg"}, {"kind": "audio", "url": "https://a.example/2.mp3"}],
}
PAGE = """<html><head><title>月球车如何过夜</title></head><body><h1>月球车如何过夜</h1><div class="content">
<p>月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠。</p>
<p>休眠之前，它把太阳翼收起来，把热源的热量引进舱内，仪器才不会冻坏。</p></div></body></html>"""
SITEMAP = "<urlset><url><loc>https://a.example/1</loc><lastmod>2026-09-17</lastmod></url></urlset>"
FEED = "<rss><channel><title>示例</title><item><description>two three</description></item></channel></rss>"


def reasons(tmp_path: Path, kind: str, body: str, expected: dict[str, object]) -> list[str]:
    path = tmp_path / "file"
    path.write_text(body, encoding="utf-8")
    return [reason.partition(":")[0] for reason in judge(Row("folder", path, kind, expected)).reasons]


@pytest.mark.parametrize(
    "met",
    [
        {"media": ["https://a.example/1.jpg"]},
        {"audios": 1},
        {"not_author": ["王五", "图"]},
        {"html_contains": ["https://a.example/more"]},
        {"media": None, "audios": None, "not_author": None, "html_contains": None},
    ],
)
def test_what_the_answer_has_is_met(met: dict[str, object]) -> None:
    assert cases.compare_answer(ANSWER, met) == []


@pytest.mark.parametrize(
    ("missed", "field"),
    [
        ({"media": ["https://a.example/3.jpg"]}, "media"),
        ({"audios": 0}, "audios"),
        ({"not_author": ["李四"]}, "not_author"),
        ({"html_contains": ["<h2>"]}, "html_contains"),
    ],
)
def test_what_the_answer_lacks_is_named_by_its_field(missed: dict[str, object], field: str) -> None:
    (reason,) = cases.compare_answer(ANSWER, missed)

    assert reason.startswith(f"{field}:")


def test_a_page_is_judged_by_the_fields_of_its_kind_and_by_those_of_the_cases(tmp_path: Path) -> None:
    expected: dict[str, object] = {
        "title": "另一个题目",
        "media": ["https://a.example/1.jpg"],
        "body_contains": ["长达十四个地球日"],
    }

    assert reasons(tmp_path, "case_page", PAGE, expected) == ["title", "media"]


def test_a_wechat_page_is_judged_by_its_state_first(tmp_path: Path) -> None:
    assert reasons(tmp_path, "case_wechat_page", PAGE, {"state": "deleted", "audios": 0}) == ["state"]


def test_every_wanted_piece_of_a_feed_s_text_counts(tmp_path: Path) -> None:
    first = {"content_contains": ["two", "four", "three"]}

    assert reasons(tmp_path, "case_feed", FEED, {"entries": 1, "first": first}) == ["text"]


def test_a_date_that_the_first_address_of_a_sitemap_does_not_state_is_a_miss(tmp_path: Path) -> None:
    assert reasons(tmp_path, "case_sitemap", SITEMAP, {"urls": 1, "absent": ["lastmod"]}) == []
    assert reasons(tmp_path, "case_sitemap", SITEMAP, {"urls": 1, "absent": ["published"]}) == ["published"]


def test_labels_and_recorded_exchanges_are_counted_from_the_file_itself(tmp_path: Path) -> None:
    labels = {"topics": ["it"], "audiences": [], "actions": [], "forms": ["live"], "off_topic": False}
    asked = {"path": "/version", "status": 200, "answer": {"pkgVersion": "1.50.0"}}

    of_tags = reasons(tmp_path, "tags", json.dumps(labels), {"rows": 1, "off_topic": 0, "topics": {"it": 2}})
    of_exchanges = reasons(tmp_path, "exchanges", json.dumps(asked), {"rows": 1, "version": "1.51.0"})

    assert (of_tags, of_exchanges) == (["topics"], ["version"])

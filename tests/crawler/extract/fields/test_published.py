"""crawler.extract.fields.published: the day of publication on which the places of a page agree; nothing is guessed."""

import pytest

from crawler.extract.body.blocks import read_blocks
from crawler.extract.document import parse
from crawler.extract.fields.meta import Declared
from crawler.extract.fields.published import Day, read_published

TEXT = "示例馆的大门口排起了长队，大家都来看一杯清水怎样变少，怎样留下白色的盐。"


def published(line: str = "", *, scripts: tuple[str, ...] = (), url: str | None = None, **declared: object) -> str:
    tree = parse(f"<html><body><h1>窗台上的水</h1>{line}<p>{TEXT}</p></body></html>")
    assert tree is not None
    blocks = list(read_blocks(tree))
    found = read_published(
        blocks,
        Declared(is_chinese=True, **declared),  # type: ignore[arg-type]
        title=0,
        start=len(blocks) - 1,
        end=len(blocks),
        scripts=scripts,
        url=url,
    )
    return str(found.published)


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("<p>2026-09-17 08:30</p>", "2026-09-17T08:30:00+08:00"),
        ("<p>发布时间：2026-09-17 来源：示例网</p>", "2026-09-17"),
        ("<p>发布时间：2026-09-17</p><p>更新时间：2026-09-19 10:00</p>", "2026-09-17"),
    ],
)
def test_the_line_at_the_headline_is_read(line: str, moment: str) -> None:
    assert published(line) == moment


def test_a_declared_time_is_read_and_the_second_of_the_day_is_kept() -> None:
    assert published("<p>2026-09-17</p>", times=("2026-09-17 08:30:05",)) == "2026-09-17T08:30:05+08:00"


def test_a_time_of_change_counts_only_where_nothing_else_is_named() -> None:
    assert published("<p>2026-09-17</p>", changed=("2026-09-19",)) == "2026-09-17"
    assert published(changed=("2026-09-19",)) == "2026-09-19"


def test_two_places_that_agree_outvote_one() -> None:
    assert published(times=("2026-09-18", "2026-09-17"), url="http://a.example/20260917/1.html") == "2026-09-17"


def test_scripts_and_the_address_speak_where_the_page_says_nothing() -> None:
    assert published(scripts=("1789605000",)) == "2026-09-17T08:30:00+08:00"
    assert published(url="http://a.example/2026/09/17/1.html") == "2026-09-17"


def test_where_nothing_names_a_day_there_is_none() -> None:
    tree = parse("<html><body><p>一杯清水</p></body></html>")
    assert tree is not None

    found = read_published(
        list(read_blocks(tree)), Declared(is_chinese=True), title=None, start=0, end=1, scripts=(), url=None
    )

    assert found == Day(None)


def test_the_day_of_a_document_gives_way_to_that_of_its_publication() -> None:
    assert published("<p>发文日期：2026-08-30</p><p>发布日期：2026-09-17</p>") == "2026-09-17"


def test_a_declared_number_of_seconds_is_a_moment() -> None:
    assert published(times=("1789956000",)) == "2026-09-21T10:00:00+08:00"


def test_the_last_change_of_the_site_is_no_day_of_an_article() -> None:
    assert published("<p>网站最后更新：2026-11-20</p>") == "None"

"""crawler.extract.fields.titles: the headline on which a page agrees, without names of section and site."""

import pytest

from crawler.extract.body.blocks import read_blocks
from crawler.extract.document import parse
from crawler.extract.fields.headings import TITLE_CHARS
from crawler.extract.fields.meta import Declared
from crawler.extract.fields.titles import read_title
from crawler.extract.page import read_page

HEADLINE = "窗台上的水到哪里去了"
PROSE = "钻头要在月面上打出一个洞，把土样一层一层地留在软管里，地上的人才能看出先后的次序。" * 3
DRILL, SITE = "采样钻头怎样工作", "示例科技馆"


def title_of(page_title: str, body: str = "", **declared: tuple[str, ...]) -> str:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return read_title(list(read_blocks(tree)), Declared(page_title=page_title, **declared), start=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("end", ["_示例科技馆", " - 示例网", "｜科普频道｜示例网", "--示例日报", " » example.com"])
def test_names_of_section_and_site_are_cut_off(end: str) -> None:
    assert title_of(f"{HEADLINE}{end}", f"<h1>{HEADLINE}</h1><p>一杯清水。</p>") == HEADLINE


def test_the_site_s_declared_name_is_no_part_of_the_headline() -> None:
    assert title_of(f"{HEADLINE} 示例科技馆", f"<h1>{HEADLINE}</h1>", sites=("示例科技馆",)) == HEADLINE


def test_a_declared_title_stands_above_a_heading_of_the_page() -> None:
    assert title_of("", "<h2>热门推荐内容</h2>", titles=(HEADLINE,)) == HEADLINE


def test_what_is_cut_with_dots_is_read_whole_where_it_stands_whole() -> None:
    assert title_of(HEADLINE, f"<h1>{HEADLINE}</h1>", titles=("窗台上的水到哪里…",)) == HEADLINE


def test_a_headline_stands_in_an_element_that_is_named_one() -> None:
    body = f"<h1>示例网</h1><div class='tit'>{HEADLINE}</div><p>一杯清水。</p>"

    assert title_of(f"{HEADLINE}_示例网", body) == HEADLINE


def test_entities_that_were_escaped_twice_are_read() -> None:
    assert title_of("", titles=("水&amp;火的故事",)) == "水&火的故事"


def test_where_nothing_else_is_there_the_title_element_is_the_headline() -> None:
    assert title_of("水") == "水"
    assert title_of("") == ""
    assert len(title_of("水" * 500)) == TITLE_CHARS


def title_of_page(*, declared: str, element: str, heading: str) -> str:
    page = (
        f"<html lang='zh-CN'><head><title>{element}</title><meta property='og:title' content='{declared}'>"
        f"<meta property='og:site_name' content='{SITE}'></head><body>{heading}"
        f"<div class='content'><p>{PROSE}</p></div></body></html>"
    )
    return read_page(page.encode()).title


@pytest.mark.parametrize("between", [" ", "-", "_", " | ", "——"])
def test_the_name_of_the_site_behind_the_headline_is_left_out(between: str) -> None:
    whole = f"{DRILL}{between}{SITE}"

    assert title_of_page(declared=whole, element=whole, heading=f"<p class='title'>{DRILL}</p>") == DRILL


def test_the_name_of_the_site_alone_is_no_headline() -> None:
    assert title_of_page(declared=SITE, element=f"{DRILL}_{SITE}", heading=f"<h1>{DRILL}</h1>") == DRILL


def test_a_headline_that_speaks_of_the_site_keeps_its_name() -> None:
    headline = f"周末去{SITE}看月球车"

    assert title_of_page(declared=headline, element=f"{headline}_{SITE}", heading=f"<h1>{headline}</h1>") == headline


@pytest.mark.parametrize(
    "written",
    [
        f"{HEADLINE}_科普天地_示例科技馆",
        f"{HEADLINE}-科普天地-示例科技馆",
        f"示例科技馆 - 科普天地 - {HEADLINE}",
        f"示例科技馆>>科普天地>>{HEADLINE}",
        f"{HEADLINE} 示例科技馆",
        f"{HEADLINE},示例科技馆",
    ],
)
def test_a_headline_that_stands_in_the_title_element_alone_is_parted_from_section_and_site(written: str) -> None:
    assert title_of(written, f"<p>{PROSE}</p><p>版权所有 示例科技馆</p>") == HEADLINE


def test_a_unit_at_the_end_of_a_headline_stays_where_the_site_is_another_s() -> None:
    assert title_of("青年走进 示例科技馆", f"<p>{PROSE}</p><p>版权所有 示例学会</p>") == "青年走进 示例科技馆"


def test_a_title_element_that_is_cut_gives_way_to_the_whole_headline() -> None:
    whole = f"{HEADLINE}：一次在窗台上做的实验"

    assert title_of(f"{HEADLINE}：一次在...", f"<div class=news_tit>{whole}</div><p>一杯清水。</p>") == whole


def test_what_a_template_calls_every_page_is_no_headline() -> None:
    body = f"<h1>新闻详情</h1><p>{HEADLINE}</p><p>2026-09-17</p><p>{PROSE}</p>"

    assert title_of("新闻详情 - 示例科技馆", body) == HEADLINE


def test_a_headline_in_two_lines_is_put_together_as_the_title_element_has_it() -> None:
    lines = "".join(
        f"<p align=center><strong>{line}</strong></p>" for line in ("关于举办第五届校园", "科学影像节的通知")
    )

    assert (
        title_of("关于举办第五届校园科学影像节的通知-示例科技馆", f"{lines}<p>{PROSE}</p>")
        == "关于举办第五届校园科学影像节的通知"
    )


def test_a_headline_of_three_characters_stands_in_a_heading() -> None:
    assert title_of("雾与霾 - 示例科技馆", f"<h1>雾与霾</h1><p>{PROSE}</p>") == "雾与霾"


@pytest.mark.parametrize("page_title", ["科普天地", "媒体报道-示例学会", "示例学会"])
def test_a_section_above_the_headline_is_none_where_the_title_element_names_no_other(page_title: str) -> None:
    html = (
        f"<html><head><meta charset='utf-8'><title>{page_title}</title></head><body>"
        f"<h2>{page_title.partition('-')[0]}</h2><div>{DRILL}</div><div>2026-09-17</div><div><p>{PROSE}</p></div></body></html>"
    )

    assert read_page(html.encode()).title == DRILL


def test_a_second_line_between_headline_and_date_is_none() -> None:
    html = (
        "<html><head><meta charset='utf-8'><title>停电通知</title></head><body><h1>停电通知</h1>"
        f"<div>——写在秋季检修之前的几句话</div><div>2026-09-17</div><div><p>{PROSE}</p></div></body></html>"
    )

    assert read_page(html.encode()).title == "停电通知"

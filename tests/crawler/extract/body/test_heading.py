"""crawler.extract.body.heading: the body begins with the article, not with its headline and byline once more."""

import pytest

from crawler.extract.body.heading import without_heading
from crawler.extract.body.main_text import Body
from crawler.extract.document import fragment
from crawler.extract.page import read_page

TITLE = "银杏叶为什么变黄"
TEXT = "银杏叶里有两种颜色，夏天只看得见绿色。到了秋天，绿色褪去，黄色就显出来了，这和气温有关。"


def text_of(head: str, text: str = f"<p>{TEXT}</p><p>{TEXT}</p>") -> list[str]:
    page = f"<html lang='zh'><head><title>{TITLE}</title></head><body><div>{head}{text}</div></body></html>"
    return read_page(page.encode()).text.splitlines()


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>{TITLE}</h1>",
        f"<h1>{TITLE}</h1><p>示例植物园 · 2026-09-20 18:00</p>",
        f"<h1>{TITLE}</h1><div><span>日期：2026年9月20日</span> <span>来源：示例植物园</span></div>",
        f"<h1>{TITLE}</h1><p>来源：示例植物园</p><p>发布时间：2026-09-20</p>",
    ],
)
def test_a_repeated_headline_and_its_byline_are_no_text(head: str) -> None:
    assert text_of(head) == [TEXT, TEXT]


def test_the_byline_is_read_all_the_same() -> None:
    page = (
        f"<html lang='zh'><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1>"
        f"<p>来源：示例植物园 日期：2026-09-20</p><p>{TEXT}</p><p>{TEXT}</p></div></body></html>"
    )

    assert str(read_page(page.encode()).published) == "2026-09-20"


@pytest.mark.parametrize(
    "first", ["2026年9月20日，银杏叶黄了，公园里来了很多人。", "时间：9月20日上午", "绿色褪去以后的第一个星期"]
)
def test_a_first_paragraph_that_names_a_day_stays(first: str) -> None:
    assert text_of(f"<h1>{TITLE}</h1><p>{first}</p>")[0] == first


def test_a_picture_in_the_byline_stays() -> None:
    head = f"<h1>{TITLE}</h1><p>来源：示例植物园<img src='http://a.example/leaf.jpg'></p>"
    page = f"<html><head><title>{TITLE}</title></head><body><div>{head}<p>{TEXT}</p><p>{TEXT}</p></div></body></html>"

    assert [medium.url for medium in read_page(page.encode()).media] == ["http://a.example/leaf.jpg"]


def test_a_body_that_is_nothing_but_its_headline_stays() -> None:
    node = fragment(f"<h1>{TITLE}</h1>")
    body = Body(source=node, node=node, text=TITLE)

    assert without_heading(body, TITLE) is body
    assert without_heading(body, "") is body

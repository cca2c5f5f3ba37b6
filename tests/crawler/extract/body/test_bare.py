"""crawler.extract.body.bare: what stands behind the line of facts of an article with next to no text."""

import pytest

from crawler.extract.body.bare import FACTS_CHARS, behind_facts
from crawler.extract.body.main_text import Body
from crawler.extract.document import fragment
from crawler.extract.page import read_page

FOOT = "<div class='foot'><p>主办单位：示例市科学技术协会</p><p>版权所有 京ICP备00000000号</p></div>"
FILE = "<p><a href='/u/list.xlsx'>附件：中标名单.xlsx</a></p>"
MENU = "<ul>" + "".join(f"<li><a href='/{n}/'>栏目{n}</a></li>" for n in range(5)) + "</ul>"


def text_of(behind: str) -> str:
    html = f"<html><body><h1>中标结果公示</h1><div class='info'>2026-09-21</div>{behind}{FOOT}</body></html>"
    return read_page(html.encode(), url="https://www.example.cn/1.html").text


@pytest.mark.parametrize(
    ("behind", "text"),
    [
        (f"<div class='cont'><p>详见附件。</p>{FILE}</div>", "详见附件。\n附件：中标名单.xlsx"),
        (f"<div class='cont'>{FILE}</div>", "附件：中标名单.xlsx"),
        (f"<div class='cont'></div><div class='more'>{MENU}</div>", "2026-09-21"),
        ("<p>上一篇：<a href='/2.html'>去年的公示</a></p>", "2026-09-21"),
        ("<span>详见附件</span>", "详见附件"),
    ],
)
def test_the_little_that_is_said_is_the_article(behind: str, text: str) -> None:
    assert text_of(behind) == text


def test_files_behind_the_line_of_facts_are_kept_as_links() -> None:
    html = f"<html><h1>中标结果公示</h1><div>2026-09-21</div><div class='cont'>{FILE}</div>{FOOT}</html>"

    read = read_page(html.encode(), url="https://www.example.cn/1.html")

    assert 'href="https://www.example.cn/u/list.xlsx"' in read.html
    assert str(read.published) == "2026-09-21"


@pytest.mark.parametrize(
    "text", ["一滴水里有许多看不见的小生物，要用显微镜才看得见。", "2026-09-21" + "一" * FACTS_CHARS]
)
def test_an_article_of_its_own_text_stays_as_it_is(text: str) -> None:
    node = fragment(text)
    body = Body(source=node, node=node, text=text)

    assert behind_facts(body) is body

"""crawler.extract.waiting: the article of a page that only a script would show."""

import json
import time

import pytest

from crawler.extract.document import parse
from crawler.extract.page import read_page
from crawler.extract.waiting import MOST_PIECES, holds_article, waiting_pieces

HEAD = "桂花的香味能飘多远"
TEXT = (
    "秋天的傍晚，桂花的香味能飘出很远，因为芳香分子很小，在空气里跑得很快。",
    "同学们在操场上每隔十米站一个人，闻到味道就举起手中的小旗子示意。",
)
HTML = "".join(f"<p>{line}</p>" for line in TEXT)
MENU = "".join(f"<li><a href='/{n}/'>栏目{n}</a></li>" for n in range(6))


def page(inside: str, title: str = HEAD) -> bytes:
    foot = (
        "<div class='foot'><p>主办单位：示例市科学技术协会 地址：示例路八号</p><p>版权所有 京ICP备00000000号</p></div>"
    )
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><ul>{MENU}</ul>{inside}{foot}</body></html>"
    ).encode()


DATA = {"props": {"pageProps": {"menu": [{"title": "首页"}], "detail": {"title": HEAD, "content": HTML}}}}
ESCAPED = json.dumps(DATA).replace("<", "\\u003c")


@pytest.mark.parametrize(
    "inside",
    [
        f"<textarea style='display:none'>{HTML.replace('<', '&lt;')}</textarea>",
        f"<script type='text/html'>{HTML}</script>",
        f"<noscript>{HTML}</noscript>",
        f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(DATA, ensure_ascii=False)}</script>",
        f"<script>window.__INITIAL_STATE__={ESCAPED};(function(){{}})()</script>",
        f'<script>window.__NUXT__=(function(a,b){{return {{title:a,text:b}}}}("{HEAD}","{HTML}"))</script>',
    ],
)
def test_the_text_is_read_where_the_page_keeps_it(inside: str) -> None:
    read = read_page(page(inside))

    assert (read.title, read.text.splitlines()) == (HEAD, list(TEXT))


def test_the_title_beside_the_text_stands_above_the_site_s_name() -> None:
    inside = f"<script>window.__INITIAL_STATE__={ESCAPED}</script>"

    assert read_page(page(inside, title="示例科技馆")).title == HEAD


def test_texts_of_several_articles_are_a_list_s_and_none_is_chosen() -> None:
    rows = [
        {"title": f"{HEAD}{n}", "content": HTML + f"<p>这是第{n}次实验，记录在案，供大家参考。</p>"} for n in range(4)
    ]
    inside = f"<script>window.__INITIAL_STATE__={json.dumps(rows)}</script>"

    assert read_page(page(inside)).text == ""


def test_what_waits_does_not_stand_above_the_page_s_own_text() -> None:
    own = (
        "<p>这一段是网页自己的正文，它足够长，读者一打开就能看到，不需要任何脚本把它写进来，也没有别的文章比它更合适。</p>"
        * 2
    )
    inside = f"<div class='content'>{own}</div><textarea>{HTML}{HTML}</textarea>"

    assert TEXT[0] not in read_page(page(inside)).text


@pytest.mark.parametrize(
    "inside",
    [
        "<script type='text/html'><p v-for='x in l'>{{ x.text }}，阅读全文，了解更多内容，敬请关注。</p></script>",
        "<script>var a = 'x'; function f() { return \"<p>短</p>\"; }</script>",
        "<noscript>请启用脚本后再访问本站，谢谢您的理解与支持。</noscript>",
        "<script>" + '"' * 5000 + "</script>",
        "<script>" + '"\\' * 5000 + "</script>",
    ],
)
def test_templates_and_scripts_hold_no_article(inside: str) -> None:
    tree = parse(page(inside).decode())
    assert tree is not None

    assert not holds_article(waiting_pieces(tree))


def test_no_more_pieces_are_looked_at_than_an_honest_page_has() -> None:
    tree = parse(page("<textarea>&lt;p&gt;一&lt;/p&gt;</textarea>" * (MOST_PIECES + 9)).decode())
    assert tree is not None

    assert len(waiting_pieces(tree)) == MOST_PIECES


def test_marks_without_end_cost_no_more_than_their_length() -> None:
    start = time.process_time()

    assert not holds_article(["<" + '\\"' * 60_000])
    assert time.process_time() - start < 2  # looked through from each mark it would be a minute

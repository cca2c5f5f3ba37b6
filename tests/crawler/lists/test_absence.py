"""crawler.lists.absence: a page without a list says what stands there instead."""

import pytest

from crawler.lists.absence import NoList
from tests.crawler.lists.layouts import FOOT, FRIENDS, HEAD, PAGER, side
from tests.crawler.lists.test_reading import read

SECTIONS = "".join(f"<a href='/kpdt/l{n}/'>科普资讯动态列表第{n}栏</a>" for n in range(6))
PROSE = "".join(
    f"<p>月球的夜晚长达十四个地球日，月球车第{n}次在零下一百多摄氏度里休眠，醒来时已经是清晨。</p>" for n in range(9)
)
LINKS = "".join(f"<li><a href='/info/{n}.htm'>第{n}篇相近的文章的标题</a></li>" for n in range(100, 106))
TAGS = "".join(f"<a href='/tag/{n}'>词语{n}</a>" for n in range(30))
MONTHS = "".join(f"<li><a href='/2026/{n:02}/'>2026年{n}月</a></li>" for n in range(1, 13))


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        ("", "只看到菜单、页脚或翻页一类的链接"),
        (PAGER, "只看到菜单、页脚或翻页一类的链接"),
        (FRIENDS, "都不在渠道登记的范围内|只看到菜单"),
        (f"<div class='left'>{SECTIONS}</div>", "只看到菜单"),
        (
            f"<div id='app'>{SECTIONS}<div v-for='item in list'></div></div><script src='/a.js'></script>",
            "由脚本另外载入",
        ),
        (f"<div>{TAGS}</div>", "只看到菜单"),
        (f"<ul>{MONTHS}</ul>", "只看到菜单"),
        (f"<div class='txt'>{PROSE}</div>", "这个网页是一篇文章"),
        (f"<div class='txt'>{PROSE}</div><ul>{LINKS}</ul>", "这个网页是一篇文章"),
        (f"<h4>相关阅读</h4><ul>{LINKS}</ul>", "只有旁栏"),
    ],
)
def test_menus_footers_pagers_and_articles_are_no_list(middle: str, words: str) -> None:
    with pytest.raises(NoList, match=f"列表页上没有找到文章链接：.*(?:{words})"):
        read(f"{HEAD}{middle}{FOOT}")


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("/upload/{}.pdf", "列表的 9 行都是文件"),
        ("/upload/{}.docx", "列表的 9 行都是文件"),
        ("https://other.example/{}.html", "列表的 9 行都不在渠道登记的范围内（other.example 等）"),
    ],
)
@pytest.mark.parametrize("beside", ["", "<div><a href='/notice/1.html'>投资者权益须知与说明</a></div>"])
def test_a_list_that_leads_elsewhere_is_said_to(href: str, words: str, beside: str) -> None:
    rows = "".join(f"<li><a href='{href.format(n)}'>第{n}号观察记录公告</a>2026-09-0{n}</li>" for n in range(1, 10))

    with pytest.raises(NoList, match=words):
        read(f"{HEAD}<ul>{rows}</ul>{beside}{FOOT}")


def test_an_introduction_above_a_dated_list_makes_it_no_article() -> None:
    rows = "".join(f"<li><a href='{n}.html'>第{n}号观察记录</a>2026-09-0{n}</li>" for n in range(1, 10))

    assert len(read(f"{HEAD}{PROSE[: len(PROSE) // 2]}<ul>{rows}</ul>{FOOT}").entries) == 9


def test_what_to_do_stands_beside_what_is_missing() -> None:
    with pytest.raises(NoList) as none:
        read(f"{HEAD}{FOOT}")

    assert none.value.do == "请登记栏目列表页的网址，或为渠道填写 list 选择器"


@pytest.mark.parametrize("head", ["最新公告", "图片新闻"])
def test_an_article_beside_a_dated_column_of_every_page_is_one(head: str) -> None:
    text = "<p>孩子们在老师的带领下认识了十几种候鸟，也记录了它们的习性和迁徙的路线。</p>" * 9

    with pytest.raises(NoList, match="这个网页是一篇文章"):
        read(f"{HEAD}<div class='txt'><h1>秋天的观鸟记</h1>{text}</div>{side(head, '%Y-%m-%d')}{FOOT}")


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<p>{}</p>", "像是一篇文章。"),
        ("<script>draw()</script><p>{}</p>", "像是一篇文章（若是栏目页，列表可能由脚本另外载入）。"),
        ("<script>draw()</script>", "列表可能由脚本另外载入。"),
    ],
)
def test_a_page_of_a_little_prose_alone_looks_like_an_article(inside: str, words: str) -> None:
    prose = "一杯清水放在窗台上，过几天水面就低了一截。" * 7

    with pytest.raises(NoList) as refused:
        read(f"{HEAD}{inside.format(prose)}{FOOT}")

    assert words in str(refused.value)

"""crawler.extract.body.excluded: what is no part of the article, by names and by heads such as 相关阅读."""

from lxml.html import HtmlElement

from crawler.extract.body.blocks import read_blocks
from crawler.extract.body.excluded import Tree, excluded_elements, foot_elements, sum_up
from crawler.extract.document import parse

PROSE = "<p>一杯清水放在窗台上，过几天水面就低了一截，它到哪里去了呢？</p>"


def excluded(body: str) -> set[str]:
    """Ids of the elements that are excluded."""
    page = tree(body)
    weighed = [(block, float(block.chars)) for block in read_blocks(page)]
    return {node.get("id") for node in excluded_elements(page, weighed) if node.get("id")}


def tree(body: str) -> HtmlElement:
    page = parse(f"<html><body>{body}</body></html>")
    assert page is not None
    return page


def test_what_is_named_as_boilerplate_is_excluded_with_all_below_it() -> None:
    assert excluded(f"<div id=a>{PROSE * 3}</div><div class=sidebar id=b><i id=c>{PROSE}</i></div>") == {"b", "c"}


def test_what_is_hidden_is_excluded() -> None:
    assert excluded(f"<div>{PROSE * 3}</div><div hidden id=b>{PROSE}</div>") == {"b"}


def test_a_name_misleads_where_it_holds_most_of_the_prose() -> None:
    assert excluded(f"<div class=sidebar id=a>{PROSE * 5}</div><div id=b>{PROSE}</div>") == set()


def test_comments_may_hold_more_than_the_article() -> None:
    assert excluded(f"<div id=a>{PROSE}</div><div class=comments id=b>{PROSE * 5}</div>") == {"b"}


def test_what_follows_a_head_of_links_is_excluded_up_to_the_next_prose() -> None:
    links = "<ul id=links><li><a href=/1>另一篇</a></li></ul>"

    assert excluded(f"<div>{PROSE}<h3 id=head>相关阅读</h3>{links}<div id=more>{PROSE}</div></div>") == {
        "head",
        "links",
    }


def test_what_follows_a_head_of_comments_is_excluded_to_the_end() -> None:
    body = f"<div>{PROSE * 3}<h3 id=head>网友评论</h3><div id=a>{PROSE}</div><div id=b>{PROSE}</div></div>"

    assert excluded(body) == {"head", "a", "b"}


def test_every_element_is_worth_what_stands_in_it() -> None:
    page = tree("<div id=a><p id=b>x</p><p id=c>y</p></div>")
    amounts = [(node, 2.0) for node in page.iter("p")]

    sums = sum_up(Tree(page), amounts)

    assert {node.get("id"): amount for node, amount in sums.items() if node.get("id")} == {"a": 4.0, "b": 2.0, "c": 2.0}
    assert sums[page] == 4.0


FOOT = "<p>主办单位：示例市科学技术协会 地址：示例路八号 邮编：000000</p><p>版权所有 示例科技馆 京ICP备00000000号</p>"


def foot(body: str) -> set[str]:
    page = tree(body)
    found = foot_elements(Tree(page), list(read_blocks(page)))
    return {node.get("id") for node in found if node.get("id")}


def test_the_foot_is_what_stands_around_the_copyright_and_nothing_else() -> None:
    assert foot(f"<div id=a><p>停电，闭馆。</p></div><div id=b><a href=/1>链接</a>{FOOT}</div>") == {"b"}


def test_a_foot_without_an_element_of_its_own_takes_nothing_else_with_it() -> None:
    assert foot("<div id=a><p>停电，闭馆。</p><p id=b>电话：000-00000000</p><p id=c>版权所有</p></div>") == {"c"}


def test_a_page_without_a_foot_has_none() -> None:
    assert foot("<div id=a><p>地址：示例路八号</p></div>") == set()


def test_the_way_to_the_next_article_is_excluded_where_it_stands_alone() -> None:
    ways = "<p id=b>上一篇：<a href=/2>去年的文章</a></p><div id=c>下一篇：<a href=/3>明年的</a><br>这一行是正文</div>"

    assert excluded(f"<div id=a>{PROSE * 3}{ways}</div>") == {"b"}

"""crawler.extract.body.boilerplate: what is named as no part of the article, and what reads like prose."""

import pytest
from lxml.html import HtmlElement, fromstring

from crawler.extract.body.blocks import read_blocks
from crawler.extract.body.boilerplate import (
    COMMENT_HEADS,
    RELATED_HEADS,
    is_boilerplate,
    is_comment,
    is_hidden,
    is_sentence,
    words,
)
from crawler.extract.page import read_page

TEXT = "钻头要在月面上打出一个洞，把土样一层一层地留在软管里，地上的人才能看出先后的次序。"
ASIDE = "周末的讲座改到下午两点开始，地点不变，请已经预约的观众留意短信，迟到的观众从侧门入场。"


def node(attributes: str, tag: str = "div") -> HtmlElement:
    return fromstring(f"<{tag} {attributes}></{tag}>")


def test_names_are_read_whole_and_in_their_parts() -> None:
    assert {"newscontent", "news", "content", "side-bar", "side", "bar"} <= words(
        node("class='newsContent' id='side-bar'")
    )


@pytest.mark.parametrize("tag", ["nav", "footer", "aside", "form"])
def test_some_tags_are_boilerplate_whatever_they_are_called(tag: str) -> None:
    assert is_boilerplate(node("class='article'", tag))


@pytest.mark.parametrize("role", ["navigation", "Banner", "contentinfo", "complementary", "search", "dialog", "menu"])
def test_a_role_says_that_something_is_boilerplate(role: str) -> None:
    assert is_boilerplate(node(f"role='{role}' class='content'"))


@pytest.mark.parametrize("name", ["sidebar", "share", "mbx", "right-recommend", "relatedBox", "top10", "site_footer2"])
def test_a_name_says_that_something_is_boilerplate(name: str) -> None:
    assert is_boilerplate(node(f"class='{name}'"))


@pytest.mark.parametrize("name", ["article", "content share", "TRS_Editor", "vsb_content", "box", "role"])
def test_the_article_s_own_container_is_none(name: str) -> None:
    assert not is_boilerplate(node(f"class='{name}'"))


@pytest.mark.parametrize("role", ["main", "article", ""])
def test_the_role_of_the_article_names_the_article(role: str) -> None:
    assert not is_boilerplate(node(f"role='{role}'"))


@pytest.mark.parametrize(("name", "is_one"), [("comments", True), ("hotPinglun", True), ("content", False)])
def test_a_place_for_comments_is_told_by_its_name(name: str, *, is_one: bool) -> None:
    assert is_comment(node(f"id='{name}'")) is is_one


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [("hidden", True), ("aria-hidden=true", True), ("style='DISPLAY: none'", True), ("style='color:red'", False)],
)
def test_what_the_page_hides_is_hidden(attributes: str, *, hidden: bool) -> None:
    assert is_hidden(node(attributes)) is hidden


@pytest.mark.parametrize(
    ("html", "is_prose"),
    [
        ("<p>一杯清水放在窗台上，过几天水面就低了。</p>", True),
        ("<p>短句，没有。</p>", False),
        ("<p>一杯清水放在窗台上过几天水面就低了一截</p>", False),
        ("<p><a href='/'>一杯清水放在窗台上，过几天水面就低了。</a></p>", False),
        ("<p>示例网版权所有，未经许可，不得转载，违者必究。</p>", False),
        ("<p>A glass of water on the sill is lower after a few days.</p>", True),
        ("<p>Too short, this.</p>", False),
    ],
)
def test_prose_is_long_punctuated_and_no_link(html: str, *, is_prose: bool) -> None:
    (block,) = read_blocks(fromstring(f"<div>{html}</div>"))

    assert is_sentence(block) is is_prose


@pytest.mark.parametrize("head", ["相关阅读", "推荐阅读：", "Related articles", "上一篇"])
def test_heads_of_links_are_known(head: str) -> None:
    assert RELATED_HEADS.match(head)
    assert not COMMENT_HEADS.match(head)


@pytest.mark.parametrize("head", ["网友评论", "最新评论（3条）", "12 Comments"])
def test_heads_of_comments_are_known(head: str) -> None:
    assert COMMENT_HEADS.match(head)


def test_prose_beside_the_article_is_left_out_by_its_role() -> None:
    page = (
        f"<html lang='zh-CN'><head><title>采样钻头怎样工作</title></head><body><h1>采样钻头怎样工作</h1>"
        f"<div><p>{TEXT}</p><p>{TEXT[::-1]}</p><div role='complementary'><p>{ASIDE}</p></div></div></body></html>"
    )

    assert ASIDE not in read_page(page.encode()).text

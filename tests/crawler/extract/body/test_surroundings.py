"""crawler.extract.body.surroundings: the article's pictures that stand in boxes of their own."""

from lxml.html import HtmlElement

from crawler.extract.body.main_text import Body
from crawler.extract.body.surroundings import MOST_ABOVE, MOST_SHOWN, with_media_around
from crawler.extract.document import parse


def pictures(html: str, *, text: str = "一杯清水") -> list[str]:
    tree = parse(f"<html><body><h1>水</h1>{html}</body></html>")
    assert tree is not None
    source = tree.find(".//div[@id='text']")
    assert isinstance(source, HtmlElement)
    found = with_media_around(Body(source=source, node=source, text=text), tree, tree.find(".//h1"))
    assert found.text == text
    return [img.get("src") or "" for img in found.node.iter("img")]


TEXT = "<div id='text'><p>一杯清水<img src='/in.jpg'></p></div>"


def test_pictures_above_and_below_join_the_article_in_their_order() -> None:
    html = f"<div><img src='/a.jpg'></div>{TEXT}<div><img src='/b.jpg'><p>示例馆供图</p></div>"

    assert pictures(html) == ["/a.jpg", "/in.jpg", "/b.jpg"]


def test_boilerplate_links_icons_and_codes_stay_outside() -> None:
    html = (
        "<div class='share'><img src='/a.jpg'></div><a href='/2.html'><img src='/b.jpg'></a>"
        "<img src='/c.jpg' width='20'>"
        f"{TEXT}<div><img src='/img/qrcode.png'></div>"
    )

    assert pictures(html) == ["/in.jpg"]


def test_a_box_with_a_text_of_its_own_is_another_piece() -> None:
    assert pictures(f"{TEXT}<div><img src='/a.jpg'><p>{'另一篇文章。' * 40}</p></div>") == ["/in.jpg"]
    assert pictures(f"{TEXT}<ul><li><img src='/a.jpg'></li></ul>") == ["/in.jpg"]


def test_the_same_picture_is_not_shown_twice_and_their_number_is_bounded() -> None:
    many = "".join(f"<p><img src='/{number}.jpg'></p>" for number in range(50))

    assert pictures(f"<p><img src='/in.jpg'></p>{TEXT}") == ["/in.jpg"]
    assert len(pictures(f"{many}{TEXT}")) == MOST_SHOWN + 1


def test_what_stands_too_deep_in_a_box_is_not_the_article_s() -> None:
    deep = f"{'<div>' * (MOST_ABOVE + 1)}<img src='/a.jpg'>{'</div>' * (MOST_ABOVE + 1)}"

    assert pictures(f"{deep}{TEXT}") == ["/in.jpg"]


def test_a_picture_right_above_the_headline_joins_where_both_stand_in_one_box() -> None:
    tree = parse(f"<html><body><div><p><img src='/a.jpg'></p><h1>水</h1>{TEXT}</div></body></html>")
    assert tree is not None
    source = tree.find(".//div[@id='text']")
    assert isinstance(source, HtmlElement)
    found = with_media_around(Body(source=source, node=source, text="一杯清水"), tree, tree.find(".//h1"))

    assert [img.get("src") for img in found.node.iter("img")] == ["/a.jpg", "/in.jpg"]

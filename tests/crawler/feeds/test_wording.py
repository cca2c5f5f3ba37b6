"""crawler.feeds.wording: values of feeds → plain text and HTML."""

import pytest
from lxml import etree

from crawler.feeds.wording import flatten, is_chinese, markup_of, text_of, text_of_html, title_in, title_of, undoubled


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("一&amp;二", "一&二"),
        ("<p>一</p><p>二<br>三</p>", "一\n二\n三"),
        ("5 < 8<br>二", "5 < 8\n二"),
        ("<script>alert(1)</script>字", "字"),
        ("一\n\n  二  ", "一\n二"),
    ],
)
def test_html_becomes_its_readable_text(markup: str, text: str) -> None:
    assert text_of_html(markup) == text


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A &amp;amp; B", "A &amp; B"),
        ("<b>甲</b> 乙", "甲 乙"),
        ("容器 <T> 的用法", "容器 <T> 的用法"),
        ("甲\n乙", "甲 乙"),
    ],
)
def test_a_title_is_one_line(written: str, title: str) -> None:
    assert title_of(written) == title


@pytest.mark.parametrize(
    ("element", "says", "kind", "text"),
    [
        ("<content>甲&lt;br&gt;乙</content>", True, "html", "甲<br>乙"),
        ("<content type='text'>甲&lt;br&gt;乙</content>", True, "text", "甲<br>乙"),
        ("<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'>甲</x:div></content>", True, "html",
         "<div>甲</div>"),
        ("<content type='text'>甲<b>乙</b></content>", True, "html", "甲<b>乙</b>"),
        ("<content mode='base64'>55Sy</content>", True, "application/octet-stream", "55Sy"),
        ("<content> </content>", False, "html", " "),
        ("<content type='video/mp4'>AAAA</content>", False, "video/mp4", "AAAA"),
    ],
)  # fmt: skip
def test_an_element_becomes_one_text_of_one_type(element: str, says: bool, kind: str, text: str) -> None:
    node = etree.fromstring(element)

    assert flatten(node, is_html=False) is says
    assert (node.get("type"), node.text) == (kind, text)


def test_a_description_is_html_whatever_type_it_states() -> None:
    node = etree.fromstring("<description type='text/plain'>甲&lt;br&gt;乙</description>")

    flatten(node, is_html=True)

    assert node.get("type") == "html"


@pytest.mark.parametrize(
    ("value", "kind", "text", "markup"),
    [
        ("甲<br>乙", "text/html", "甲\n乙", "甲<br>乙"),
        ("甲<br>\n乙", "text/plain", "甲<br>\n乙", "甲&lt;br&gt;<br>乙"),
        ("<p>甲</p>", "application/octet-stream", "甲", "<p>甲</p>"),
        ("甲", "application/octet-stream", "甲", "甲"),
    ],
)
def test_a_value_is_read_by_its_type(value: str, kind: str, text: str, markup: str) -> None:
    assert (text_of(value, kind), markup_of(value, kind)) == (text, markup)


def test_a_title_that_is_said_to_be_plain_keeps_its_brackets() -> None:
    assert title_in({"title": "<b> 与 &amp;", "title_detail": {"type": "text/plain"}}) == "<b> 与 &amp;"
    assert title_in({"title": "<b>与</b> &amp;", "title_detail": {"type": "text/html"}}) == "与 &"
    assert title_in({}) == ""


def test_utf_8_that_was_encoded_twice_is_read_as_it_was_meant() -> None:
    assert undoubled("Ã©tÃ©") == "été"
    assert undoubled("été") == "été"


@pytest.mark.parametrize(
    ("language", "titles", "chinese"),
    [
        ("zh-CN", [], True),
        ("en", ["夜间观星"], False),
        (None, ["夜间观星"], True),
        (None, ["Stars"], False),
        ("", ["星を見る会です"], False),
    ],
)
def test_a_feed_is_chinese_by_its_language_else_by_its_titles(
    language: str | None, titles: list[str], chinese: bool
) -> None:
    assert is_chinese(language, titles) is chinese

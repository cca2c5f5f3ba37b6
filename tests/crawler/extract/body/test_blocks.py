"""crawler.extract.body.blocks: a tree becomes the lines that a reader sees, in their order."""

import pytest
from lxml.html import HtmlElement

from crawler.extract.body.blocks import inner_text, plain_text, read_blocks, squeeze, tidy
from crawler.extract.document import fragment


def tree(html: str) -> HtmlElement:
    return fragment(html)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("a<br>b<div>c</div>d", ["a", "b", "c", "d"]),
        ("<p>one <b>two</b>\n three</p>", ["one two three"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<p>a<script>var x</script>b</p><style>p{}</style>", ["ab"]),
        ("<p>a</p><select><option>x</option></select><p>\u200b </p>", ["a"]),
        ("<pre>\none\n  two\n</pre>", ["one\n  two"]),
    ],
)
def test_blocks_part_lines_and_inline_elements_do_not(html: str, lines: list[str]) -> None:
    assert [block.text for block in read_blocks(tree(html))] == lines


def test_a_block_knows_its_element_and_how_much_of_it_are_links() -> None:
    (block,) = read_blocks(tree("<section>see <a href='/x'>the page</a></section>"))

    assert (block.node.tag, block.chars, block.link_chars) == ("section", len("see the page"), len("thepage"))


def test_the_plain_text_has_one_block_a_line() -> None:
    assert plain_text(tree("<h2>a</h2><p>b</p>")) == "a\nb"


def test_reading_inside_an_element_stops_behind_the_limit() -> None:
    node = tree("<div><p>" + "</p><p>".join("abcde") + "</p></div>")

    assert inner_text(node) == "a b c d e"
    assert inner_text(node, most=1) == "a b"


def test_what_is_behind_the_element_is_not_inside_it() -> None:
    node = tree("<p>in</p>out").find(".//p")

    assert inner_text(node) == "in"


def test_texts_are_compared_without_blanks_and_invisible_characters() -> None:
    assert squeeze("a\u200bb \u3000c\u00ad") == "abc"
    assert squeeze("e\u0301") == "é"
    assert tidy(" a\n\u200b b ") == "a b"

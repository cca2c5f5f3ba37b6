"""crawler.extract.document: however broken a text is, a tree comes of it, and in bounded time."""

import pytest

from crawler.extract.document import MAX_TAGS, PIECE_DEPTH, PIECE_TAGS, bounded, fragment, parse


def text(html: str) -> str:
    tree = parse(html)
    assert tree is not None
    return str(tree.text_content())


@pytest.mark.parametrize("plain", ["", "no mark-up", "1 < 2", "\x00\x01"])
def test_what_holds_no_mark_up_is_no_page(plain: str) -> None:
    assert parse(plain) is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p></body></html><p>b</p>",
        "<?xml version='1.0' encoding='gbk'?><p>a</p><p>b</p>",
        "<embed src=x><p>a</p><p>b</p>",
        "<p>a\x00</p><p>b</p>",
        "<!-- c --><p>a</p><p>b",
    ],
)
def test_nothing_of_a_broken_page_is_lost(html: str) -> None:
    assert text(html) == "ab"


def test_what_stands_behind_a_flood_of_attributes_or_tags_is_cut_off() -> None:
    flood = "<p " + " ".join(f"a{n}=1" for n in range(200)) + ">"

    assert text(f"<p>a</p>{flood}b") == "a"
    assert text("<p>a</p>" + "<i>" * MAX_TAGS + "b") == "a"


def test_a_flood_in_a_value_is_cut_off_too_for_parsers_differ_in_where_a_value_ends() -> None:
    flood = "<b " + " ".join(f"b{n}=1" for n in range(200)) + ">"

    assert text(f"<p>a</p><p title='>{flood}'>b</p>") == "a"


def test_a_script_s_comparisons_are_no_flood() -> None:
    script = "<script>if (i<n " + "x " * 300 + ") {}</script>"

    assert text(f"{script}<p>a</p>").endswith("a")


def test_a_flood_of_includes_in_an_attribute_is_taken_out() -> None:
    page = parse("<p title='" + "<!--" * 600 + "月'>a</p>")

    assert page is not None
    assert page.find(".//p").attrib == {"title": "月"}


def test_an_include_in_an_attribute_stays_where_they_are_few() -> None:
    page = parse("<p title='<!--#x-->月'>a</p>")

    assert page is not None
    assert page.find(".//p").get("title") == "<!--#x-->月"


def test_a_piece_stands_in_an_element_of_its_own() -> None:
    piece = fragment("a<b>c</b>")

    assert (piece.tag, piece.text, len(piece)) == ("div", "a", 1)


def test_an_article_s_piece_is_cut_where_it_is_an_attack() -> None:
    assert bounded("<p>a</p><script>x</script>") == "<p>a</p>"
    assert bounded("<b class=x>a</b>") == "<b>a</b>"
    assert bounded("<i>" * (PIECE_TAGS + 10)).count("<") <= PIECE_TAGS


@pytest.mark.parametrize("opened", ["<div>", "<ul><li>", "<BLOCKQUOTE class=x>", "<dl><dt>", "<section\n>"])
def test_an_article_s_piece_is_cut_where_it_stands_too_deep(opened: str) -> None:
    assert bounded(opened * (PIECE_DEPTH * 2)).count(opened) == PIECE_DEPTH


def test_an_article_s_piece_may_be_long_where_it_is_not_deep() -> None:
    rows = "<div><p>a<br></div>" * (PIECE_DEPTH + 10)

    assert bounded(rows) == rows

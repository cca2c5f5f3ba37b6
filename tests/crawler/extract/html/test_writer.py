"""crawler.extract.html.writer: whatever it is asked to write reads back as the tree that was written."""

import pytest

from crawler.extract.html.writer import MOST_DEPTH, HtmlWriter, plain


def written(*names: str, text: str = "x") -> str:
    """Open the elements one inside another, write the text, close them."""
    writer = HtmlWriter()
    opened = [writer.start(name) for name in names]
    writer.text(text)
    for each in reversed(opened):
        writer.end(each)
    return writer.html()


@pytest.mark.parametrize(
    ("names", "html"),
    [
        (("p", "b"), "<p><b>x</b></p>"),
        (("p", "p"), "<p></p><p>x</p>"),
        (("p", "ul", "li"), "<p></p><ul><li>x</li></ul>"),
        (("a", "a"), "<a>x</a>"),
        (("h1", "h2"), "<h1>x</h1>"),
        (("li",), "<div>x</div>"),
        (("td",), "x"),
        (("table", "b"), "<table></table>"),
        (("table", "tbody", "tr", "td"), "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        (("rt",), "x"),
    ],
)
def test_what_could_not_stand_is_closed_or_left_out(names: tuple[str, ...], html: str) -> None:
    assert written(*names) == html


def test_a_paragraph_outside_of_a_cell_is_not_ended_by_one_inside() -> None:
    assert written("p", "table", "tbody", "tr", "td", "p").startswith("<p></p><table>")
    assert written("table", "tbody", "tr", "td", "p").endswith("<td><p>x</p></td></tr></tbody></table>")


def test_text_and_values_are_escaped() -> None:
    writer = HtmlWriter()
    opened = writer.start("a", {"href": 'x"><script>'})
    writer.text('<&>"')
    writer.end(opened)

    assert writer.html() == '<a href="x&quot;&gt;&lt;script&gt;">&lt;&amp;&gt;"</a>'


def test_an_element_without_inside_is_not_opened() -> None:
    writer = HtmlWriter()

    assert writer.start("img", {"src": "a"}) is None
    assert writer.html() == '<img src="a">'


def test_closing_an_element_closes_all_that_is_open_in_it_and_twice_is_once() -> None:
    writer = HtmlWriter()
    outer = writer.start("p")
    inner = writer.start("b")
    writer.end(outer)
    writer.end(inner)
    writer.end(outer)

    assert writer.html() == "<p><b></b></p>"
    assert not writer.has_open("p", "b")


def test_the_first_line_end_of_preformatted_text_is_left_out() -> None:
    assert written("pre", text="\n\na\n") == "<pre>a\n</pre>"


def test_elements_deeper_than_the_limit_are_left_out_and_their_text_stays() -> None:
    html = written(*["div"] * (MOST_DEPTH + 5))

    assert html.count("<div>") == MOST_DEPTH
    assert "x" in html


def test_control_characters_and_line_ends_are_those_that_all_parsers_agree_on() -> None:
    assert plain("a\r\nb\rc\x00\x08") == "a\nb\nc"

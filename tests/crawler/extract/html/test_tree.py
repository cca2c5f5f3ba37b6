"""crawler.extract.html.tree: a walk over a piece of HTML as browsers read it."""

import pytest

from crawler.extract.html.tree import read_html


def steps(html: str, *, skipped: str = "") -> list[str]:
    found = []
    for node in read_html(html):
        if node.text is not None:
            found.append(node.text)
        else:
            found.append(f"</{node.tag}>" if node.is_end else f"<{node.tag}>")
        if node.tag == skipped:
            node.skip()
    return found


@pytest.mark.parametrize(
    ("html", "walk"),
    [
        ("", []),
        ("a<b>c</b>d", ["a", "<b>", "c", "</b>", "d"]),
        ("<p>a<p>b", ["<p>", "a", "</p>", "<p>", "b", "</p>"]),
        ("<br>", ["<br>", "</br>"]),
        ("<ul><li>a<li>b</ul>", ["<ul>", "<li>", "a", "</li>", "<li>", "b", "</li>", "</ul>"]),
        ("a<!-- c -->b", ["a", "b"]),
        ("<td>a</td>", ["a"]),
    ],
)
def test_every_element_is_started_and_ended_in_reading_order(html: str, walk: list[str]) -> None:
    assert steps(html) == walk


def test_what_is_skipped_has_neither_inside_nor_end() -> None:
    assert steps("a<svg><g>x</g></svg>b", skipped="svg") == ["a", "<svg>", "b"]
    assert steps("<p><i>x</i></p>", skipped="i") == ["<p>", "<i>", "</p>"]


def test_of_an_attribute_given_twice_the_first_counts() -> None:
    (start, _) = read_html("<img SRC=a src=b alt>")

    assert dict(start.attributes) == {"src": "a", "alt": None}


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<video><track><source src=a><source src=b></video>", "a"),
        ("<video></video>", ""),
        ("<audio><source></audio>", ""),
    ],
)
def test_a_recording_s_first_source_is_found(html: str, source: str) -> None:
    assert next(read_html(html)).first_source() == source


def test_half_a_character_is_replaced_and_deep_nesting_is_walked() -> None:
    assert steps("\ud800") == ["?"]
    assert len(steps("<div>" * 3000)) == 6000

"""crawler.lists.literals: objects and strings of HTML in JavaScript's own writing."""

import time

import pytest

from crawler.lists.literals import MOST_OBJECTS, links_in_strings, objects_in, unquoted


def test_a_flat_object_gives_its_names_and_texts() -> None:
    code = 'var a=[{id:7,title:\'水\\\'滴\',"url":"\\/a\\/7.html",time:1790697600000},{x:1}]'

    assert list(objects_in(code)) == [{"title": "水'滴", "url": "/a/7.html", "time": "1790697600000"}]


def test_strings_that_hold_a_link_are_html_and_short_ones_part_them() -> None:
    code = "$('#x').jpage({store:[\"<li><a href='/a'>甲<\\/a></li>\"],u:'/p'});h=`<a\nhref=/b>乙</a>`;s='<b>丙</b>'"

    assert list(links_in_strings(code)) == ["<li><a href='/a'>甲</a></li>", "<a\nhref=/b>乙</a>"]


@pytest.mark.parametrize(
    ("written", "said"), [(r"\u6c34", "水"), (r"a\nb", "a b"), (r"\x41\/", "A/"), (r"\ud83d!", " !"), ("\\", "\\")]
)
def test_signs_that_escape_characters_are_taken_out(written: str, said: str) -> None:
    assert unquoted(written) == said


@pytest.mark.parametrize("code", ['\\"' * 60_000, "\\`" * 60_000, "{a:'" * 60_000, '"' + "\\'" * 60_000])
def test_strings_without_end_cost_no_more_than_their_length(code: str) -> None:
    start = time.process_time()

    assert list(objects_in(code)) + list(links_in_strings(code)) == []
    assert time.process_time() - start < 2  # looked through from each sign it would be a minute


def test_the_number_of_objects_is_bounded() -> None:
    assert len(list(objects_in("{a:'1234',b:'5'}" * (MOST_OBJECTS + 9)))) == MOST_OBJECTS

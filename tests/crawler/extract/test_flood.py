"""crawler.extract.flood: the same place as one plain pattern finds that takes for ever, in bounded time."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.extract import flood
from crawler.extract.flood import MOST_ATTRIBUTES, find_flood

# What is looked for. It runs on to the text's end from every tag that begins in a name or a value.
WHAT = re.compile(
    r"""<[A-Za-z][^\s/>]*+(?:[\s/]++=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+)?+){100}"""
)
PIECES = st.sampled_from(
    [
        *(" a", " b=1", ' c="x y>"', " d='<p q=\"'", "/e", " f = g", " =h", "<z", " i=/j/k", "\t", ' k="\'"', "月"),
        *(' l="', "m='", "<p", ">", "=", '"', " " * 10, " " * 41, "n" * 41, f" o={'v' * 301}", f' p="{"w" * 301}"'),
    ]
)
FEW, RUNS = st.lists(PIECES, max_size=12).map("".join), st.integers(min_value=1, max_value=2 * MOST_ATTRIBUTES)


@given(before=FEW, again=FEW, runs=RUNS, behind=FEW)
@example(before="<p <p" + " " * 10 + "=\"'>", again=" a'=\"'", runs=100, behind="")
@example(before="<p a=" + " " * 10, again="\"'>\"' a", runs=100, behind="")
@example(before="<p a=" + "/" * 301, again="/a='>'", runs=100, behind=" b" * 100)
@example(before="<p", again=" a", runs=99, behind=' a="')
def test_a_flood_begins_where_the_plain_pattern_finds_it(before: str, again: str, runs: int, behind: str) -> None:
    text = f"<b>月</b>{before}{again * runs}{behind}"
    found = WHAT.search(text)

    assert find_flood(text) == (found.start() if found else None)


@pytest.mark.parametrize("number", [MOST_ATTRIBUTES, MOST_ATTRIBUTES + 1])
def test_a_tag_may_have_so_many_attributes_and_no_more(number: int) -> None:
    assert find_flood("<p>月" + "<p" + " a" * number + ">") == (None if number == MOST_ATTRIBUTES else 4)


class Recorder:
    """Stands for a pattern, and notes the places that it is asked about."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.places = pattern, list[int]()

    def match(self, text: str, place: int) -> re.Match[str] | None:
        self.places.append(place)
        return self.pattern.match(text, place)


@pytest.mark.parametrize(
    ("hostile", "most"),
    [
        ("<a" * 100_000, 1),
        ("<a/b=" * 40_000, 40_001),
        ("<a/b=" * 20_000 + ' c="' + "月" * 100_000, 20_003),
        ("<a/b=" * 20_000 + " c=d" * 50, 20_051),
        ("<a b=\"<a b='" * 10_000, 40_000),
    ],
)
def test_each_place_is_looked_at_once(hostile: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Recorder(flood.ATTRIBUTE)
    monkeypatch.setattr(flood, "ATTRIBUTE", asked)

    assert find_flood(hostile) is None
    assert len(set(asked.places)) == len(asked.places) <= most

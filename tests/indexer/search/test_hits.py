"""indexer.search.hits: what a hit shows is marked by our own code, whatever the engine."""

from indexer.search.chinese import asked
from indexer.search.hits import hits_of
from tests.held import piece


def test_the_words_are_marked_in_title_and_excerpt() -> None:
    held = piece("i1", "月球车如何过夜", "月球的夜晚很长。", publication=7)

    [hit] = hits_of([held], asked("月球"), [1.5])

    assert (hit.item, hit.version, hit.score, hit.publication) == ("i1", 1, 1.5, 7)
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["月球"]
    assert [hit.excerpt[start:end] for start, end in hit.excerpt_spans] == ["月球"]


def test_a_long_text_is_cut_around_what_was_asked_for() -> None:
    [hit] = hits_of([piece("i1", "夜", "无关。" * 300 + "月球车" + "无关。" * 300)], asked("月球车"))

    assert "月球车" in hit.excerpt
    assert len(hit.excerpt) < 300
    assert hit.title_spans == ()

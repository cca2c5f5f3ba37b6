"""indexer.search.ranker.whole: the items that hold all words."""

from indexer.search.engine import Listed, Needle, Part
from indexer.search.ranker.reading import read
from indexer.search.ranker.whole import READ, Whole, base_of, pooled, ways
from tests.facets import query
from tests.held import Memory, piece


def test_the_best_are_looked_for_by_title_phrase_words_in_the_title_and_newest() -> None:
    first, second, third, last = ways(read("月球车 过夜"))

    assert first == (Needle("月球车过夜", Part.TITLE),)
    assert second == (Needle("月球车过夜"),)
    assert third == (Needle("月球车", Part.TITLE), Needle("过夜", Part.TITLE))
    assert last == ()


def test_of_one_word_the_phrase_is_what_is_counted_anyway() -> None:
    assert ways(read("月球车")) == [(Needle("月球车", Part.TITLE),), ()]
    assert len(ways(read("月球车的"))) == 3


def test_lists_are_pooled_one_after_the_other_each_item_once() -> None:
    lists = [Listed(total=2, keys=["a", "b"]), Listed(total=999, keys=["b", *range(READ)])]

    keys = pooled(lists)

    assert keys[:3] == ["a", "b", 0]
    assert len(keys) == READ


def test_the_total_stays_where_the_list_is_read_on_from_a_publication() -> None:
    view = Memory([piece("a", "月食", publication=1), piece("b", "月食", publication=2)])

    whole = Whole.ask(view, query(text="月食", before=2), read("月食"))

    assert whole.total == 2
    assert [held.item for held in view.read(whole.keys)] == ["a"]


def test_how_rare_a_term_is_is_told_of_all_items() -> None:
    view = Memory([piece("a", "月食之夜"), piece("b", "月食"), piece("c", "夜")])

    whole = Whole.ask(view, query(text="月食 之夜"), read("月食 之夜"))

    assert (whole.total, whole.rarity.items, whole.rarity.holders) == (1, 3, {"月食": 2, "之夜": 1})


def test_quotes_and_filters_narrow_the_base_with_or_without_the_words() -> None:
    reading = read('"月食" 夜')

    assert base_of(query(), reading, needles=()).needles == (Needle("月食"),)
    assert not base_of(query(), reading, needles=(), collapse=False).collapse

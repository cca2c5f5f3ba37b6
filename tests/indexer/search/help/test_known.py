"""indexer.search.help.known: phrases end to end, and where characters stand in them."""

from indexer.search.help.known import Kind, Known, Phrase

TITLES = ("食品安全：怎样看标签", "月球车", "，。")
KNOWN = Known([Phrase(text=text, kind=Kind.TITLE, key=str(number)) for number, text in enumerate(TITLES)])


def test_phrases_lie_end_to_end_without_what_cannot_be_searched_for() -> None:
    assert KNOWN.text == "\n食品安全怎样看标签\n月球车\n"
    assert [phrase.key for phrase in KNOWN.phrases] == ["0", "1"]


def test_a_string_across_two_phrases_stands_nowhere() -> None:
    assert KNOWN.holds("安全怎样")
    assert not KNOWN.holds("标签月球")
    assert not KNOWN.holds("签\n月")


def test_a_position_leads_to_its_phrase_and_the_place_in_it() -> None:
    [place] = KNOWN.places_of("球车", most=5)

    phrase, before = KNOWN.phrase_at(place)

    assert (phrase.text, before) == ("月球车", 1)


def test_words_begin_where_they_are_cut_and_phrases_where_they_begin() -> None:
    starts = [KNOWN.text[place] for place in range(len(KNOWN.text)) if KNOWN.starts[place]]

    assert {"食", "怎", "看", "标", "月"} <= set(starts)
    assert "品" not in starts


def test_pairs_of_characters_are_counted_and_strange_ones_are_none() -> None:
    assert KNOWN.pair_count("食", "品") == 1
    assert KNOWN.pair_count("品", "食") == 0
    assert KNOWN.pair_count("龘", "食") == 0
    assert list(KNOWN.positions("龘")) == []
    assert KNOWN.number("龘") is None


def test_nothing_known_holds_nothing() -> None:
    assert not Known([]).holds("食")
    assert Known([]).places_of("食", most=5) == []

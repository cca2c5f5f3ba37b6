"""How likely two texts are of one event."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.understanding.related.leads import Lead
from indexer.understanding.related.score import Agreement, Rarity, figures_shared, rarity, score, shared_words

WORDS = np.arange(10, dtype=np.uint32)


def lead(*words: int, figures: tuple[int, ...] = ()) -> Lead:
    return Lead(np.array(words, dtype=np.uint32), np.array(figures, dtype=np.uint32))


def test_a_word_tells_the_more_the_fewer_hold_it_and_one_that_all_hold_nothing() -> None:
    told = rarity(WORDS[:3], np.array([0, 9, 99]), 98)

    assert told.weights[0] > told.weights[1] > told.weights[2] == 0


def test_the_rarest_word_of_both_comes_first() -> None:
    told = Rarity(WORDS, np.array([0.2, 0.9, 0.5, *[0.1] * 7]))

    assert shared_words(lead(0, 1, 2), lead(0, 1, 3), told) == [(1, 0.9), (0, 0.2)]
    assert shared_words(lead(0), lead(1), told) == []
    assert shared_words(lead(), lead(), told) == []


def test_of_few_figures_little_is_told() -> None:
    none, one_same = lead(), figures_shared(lead(figures=(1,)), lead(figures=(1,)))
    many_same = figures_shared(lead(figures=(1, 2, 3, 4)), lead(figures=(1, 2, 3, 4)))
    many_others = figures_shared(lead(figures=(1, 2, 3, 4)), lead(figures=(5, 6, 7, 8)))

    assert many_others < figures_shared(none, none) < one_same < many_same


@given(st.floats(-1e3, 1e3), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_score_is_a_share_and_grows_with_each_agreement(
    meaning: float, rarest: float, figures: float, is_whitened: bool
) -> None:
    agreement = Agreement(meaning=meaning, is_whitened=is_whitened, rarest=rarest, figures=figures)

    found = score(agreement)

    assert 0 <= found <= 1
    for name in ("meaning", "rarest", "figures"):
        assert score(replace(agreement, **{name: getattr(agreement, name) + 1})) >= found

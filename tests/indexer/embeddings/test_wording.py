"""What reaches a model."""

from indexer.embeddings.wording import TEXT_CHARS, told_to_the_model


def test_a_long_text_is_cut_and_a_nul_does_not_end_it() -> None:
    told = told_to_the_model("前\0后" + "长" * TEXT_CHARS)

    assert told.startswith("前 后")
    assert len(told) == TEXT_CHARS


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert told_to_the_model("a\ud800b") == "a?b"

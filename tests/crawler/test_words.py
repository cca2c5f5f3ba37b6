"""crawler.words: what an operator reads of a page that was not taken."""

import pytest

from crawler.words import REASONS, not_read, not_taken, quoted
from indexer.catalogue.troubles import RefusalReason


def test_the_unit_s_words_are_quoted_on_one_line() -> None:
    assert quoted("网页不存在\n  请检查") == "the unit reads: “网页不存在 请检查”"


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_refusal_has_one_line_with_the_reason_in_english_first(reason: RefusalReason) -> None:
    line = not_taken("http://a.example/1", reason, "请检查\n登记")

    assert line.startswith("http://a.example/1: refused: ")
    assert line.split("; the unit reads")[0].isascii()
    assert line.endswith("“请检查 登记”")


def test_what_intake_refuses_is_explained_and_not_only_named() -> None:
    assert all(len(words.split()) > 3 for words in REASONS.values())


def test_a_page_that_could_not_be_read_says_so() -> None:
    assert not_read("page.html", "没有读出正文") == "page.html: could not be read; the unit reads: “没有读出正文”"

"""indexer.understanding.policies.disguised: listed words that are hidden from machines."""

import pytest

from config.policy import WordsRule
from config.rule_fields import Disguise
from config.words import Severity
from indexer.understanding.policies.disguised import MOST_CANDIDATES, Disguised, placed
from indexer.understanding.policies.normal import normal, squeezed

EVERY = tuple(Disguise)


def found(
    text: str, *words: str, kinds: tuple[Disguise, ...] = EVERY, context: tuple[str, ...] = ("充值",)
) -> list[str]:
    rule = WordsRule(
        id="r",
        version=1,
        severity=Severity.HIGH,
        message="看",
        basis="法",
        words=words,
        disguised=kinds,
        context=context,
    )
    read = normal(text).text
    return [read[start:end] for start, end in Disguised(rule).spans(read)]


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("刷.单日结", "刷单", "刷.单"),
        ("代 开 发 票", "代开发票", "代 开 发 票"),
        ("套，现，快", "套现快", "套,现,快"),
        ("裸🔞聊", "裸聊", "裸🔞聊"),
        ("薇商充值", "微商", "薇商"),
        ("髙仿包", "高仿", "髙仿"),
        ("代开法票", "代开发票", "代开法票"),
        ("在菠菜平台充值", "博彩", "菠菜"),
        ("刷dan兼职", "刷单", "刷dan"),
    ],
)
def test_a_disguised_word_is_found_from_its_first_to_its_last_character(text: str, word: str, shown: str) -> None:
    assert found(text, word) == [shown]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("刷单", "刷单"),
        ("先刷，单面就够", "刷单"),
        ("刷....单", "刷单"),
        ("徽商的老宅", "微商"),
        ("菠菜焯水", "博彩"),
        ("洗刷.单车", "刷单"),
        ("耍单", "刷单"),
    ],
    ids=["plain", "two phrases", "too far", "another word", "its own sense", "across a border", "too little of it"],
)
def test_what_is_written_plainly_or_means_something_else_is_left(text: str, word: str) -> None:
    assert found(text, word) == []


@pytest.mark.parametrize(
    ("kind", "left"),
    [(Disguise.SPACED, ["刷.单"]), (Disguise.LOOK, ["髙仿"]), (Disguise.SOUND, ["髙仿", "薇商"])],
)
def test_only_the_disguises_that_a_rule_asks_for_are_looked_for(kind: Disguise, left: list[str]) -> None:
    assert found("刷.单充值髙仿充值薇商充值", "刷单", "高仿", "微商", kinds=(kind,)) == left


def test_an_ordinary_word_counts_nowhere_without_a_context() -> None:
    assert found("菠菜平台充值", "博彩", context=()) == []


def test_of_an_endless_text_a_bounded_number_of_places_is_looked_at() -> None:
    assert len(found("刷.单。" * (MOST_CANDIDATES + 5), "刷单")) == MOST_CANDIDATES


def test_a_span_of_letters_is_placed_in_the_text() -> None:
    _, places = squeezed("a.b.c")

    assert placed((0, 2), places) == (0, 3)

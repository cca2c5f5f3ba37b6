"""indexer.understanding.policies.parts: what a rule reads of an item, and findings at the places of the shown text."""

import pytest

from config.policy import TextRule
from config.rule_fields import Where
from config.words import Severity
from indexer.base.text import half_width
from indexer.understanding.policies.parts import READ_CHARS, Part, Subject, apart, found_in, parts
from indexer.understanding.results import Finding


def rule(*where: Where, tail_characters: int = 3) -> TextRule:
    return TextRule.model_construct(
        id="r", version=3, severity=Severity.LOW, message="看看", basis="法", where=where,
        tail_characters=tail_characters,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("AZaz@[`{", "azaz@[`{"),
        ("ＡＺａｚ", "azaz"),
        ("！～０９", "!~09"),
        ("＠［｀｛", "@[`{"),
        ("甲　乙", "甲 乙"),
        ("Ａ\ud800\udfff", "a\ufffd\ufffd"),
        ("Éß", "Éß"),
        ("｟\uff00｠", "｟\uff00｠"),
    ],
)
def test_text_is_folded_character_by_character(text: str, folded: str) -> None:
    assert half_width(text) == folded
    assert len(half_width(text)) == len(text)


@pytest.mark.parametrize(
    ("where", "read"),
    [
        ((Where.TITLE,), [Part(field="title", shown="Ａ题")]),
        ((Where.TEXT,), [Part(field="text", shown="正文Ｂ尾")]),
        ((Where.TAIL,), [Part(field="text", shown="文Ｂ尾", offset=1)]),
        (
            (Where.TITLE, Where.TEXT, Where.TAIL),
            [Part(field="title", shown="Ａ题"), Part(field="text", shown="正文Ｂ尾")],
        ),
        ((), []),
    ],
)
def test_a_rule_reads_the_parts_that_it_names(where: tuple[Where, ...], read: list[Part]) -> None:
    assert parts(Subject(title="Ａ题", text="正文Ｂ尾"), rule(*where)) == read


def test_a_tail_longer_than_the_text_is_the_text() -> None:
    [part] = parts(Subject(title="", text="短"), rule(Where.TAIL))

    assert (part.shown, part.offset) == ("短", 0)


def test_of_an_endless_text_the_beginning_is_read() -> None:
    [part] = parts(Subject(title="", text="字" * (READ_CHARS + 5)), rule(Where.TEXT))

    assert len(part.shown) == len(part.folded) == len(part.cased) == READ_CHARS


def test_a_finding_is_a_whole_row_with_its_place_in_the_whole_text() -> None:
    part = Part(field="text", shown="字" * 200, offset=1000)

    assert found_in(part, rule(), (5, 105)) == Finding(
        rule="r", rule_version=3, severity=Severity.LOW, where="text", start=1005, end=1105, excerpt="字" * 80,
        message="看看",
    )  # fmt: skip


def test_a_finding_of_the_normalised_text_stands_at_its_place_in_the_shown_one() -> None:
    part = Part(field="title", shown="出\u200b售ＱＱ號")

    found = found_in(part, rule(), (2, 5), severity=Severity.HIGH)

    assert (part.folded, part.cased) == ("出售qq号", "出售QQ号")
    assert (found.start, found.end, found.excerpt, found.severity) == (3, 6, "ＱＱ號", Severity.HIGH)


@pytest.mark.parametrize(
    ("spans", "kept"),
    [([], []), ([(4, 6), (0, 2)], [(0, 2), (4, 6)]), ([(0, 2), (0, 4), (3, 9), (4, 5)], [(0, 4), (4, 5)])],
)
def test_of_spans_that_overlap_the_first_and_longest_is_kept(
    spans: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    assert apart(spans) == kept

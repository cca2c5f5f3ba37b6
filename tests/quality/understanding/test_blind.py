"""The measure of blind sentences: marks become spans, and every family has a finder."""

from tests.quality.understanding.blind import finders, sets, unmarked


def test_marks_become_spans_of_the_text_without_them() -> None:
    row = unmarked({"family": "f", "text": "ab[[cd]]e[[f]]g"})

    assert row["text"] == "abcdefg"
    assert [(one["start"], one["end"]) for one in row["expect"]] == [(2, 4), (5, 6)]


def test_every_family_of_every_set_has_a_finder_and_sentences_of_both_kinds() -> None:
    families: dict[str, set[bool]] = {}
    for _, rows in sets():
        for row in rows:
            families.setdefault(row["family"], set()).add(bool(row["expect"]))

    assert families.keys() <= finders().keys()
    assert {family for family, kinds in families.items() if kinds != {True, False}} == set()

"""config.synonyms: groups of words, refused with the place of what is wrong."""

from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.settings import SHIPPED
from config.synonyms import load_synonyms


def test_groups_are_read_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("groups:\n  - [航天, ' 太空 ']\n  - [番茄, 西红柿]\n", encoding="utf-8")

    assert load_synonyms(tmp_path / "s.yaml") == (("航天", "太空"), ("番茄", "西红柿"))


def test_a_word_alone_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("groups:\n  - [航天, 太空]\n  - [番茄]\n", encoding="utf-8")

    with pytest.raises(ConfigRefused, match=r"s.yaml:3: groups\[1\]"):
        load_synonyms(tmp_path / "s.yaml")


def test_no_shipped_word_stands_in_two_groups() -> None:
    words = [word for group in load_synonyms(SHIPPED / "synonyms.yaml") for word in group]

    assert len(words) == len(set(words))

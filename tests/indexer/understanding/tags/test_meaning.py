"""indexer.understanding.tags.meaning: how much nearer a text is to one category than to all."""

import numpy as np
import pytest

from config.taxonomy import Category, Trap
from indexer.understanding.tags.meaning import Meaning, prototype_texts

X, Y, Z = np.eye(3, dtype=np.float32)


def category(id_: str, *prototypes: str, traps: tuple[Trap, ...] = ()) -> Category:
    return Category(id=id_, label=id_, label_en=id_, prototypes=prototypes, keywords=(), traps=traps)


def test_the_nearest_category_is_above_the_middle_and_the_others_below() -> None:
    margins = Meaning((category("a", "甲"), category("b", "乙")), np.stack([X, Y])).margins(X)

    assert margins == pytest.approx({"a": 0.5, "b": -0.5})


def test_a_category_of_several_sides_is_near_by_its_nearest() -> None:
    two = Meaning((category("a", "甲", "丙", "丁"), category("b", "乙")), np.stack([X, Z, Z, Y])).margins(X)

    assert two["a"] > two["b"]


def test_a_trap_that_excludes_nothing_is_not_embedded() -> None:
    harmless, trap = Trap(text="空", why="示例"), Trap(text="陷", why="示例", excludes=("a",))
    one = category("a", "甲", traps=(harmless, trap))

    assert prototype_texts((one, category("b", "乙"))) == ["甲", "陷", "乙"]


def test_a_trap_leaves_out_what_it_excludes_only_where_it_is_nearer() -> None:
    one = category("a", "甲", traps=(Trap(text="陷", why="示例", excludes=("a", "b")),))
    meaning = Meaning((one, category("b", "乙")), np.stack([X, Z, Y]))

    assert meaning.margins(Z).keys() == set()
    assert meaning.margins(X).keys() == {"a", "b"}


def test_categories_without_prototypes_have_no_meaning() -> None:
    assert Meaning((category("a"),), np.empty((0, 3), dtype=np.float32)).margins(X) == {}

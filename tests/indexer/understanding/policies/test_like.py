"""indexer.understanding.policies.like: pieces close to the examples of a rule."""

import numpy as np
import pytest

from config.policy import LikeRule, Policy
from config.words import Severity
from indexer.understanding.policies.check import Meaning, make_ready
from indexer.understanding.policies.like import LikeCheck, Vectors, examples_of
from indexer.understanding.policies.parts import Subject

RULE = LikeRule(
    id="l", version=1, severity=Severity.LOW, message="看看", basis="示例依据", like=("算命改运", "开光护身"), least=0.9
)
EXAMPLES = np.eye(3, dtype=np.float32)[:2]


def vector(*parts: float) -> Vectors:
    return np.array(parts, dtype=np.float32) / np.float32(np.linalg.norm(parts))


@pytest.mark.parametrize(
    ("meaning", "count"), [(vector(0, 1, 0), 1), (vector(1, 0, 0.3), 1), (vector(1, 1, 0), 0), (vector(0, 0, 1), 0)]
)
def test_a_piece_close_to_one_of_the_examples_is_found(meaning: Vectors, count: int) -> None:
    found = LikeCheck(RULE, vectors=EXAMPLES, scaled=float).findings(Subject(title="题", text="文", vector=meaning))

    assert [(one.where, one.excerpt) for one in found] == [("title", "题")] * count


@pytest.mark.parametrize(("meaning", "count"), [(vector(1, 0, 0.2), 1), (vector(1, 0, 0.95), 0), (vector(0, 0, 1), 0)])
def test_a_piece_that_is_as_close_to_a_counter_example_is_left(meaning: Vectors, count: int) -> None:
    rule = RULE.model_copy(update={"least": 0.6, "lead": 0.1})
    check = LikeCheck(rule, vectors=EXAMPLES, unlike=np.eye(3, dtype=np.float32)[2:], scaled=float)

    assert len(check.findings(Subject(title="题", text="文", vector=meaning))) == count


def test_the_bound_is_put_on_the_embedder_s_scale() -> None:
    piece = Subject(title="", text="文", vector=vector(1, 1, 0))

    assert len(LikeCheck(RULE, vectors=EXAMPLES, scaled=lambda cosine: cosine - 0.5).findings(piece)) == 1


def test_without_an_embedder_nothing_is_found() -> None:
    assert make_ready(Policy(version=1, rules=(RULE,)))[0].findings(Subject(title="题", text="文")) == []
    assert LikeCheck(RULE, vectors=EXAMPLES, scaled=float).findings(Subject(title="题", text="文")) == []


def test_the_vectors_of_a_rule_s_examples_are_taken_by_their_texts() -> None:
    meaning = Meaning(dict(zip(examples_of([RULE, RULE]), EXAMPLES, strict=True)))
    (check,) = make_ready(Policy(version=1, rules=(RULE,)), meaning)

    assert len(check.findings(Subject(title="题", text="文", vector=vector(1, 0, 0)))) == 1


def test_examples_and_counter_examples_are_embedded_once_each() -> None:
    rule = RULE.model_copy(update={"unlike": ("观星指南", "算命改运")})

    assert examples_of([RULE, rule]) == ["算命改运", "开光护身", "观星指南"]

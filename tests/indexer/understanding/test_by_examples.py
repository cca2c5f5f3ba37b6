"""indexer.understanding.by_examples: the embedder is asked only where rules by examples are."""

from pathlib import Path

import numpy as np

from config.policy import LikeRule
from config.settings import EmbedderName, Settings
from config.words import Severity
from indexer.understanding.by_examples import EXAMPLES, meaning_of, opened_meaning
from tests.indexer.understanding.ruled import policy, rule

LIKE = LikeRule(
    id="l", version=1, severity=Severity.NOTE, message="看", basis="法", like=("今年的运势如何",), unlike=("观星指南",)
)


def test_without_such_rules_no_embedder_is_opened(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None, data_folder=tmp_path, embedder=EmbedderName.SENTENCE_TRANSFORMERS, embedder_model="no/such"
    )

    assert opened_meaning(policy(rule("sale", "特价")), settings).of == {}


def test_examples_are_kept_and_further_texts_are_not(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_folder=tmp_path)

    meaning = opened_meaning(policy(LIKE), settings, also=["观星\n"])

    assert set(meaning.of) == {"今年的运势如何", "观星指南", "观星\n"}
    assert meaning.embedder
    (kept,) = (tmp_path / EXAMPLES).iterdir()
    assert np.load(kept).shape == (2, len(meaning.of["观星\n"]))


def test_a_policy_without_them_asks_the_given_embedder_nothing(tmp_path: Path) -> None:
    class Silent:
        name, dimensions = "silent", 2

    settings = Settings(_env_file=None, data_folder=tmp_path)

    assert meaning_of(policy(rule("sale", "特价")), Silent(), settings).of == {}  # type: ignore[arg-type]

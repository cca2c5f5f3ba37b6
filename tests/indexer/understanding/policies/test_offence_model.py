"""indexer.understanding.policies.offence_model: the shipped numbers, and what is said where they are broken."""

from pathlib import Path

import numpy as np
import pytest

from indexer.understanding.policies.offence_model import FILE, ModelBroken, offence_model, values_of
from indexer.understanding.policies.offence_terms import BUCKETS

MOST_BYTES = 1_000_000
RUDE, KIND = "某地的人就是素质低，个个都是骗子，真恶心", "各族同学一起参加科学夏令营"


def test_what_insults_people_is_likelier_than_what_does_not() -> None:
    model = offence_model()

    assert model.probability(RUDE) > 0.9
    assert model.probability(KIND) < 0.2


@pytest.mark.parametrize(
    "disguised", ["某地的人就是素質低，個個都是騙子，真噁心", "某地的人就是素.质.低，个个都是骗.子，真恶.心"]
)
def test_a_disguise_changes_little(disguised: str) -> None:
    assert offence_model().probability(disguised) > 0.9


def test_a_text_without_a_letter_is_no_insult() -> None:
    assert offence_model().probability("🎈🎈🎈") < 0.5


def test_of_several_texts_each_has_the_probability_that_it_has_by_itself() -> None:
    model, texts = offence_model(), [RUDE, "", KIND, f"{KIND}\n{RUDE}"]

    assert model.probabilities(texts) == pytest.approx([model.probability(text) for text in texts])


def test_terms_are_counted_once_and_of_unit_length() -> None:
    rarity = np.zeros(BUCKETS, dtype=np.float32)
    rarity[[3, 5]] = 2.0

    ids, values = values_of(np.array([5, 3, 5, 7], dtype=np.uint32), rarity)

    assert list(ids) == [3, 5, 7]
    assert values[1] > values[0] > values[2] == 0
    assert float(np.linalg.norm(values)) == pytest.approx(1)


def test_the_file_is_small_and_holds_numbers_alone() -> None:
    assert FILE.stat().st_size < MOST_BYTES
    with np.load(FILE, allow_pickle=False) as held:
        assert {name: held[name].dtype.name for name in held.files} == {
            "weights": "int8", "rarity": "uint8", "scale": "float64"
        }  # fmt: skip


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 cut short"])
def test_a_broken_file_is_named(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "offence.npz").write_bytes(raw)

    with pytest.raises(ModelBroken, match="cannot be read as the offence model"):
        offence_model(tmp_path / "offence.npz")


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "o.npz", weights=np.zeros(3), rarity=np.zeros(3), scale=np.zeros(4))

    with pytest.raises(ModelBroken, match="another shape"):
        offence_model(tmp_path / "o.npz")

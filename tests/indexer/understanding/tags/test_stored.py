"""A tagger in a file says the same; a file that is none is named."""

import json
from pathlib import Path

import numpy as np
import pytest

from indexer.understanding.results import Facet
from indexer.understanding.tags.learned import LearnedTagger
from indexer.understanding.tags.model import Model
from indexer.understanding.tags.stored import TaggerBroken, TaggerOther, read_model, write_model
from tests.indexer.understanding.tags.conftest import SMALL, piece


@pytest.fixture
def kept(tmp_path: Path, school_model: Model) -> Path:
    path = tmp_path / "room" / "v1.npz"
    write_model(school_model, path, version="v1")
    return path


def test_what_is_read_back_says_the_same(kept: Path, school_model: Model) -> None:
    pieces = [piece(topic, "节水讲座", number=90) for topic in ("water", "trees", "")]

    back = read_model(kept, SMALL, version="v1")

    said = [[(one.facet, one.id, one.why) for one in each.tags] for each in LearnedTagger(back).say(pieces)]
    assert said == [
        [(one.facet, one.id, one.why) for one in each.tags] for each in LearnedTagger(school_model).say(pieces)
    ]
    assert [head.name for head in back.heads] == [Facet.TOPIC, Facet.AUDIENCE, Facet.FORM, "off-topic"]
    assert [path.name for path in kept.parent.iterdir()] == ["v1.npz"]


def test_another_version_is_refused(kept: Path) -> None:
    with pytest.raises(TaggerOther, match="'v1', not 'v2'"):
        read_model(kept, SMALL, version="v2")


@pytest.mark.parametrize("size", [0, 100, -50], ids=["empty", "its head", "cut short"])
def test_a_damaged_file_is_named(kept: Path, size: int) -> None:
    kept.write_bytes(kept.read_bytes()[:size])

    with pytest.raises(TaggerBroken, match=r"v1\.npz is no whole tagger"):
        read_model(kept, SMALL, version="v1")


@pytest.mark.parametrize("array", ["bias0", "least0", "rare", "centre"])
def test_numbers_that_do_not_belong_together_are_refused(kept: Path, array: str) -> None:
    with np.load(kept) as archive:
        arrays = {name: archive[name] for name in archive}
    arrays[array] = np.full(len(arrays[array]) + 9, np.nan, np.float32)
    np.savez(kept, **arrays)

    with pytest.raises(TaggerBroken):
        read_model(kept, SMALL, version="v1")


def test_a_file_that_would_run_code_is_no_tagger(tmp_path: Path) -> None:
    path = tmp_path / "v1.npz"
    np.savez(path, facts=np.array([Path], dtype=object))

    with pytest.raises(TaggerBroken):
        read_model(path, SMALL, version="v1")


def test_a_file_from_before_labels_were_held_against_each_other_is_read(kept: Path, school_model: Model) -> None:
    with np.load(kept) as archive:
        arrays = {name: archive[name] for name in archive}
    facts = json.loads(str(arrays["facts"]))
    for head in facts["heads"]:
        del head["lead"], head["temper"]
    np.savez(kept, **(arrays | {"facts": np.array(json.dumps(facts))}))

    back = read_model(kept, SMALL, version="v1")

    assert [head.calibration.lead for head in back.heads] == [0.0 for _ in school_model.heads]

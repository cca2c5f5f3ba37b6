"""A fitted tagger as a file: numbers and JSON in a NumPy archive, nothing that runs when it is read."""

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.errors import Refused
from config.taxonomy import Taxonomy
from indexer.understanding.tags.calibration import Calibration
from indexer.understanding.tags.features import Features, keywords_of
from indexer.understanding.tags.model import Head, Model
from indexer.understanding.tags.words import Words

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

FORM = 1  # of the file; another one is refused
CALIBRATION = {"slope": 1.0, "shift": 0.0, "lead": 0.0, "temper": 1.0}  # in their order, each where it is unset
HALF = np.float16  # weights and vectors: half the size, the same answers to two digits
# What reading a file that is cut short, altered or of something else raises.
DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


class TaggerBroken(Refused):
    """The file of a tagger cannot be used; the text names the file and what to do."""


class TaggerOther(TaggerBroken):
    """The file is a whole tagger, of another version than is asked for."""


def write_model(model: Model, path: Path, *, version: str) -> None:
    """Write a model whole or not at all. version: what it is known by."""
    facts = {
        "form": FORM,
        "version": version,
        "embedder": model.embedder,
        "words": list(model.features.words.known),
        "signals": list(model.features.signals),
        "heads": [_facts_of(head) for head in model.heads],
    }
    arrays: dict[str, NDArray[Any]] = {"centre": model.features.centre, "rare": model.features.words.weights}
    for number, head in enumerate(model.heads):
        arrays |= {f"weight{number}": head.weight.astype(HALF), f"bias{number}": head.bias}
        arrays[f"least{number}"] = head.thresholds
    write_archive(path, json.dumps(facts, ensure_ascii=False), arrays)


def read_model(path: Path, taxonomy: Taxonomy | None, *, version: str) -> Model:
    """Return the model of a file, for the keywords of this taxonomy. Raises TaggerBroken, TaggerOther."""
    try:
        with read_archive(path) as archive:
            facts = json.loads(str(archive["facts"]))
            if (facts["form"], facts["version"]) != (FORM, version):
                what = f"{path.name} holds the tagger {str(facts['version'])[:40]!r}, not {version!r}"
                raise TaggerOther(f"{what}. Remove the file: it is made anew.")
            return _model(facts, archive, taxonomy)
    except DAMAGE as error:
        raise TaggerBroken(f"{path.name} is no whole tagger ({error}). Remove the file: it is made anew.") from error


def write_archive(path: Path, facts: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Write facts and arrays in one step: several processes may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = io.BytesIO()
    np.savez_compressed(raw, allow_pickle=False, facts=np.array(facts), **arrays)
    fresh = path.with_name(f"{path.stem}.{os.getpid()}.new")
    fresh.write_bytes(raw.getvalue())
    fresh.replace(path)


def read_archive(path: Path) -> Any:  # noqa: ANN401  # NpzFile has no type
    """Return what was written, to be used as a context. Raises DAMAGE."""
    # The bytes and not the path: NumPy leaves a file open that turns out to be no archive.
    return np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)


def _facts_of(head: Head) -> dict[str, Any]:
    return {
        "name": head.name,
        "labels": list(head.labels),
        **{name: getattr(head.calibration, name) for name in CALIBRATION},
    }


def _model(facts: dict[str, Any], archive: Any, taxonomy: Taxonomy | None) -> Model:  # noqa: ANN401  # NpzFile has no type
    words = Words(tuple(facts["words"]), archive["rare"].astype(np.float32))
    features = Features(archive["centre"].astype(np.float32), words, tuple(facts["signals"]), keywords_of(taxonomy))
    heads = tuple(_head(one, archive, number) for number, one in enumerate(facts["heads"]))
    model = Model(facts["embedder"], features, heads)
    _check(model)
    return model


def _head(facts: dict[str, Any], archive: Any, number: int) -> Head:  # noqa: ANN401  # as above
    return Head(
        name=facts["name"],
        labels=tuple(facts["labels"]),
        weight=archive[f"weight{number}"].astype(np.float32),
        bias=archive[f"bias{number}"].astype(np.float32),
        # A file that was written before labels were held against each other has two numbers alone.
        calibration=Calibration(*(float(facts.get(name, unset)) for name, unset in CALIBRATION.items())),
        thresholds=archive[f"least{number}"].astype(np.float32),
    )


def _check(model: Model) -> None:
    """Raise ValueError where the parts do not belong together, or a number is none."""
    plain = model.features.without_kind
    for head in model.heads:
        shape = (len(head.labels),)
        if head.bias.shape != shape or head.thresholds.shape != shape or head.weight.shape[1:] != shape:
            raise ValueError(f"{head.name}: labels and numbers differ")
        if not plain <= head.weight.shape[0] <= plain + model.features.kinds:
            raise ValueError(f"{head.name}: columns and numbers differ")
        if not all(np.isfinite(each).all() for each in (head.weight, head.bias, head.thresholds)):
            raise ValueError(f"{head.name}: a weight is no number")
    if len(model.features.words.known) != len(model.features.words.weights):
        raise ValueError("words and weights differ")

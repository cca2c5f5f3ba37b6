"""Open the tagger of a deployment: the one that ships where it fits, else one that was made here, else a new one."""

import json
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
import structlog

from config.taxonomy import Taxonomy
from indexer.understanding.embeddings import wording
from indexer.understanding.embeddings.cache import kept_passages
from indexer.understanding.embeddings.port import Embedder, Vectors
from indexer.understanding.tags import calibration, features, fitting, keywords, logistic, stored, words
from indexer.understanding.tags.fitting import fit_model, labels_of
from indexer.understanding.tags.learned import LearnedTagger
from indexer.understanding.tags.lessons import lessons_of, pieces_digest
from indexer.understanding.tags.model import Model
from indexer.understanding.tags.port import Lesson
from indexer.understanding.tags.stored import (
    DAMAGE,
    HALF,
    TaggerBroken,
    TaggerOther,
    read_archive,
    read_model,
    write_archive,
    write_model,
)

SHIPPED = Path(__file__).with_name("shipped.npz")  # fitted to the shipped taxonomy and the shipped model
VECTORS = Path(__file__).with_name("pieces.npz")  # of the lessons, by the shipped model
# Code that makes a tagger: another VERSION of one makes another.
MAKERS = (calibration, features, fitting, keywords, logistic, stored, wording, words)
VERSION_CHARS = 12
_OF_CATEGORY = {"__all__": {"id": True, "prototypes": True, "keywords": True, "masks": True, "traps": True}}
_LOOKED_AT = dict.fromkeys(("topics", "audiences", "actions", "forms"), _OF_CATEGORY)
log = structlog.get_logger()


def tagger_version(taxonomy: Taxonomy, embedder: str) -> str:
    """Return what the shipped tagger of this taxonomy and embedder is known by.

    Raises TaggerBroken where the shipped pieces cannot be read.
    """
    told = taxonomy.model_dump(mode="json", include=_LOOKED_AT)
    whole = json.dumps([told, embedder, [module.VERSION for module in MAKERS], pieces_digest()], sort_keys=True)
    return sha256(whole.encode()).hexdigest()[:VERSION_CHARS]


def open_tagger(taxonomy: Taxonomy, embedder: Embedder, *, folder: Path) -> LearnedTagger:
    """Return the tagger. folder: where one that is made here is kept. Raises TaggerBroken.

    Making one embeds the lessons, which takes a minute or two, once; files that are damaged are named and passed over.
    """
    if (found := tagger_at_hand(taxonomy, embedder.name, folder=folder)) is not None:
        return found
    version = tagger_version(taxonomy, embedder.name)
    own = _own(folder, version)
    model = make_model(taxonomy, embedder, folder=folder)
    write_model(model, own, version=version)
    return LearnedTagger(read_model(own, taxonomy, version=version), version=version)


def tagger_at_hand(taxonomy: Taxonomy, embedder: str, *, folder: Path) -> LearnedTagger | None:
    """Return the tagger where one that fits ships or was made here; None: it would have to be made.

    embedder: its name; no model is opened. Raises TaggerBroken.
    """
    version = tagger_version(taxonomy, embedder)
    for path in (SHIPPED, _own(folder, version)):
        if (model := _read(path, taxonomy, version)) is not None:
            return LearnedTagger(model, version=version)
    return None


def _own(folder: Path, version: str) -> Path:
    return folder / f"{version}.npz"


def make_model(taxonomy: Taxonomy, embedder: Embedder, *, folder: Path, more: Sequence[Lesson] = ()) -> Model:
    """Return a tagger fitted to the shipped lessons, and to more that people gave. Raises TaggerBroken."""
    lessons = lessons_of(taxonomy, partial(lesson_vectors, embedder, folder=folder))
    return fit_model([*lessons, *more], labels_of(taxonomy), embedder=embedder.name, taxonomy=taxonomy)


def lesson_vectors(embedder: Embedder, texts: Sequence[str], *, folder: Path) -> Vectors:
    """Return the vectors of these texts: those that ship, the others made once and kept in the folder."""
    known = _shipped_vectors(embedder.name)
    missing = [text for text in texts if _key(text) not in known]
    if missing:
        made = kept_passages(embedder, missing, folder=folder)
        known = known | {_key(text): vector for text, vector in zip(missing, made, strict=True)}
    return np.stack([known[_key(text)] for text in texts])


def write_vectors(path: Path, texts: Sequence[str], vectors: Vectors, *, embedder: str) -> None:
    """Write the vectors of lessons as they ship."""
    facts = json.dumps({"embedder": embedder, "keys": [_key(text) for text in texts]})
    write_archive(path, facts, {"vectors": vectors.astype(HALF)})


def _shipped_vectors(embedder: str) -> dict[str, Vectors]:
    """Return the vectors that ship, by their texts' keys; none for another embedder, or where the file is damaged."""
    try:
        with read_archive(VECTORS) as archive:
            facts, vectors = json.loads(str(archive["facts"])), archive["vectors"].astype(np.float32)
            return dict(zip(facts["keys"], vectors, strict=True)) if facts["embedder"] == embedder else {}
    except DAMAGE as error:
        log.warning("lesson_vectors_unreadable", file=VECTORS.name, error=str(error)[:200])
        return {}


def _read(path: Path, taxonomy: Taxonomy, version: str) -> Model | None:
    if not path.is_file():
        return None
    try:
        return read_model(path, taxonomy, version=version)
    except TaggerOther:  # one ships for the shipped files alone
        return None
    except TaggerBroken as error:
        log.warning("tagger_unreadable", file=path.name, error=str(error)[:300])
        return None


def _key(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

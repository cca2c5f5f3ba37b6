"""The recipe by which versions are understood, as a short text: what was understood by another one is done again."""

import json
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from config.policy import Policy
from config.taxonomy import Taxonomy
from indexer.understanding import policies
from indexer.understanding.duplicates import (
    clusters,
    covers,
    films,
    first_hand,
    near,
    pairs,
    pieces,
    postings,
    sketches,
)
from indexer.understanding.embeddings import prompts, scale, wording
from indexer.understanding.related import background, leads, score
from indexer.understanding.tags import calibration, districts, features, fitting, learned, logistic, stored, words
from indexer.understanding.tags import keywords as tag_keywords
from indexer.understanding.tags.lessons import pieces_digest
from indexer.understanding.whereabouts import gazetteer, reading, sites, times, where

DIGEST_CHARS = 12
# Code whose VERSION is part of the recipe.
CHECKS = tuple(import_module(f"{policies.__name__}.{each.name}") for each in pkgutil.iter_modules(policies.__path__))
EMBEDDINGS = (prompts, scale, wording)
TAGGERS = (calibration, districts, features, fitting, learned, logistic, stored, tag_keywords, words)
DUPLICATES = (clusters, covers, films, first_hand, near, pairs, pieces, postings, sketches)
WHEREABOUTS = (gazetteer, reading, sites, times, where)
RELATED = (background, leads, score)
# What people read and no machine looks at; whatever a file may say beside it counts.
_ONLY_READ = {"label": True, "label_en": True, "traps": {"__all__": {"why"}}}
_OF_CATEGORIES = {"__all__": _ONLY_READ}
_OF_TAXONOMY: dict[str, Any] = {
    "version": True,
    **dict.fromkeys(("topics", "audiences", "actions", "forms"), _OF_CATEGORIES),
    "districts": {"__all__": {"row", "column"}},
}
_OF_POLICY: dict[str, Any] = {"version": True, "rules": {"__all__": {"basis", "finds", "passes"}}}


class Part(StrEnum):
    """The parts of a recipe."""

    POLICY = "policy"
    TAXONOMY = "taxonomy"
    EMBEDDER = "embedder"
    TAGGERS = "taggers"
    DUPLICATES = "duplicates"


class Work(StrEnum):
    """What understanding does with a version; whose cluster it joins is told by its words alone."""

    VECTOR = "vector"
    TAGS = "tags"
    CLUSTER = "cluster"
    FINDINGS = "findings"


ALL_WORK = frozenset(Work)
# What has to be done again where a part differs.
WORK_OF: Mapping[Part, frozenset[Work]] = MappingProxyType(
    {
        Part.POLICY: frozenset({Work.FINDINGS}),
        Part.TAXONOMY: frozenset({Work.TAGS}),
        Part.EMBEDDER: frozenset({Work.VECTOR, Work.TAGS}),
        Part.TAGGERS: frozenset({Work.TAGS}),
        Part.DUPLICATES: frozenset({Work.CLUSTER}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """text: `policy:digest|taxonomy:digest|…`, ascii, below 150 characters; equal where the same would come out.

    read_at: when this process read it. What was understood after it is left alone: of two processes with different
    files, neither undoes what the other did, and the one started last has its way.
    """

    text: str
    read_at: datetime = field(compare=False)


def recipe_of(policy: Policy, taxonomy: Taxonomy, embedder: str, *, read_at: datetime, learned: str = "") -> Recipe:
    """Return the recipe of these rules, this taxonomy and the embedder of that name, by the code as it is.

    The files count by their meaning: comments, labels and examples change nothing. learned: digest of the live version
    of the tagger, empty where the one that ships speaks.
    """
    digests = {
        Part.POLICY: _digest(policy.model_dump(mode="json", exclude=_OF_POLICY), _versions(CHECKS)),
        Part.TAXONOMY: _digest(taxonomy.model_dump(mode="json", exclude=_OF_TAXONOMY)),
        Part.EMBEDDER: _digest(embedder, _versions(EMBEDDINGS)),
        Part.TAGGERS: _digest(_versions((*TAGGERS, *WHEREABOUTS)), pieces_digest(), learned),
        Part.DUPLICATES: _digest(_versions((*DUPLICATES, *RELATED))),
    }
    return Recipe(text="|".join(f"{part}:{digest}" for part, digest in digests.items()), read_at=read_at)


def work_left(recipe: str, *, kept: str | None) -> frozenset[Work]:
    """Return what is to be done with a version that was understood by the recipe `kept`, None: by none. Pure."""
    if kept is None:
        return ALL_WORK
    differing = set(recipe.split("|")) - set(kept.split("|"))
    return frozenset(work for one in differing for work in WORK_OF[Part(one.partition(":")[0])])


def _versions(modules: Sequence[ModuleType]) -> dict[str, int]:
    return {module.__name__.rpartition(".")[2]: module.VERSION for module in modules}  # wherever they lie


def _digest(*meaning: object) -> str:
    return sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()[:DIGEST_CHARS]

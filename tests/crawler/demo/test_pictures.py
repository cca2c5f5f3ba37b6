"""crawler.demo.pictures: drawings made from a name, the same every time."""

import pytest

from crawler.demo.pictures import HEIGHT, MOTIFS, WIDTH, draw
from tests.crawler.pictures.drawn import opened

NAMES = [f"name-{n}" for n in range(12)]


@pytest.mark.parametrize("name", ["月球车", "", "x" * 500])
def test_a_picture_is_a_jpeg_of_a_fixed_size(name: str) -> None:
    image = opened(draw(name))

    assert (image.format, image.size) == ("JPEG", (WIDTH, HEIGHT))


def test_a_name_is_drawn_the_same_every_time_and_names_differ() -> None:
    once = [draw(name) for name in NAMES]
    draw.cache_clear()

    assert [draw(name) for name in NAMES] == once
    assert len(set(once)) == len(NAMES)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_shows_something(motif: object, monkeypatch: pytest.MonkeyPatch) -> None:
    draw.cache_clear()
    monkeypatch.setattr("crawler.demo.pictures.MOTIFS", (motif,))

    shown = len(opened(draw("name")).resize((96, 54)).getcolors(10_000) or ())
    draw.cache_clear()

    assert shown > 500

"""crawler.pictures.looks: copies of a picture look the same, other pictures do not."""

from collections.abc import Callable, Mapping

import pytest
from PIL import Image, ImageEnhance

from crawler.pictures.encoding import Encoded, encode
from crawler.pictures.looks import look_of
from indexer.base.looks import LOOK_DIGITS, MOST_BITS, bits_apart
from tests.crawler.pictures.drawn import drawn, in_bytes, opened

COPIES: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda image: image.resize((320, 180)),
    "poor_jpeg": lambda image: opened(in_bytes(image, "JPEG", quality=35)),
    "webp": lambda image: opened(in_bytes(image, "WEBP", quality=60)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "stretched": lambda image: image.resize((960, 560)),
    "grey": lambda image: image.convert("L"),
}


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_looks_like_its_picture(copy: str) -> None:
    for seed in range(5):
        image = drawn(seed)
        assert bits_apart(look_of(image), look_of(COPIES[copy](image))) <= MOST_BITS


def test_other_pictures_look_otherwise() -> None:
    looks = [look_of(drawn(seed)) for seed in range(12)]

    apart = [bits_apart(one, other) for place, one in enumerate(looks) for other in looks[:place]]
    assert min(apart) > MOST_BITS
    assert {len(look) for look in looks} == {LOOK_DIGITS}


def test_what_shows_nothing_has_no_look() -> None:
    assert look_of(Image.new("RGB", (300, 200), (250, 250, 250))) == ""


def test_a_picture_that_is_kept_knows_how_it_looks() -> None:
    image = drawn(1)

    made = encode(in_bytes(image, "PNG"), most_pixels=40_000_000)

    assert isinstance(made, Encoded)
    assert bits_apart(made.picture.look, look_of(image)) <= MOST_BITS

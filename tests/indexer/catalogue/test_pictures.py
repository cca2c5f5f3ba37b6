"""indexer.catalogue.pictures: names of copies, and that every reason and format is known where it is shown."""

import pytest

from indexer.catalogue.pictures import NAME, TYPES, Picture, PictureRefusal

PICTURE = Picture(hash="0f" * 32, width=1080, height=700, widths=(480, 1080), formats=("webp", "jpg"), bytes=1)


def test_every_copy_has_a_name_that_tells_what_it_is() -> None:
    found = [NAME.fullmatch(name) for name in PICTURE.names]

    assert [(one["hash"], int(one["width"]), one["format"]) for one in found if one] == [
        (PICTURE.hash, width, format) for format in PICTURE.formats for width in PICTURE.widths
    ]
    assert set(PICTURE.formats) == set(TYPES)


@pytest.mark.parametrize(
    "name", ["0F" * 32 + "-480.jpg", "0f" * 32 + "-048.jpg", "0f" * 31 + "-480.jpg", "0f" * 32 + "-480.jpg\n"]
)
def test_another_name_is_none(name: str) -> None:
    assert NAME.fullmatch(name) is None


def test_a_reason_fits_into_its_column() -> None:
    assert all(len(one.value) <= 32 for one in PictureRefusal)

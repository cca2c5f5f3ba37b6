"""crawler.pictures.encoding: copies of our own making, or the reason why there are none."""

import io
import struct
import zlib

import pytest
from PIL import Image

from crawler.pictures import encoding
from crawler.pictures.encoding import Encoded, encode, hash_of
from indexer.catalogue.pictures import PictureRefusal
from tests.crawler.pictures.drawn import opened, picture

PIXELS = 40_000_000
LABELLED = b'<rdf:Description xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC=\'{"Label":"1"}\'/>'


def made(body: bytes) -> Encoded:
    found = encode(body, most_pixels=PIXELS)
    assert isinstance(found, Encoded), found
    return found


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG of this size, with next to no pixels behind it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "AVIF"])
def test_a_picture_of_every_kind_becomes_webp_and_jpeg_in_two_widths(kind: str) -> None:
    found = made(picture(kind=kind))

    assert (found.picture.width, found.picture.height, found.picture.widths) == (1080, 720, (480, 1080))
    assert sorted(found.copies) == sorted(found.picture.names)
    assert found.picture.bytes == sum(len(copy) for copy in found.copies.values())
    sizes = {name[-9:]: (opened(copy).format, opened(copy).size) for name, copy in found.copies.items()}
    assert sizes["1080.webp"] == ("WEBP", (1080, 720))
    assert sizes["-480.webp"] == ("WEBP", (480, 320))
    assert {one for one, _ in sizes.values()} == {"WEBP", "JPEG"}


@pytest.mark.parametrize(("size", "widths"), [((300, 200), (300,)), ((480, 480), (480,)), ((700, 400), (480, 700))])
def test_a_small_picture_is_never_made_larger(size: tuple[int, int], widths: tuple[int, ...]) -> None:
    assert made(picture(*size)).picture.widths == widths


def test_a_long_strip_fits_into_what_the_formats_hold() -> None:
    found = made(picture(600, 30_000, kind="PNG"))

    assert (found.picture.height, found.picture.width) == (16_000, 320)


def test_a_picture_on_its_side_is_turned_and_what_its_camera_noted_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "camera of a person"
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 26.0)  # where it was

    found = made(picture(1200, 800, exif=exif, comment=b"a word of theirs"))

    assert (found.picture.width, found.picture.height) == (800, 1200)
    for copy in found.copies.values():
        image = opened(copy)
        assert dict(image.getexif()) == {}
        assert {"exif", "comment", "icc_profile", "xmp"} & set(image.info) == set()


def test_what_is_transparent_stands_on_white_where_the_format_knows_no_transparency() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")

    copies = made(out.getvalue()).copies

    by_format = {opened(copy).format: opened(copy) for copy in copies.values()}
    assert by_format["JPEG"].getpixel((50, 50)) == (255, 255, 255)
    assert by_format["WEBP"].convert("RGBA").getpixel((50, 50))[3] == 0  # type: ignore[index]  # four numbers


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16"])
def test_a_picture_of_other_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("L", (200, 100), 128).convert(mode) if mode != "I;16" else Image.new("I;16", (200, 100), 30_000)
    out = io.BytesIO()
    image.save(out, kind)

    assert made(out.getvalue()).picture.width == 200


def test_of_an_animation_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ((255, 0, 0), (0, 255, 0))]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])

    copy = next(iter(made(out.getvalue()).copies.values()))

    assert getattr(opened(copy), "n_frames", 1) == 1
    assert opened(copy).convert("RGB").getpixel((32, 32))[0] > 200  # type: ignore[index]  # three numbers


@pytest.mark.parametrize("body", [picture(kind="WEBP", xmp=LABELLED), picture() + b'{"AIGC":{"Label":"1"}}'])
def test_the_label_that_a_machine_made_it_is_kept_and_said_again(body: bytes) -> None:
    found = made(body)

    assert found.picture.ai_label == "AI生成"
    assert all(b"TC260:AIGC" in copy for copy in found.copies.values())
    assert made(next(iter(found.copies.values()))).picture.ai_label == "AI生成"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", PictureRefusal.UNREADABLE),
        (b"<!doctype html><script>alert(1)</script>", PictureRefusal.UNREADABLE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', PictureRefusal.UNREADABLE),
        (picture()[:3000], PictureRefusal.UNREADABLE),
        (picture(kind="PNG")[:900], PictureRefusal.UNREADABLE),
        (b"GIF89a" + b"\0" * 40, PictureRefusal.UNREADABLE),
        (png_of(60_000, 60_000), PictureRefusal.TOO_MANY_PIXELS),
        (png_of(2**31 - 1, 2**31 - 1), PictureRefusal.TOO_MANY_PIXELS),
        (png_of(1000, 1000), PictureRefusal.UNREADABLE),
        (picture(1, 1, kind="GIF"), PictureRefusal.TOO_SMALL),
        (picture(800, 6, kind="PNG"), PictureRefusal.TOO_SMALL),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_with_its_reason(body: bytes, why: PictureRefusal) -> None:
    assert encode(body, most_pixels=PIXELS) is why


def test_what_hides_behind_a_picture_s_end_is_in_no_copy() -> None:
    hidden = b"<script>alert('behind the end')</script>"

    found = made(picture() + hidden)

    assert all(hidden not in copy for copy in found.copies.values())
    assert found.picture.hash == hash_of(picture() + hidden)


def test_a_worker_without_memory_says_that_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(encoding, "_encode", out_of_memory)

    assert encode(b"x", most_pixels=PIXELS) is PictureRefusal.TOO_SLOW

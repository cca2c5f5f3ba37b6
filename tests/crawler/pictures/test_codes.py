"""crawler.pictures.codes: QR codes are read where a picture holds some."""

import numpy as np
import zxingcpp
from PIL import Image

from crawler.pictures.codes import CODE_CHARS, codes_of


def code(text: str, *, side: int = 240) -> Image.Image:
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(drawn))).convert("L").resize((side, side), 0)


def poster(*codes: Image.Image) -> Image.Image:
    ground = Image.new("RGB", (1080, 720), "white")
    for number, one in enumerate(codes):
        ground.paste(one, (60 + 300 * number, 200))
    return ground


def test_each_code_is_read_once() -> None:
    found = codes_of(poster(code("https://a.example/1"), code("https://a.example/2"), code("https://a.example/1")))

    assert sorted(found) == ["https://a.example/1", "https://a.example/2"]


def test_a_picture_without_a_code_has_none() -> None:
    assert codes_of(poster()) == ()
    assert codes_of(Image.new("RGB", (30, 400))) == ()


def test_a_code_at_the_end_of_a_long_strip_is_read() -> None:
    strip = Image.new("RGB", (1600, 9000), "white")
    strip.paste(code("https://a.example/1", side=400), (600, 8300))

    assert codes_of(strip) == ("https://a.example/1",)


def test_what_a_code_says_is_cut_and_holds_no_control_signs() -> None:
    (said,) = codes_of(poster(code("a\x01b\n c" + "d" * 600, side=480)))

    assert said.startswith("ab cddd")
    assert len(said) == CODE_CHARS

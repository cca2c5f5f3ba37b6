"""config.files.text: bounded, in UTF-8, and refused in plain words."""

from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.files.text import read_bytes, read_text


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbftext")

    assert read_text(tmp_path / "a") == "text"


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"one\ntwo\xff\n", ":2: is not in UTF-8"), (b"a\0b", ": is a binary file"), (None, ": cannot be read: No such")],
)
def test_what_is_no_text_is_refused_with_its_line(content: bytes | None, what: str, tmp_path: Path) -> None:
    if content:
        (tmp_path / "a").write_bytes(content)

    with pytest.raises(ConfigRefused, match=what):
        read_text(tmp_path / "a")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)

    assert len(read_bytes(tmp_path / "a", largest=10)) == 10
    with pytest.raises(ConfigRefused, match="is larger than 9 bytes"):
        read_bytes(tmp_path / "a", largest=9)

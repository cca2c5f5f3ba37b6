"""config.files.yaml: plain data with the line of every part."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.errors import ConfigRefused
from config.files.document import Document
from config.files.text import LARGEST_BYTES
from config.files.yaml import plain, read_yaml

Read = Callable[[str], Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read YAML text."""

    def from_text(text: str) -> Document:
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        return read_yaml(tmp_path / "a.yaml")

    return from_text


def test_every_part_knows_its_line(read: Read) -> None:
    document = read("# first\na:\n  - x: 1\n    y: [2,\n      3]\nb: end\n")

    assert document.data == {"a": [{"x": 1, "y": [2, 3]}], "b": "end"}
    assert [document.line(spot) for spot in [("a",), ("a", 0, "y"), ("a", 0, "y", 1), ("b",)]] == [2, 4, 5, 6]


def test_a_part_that_is_missing_has_the_line_of_what_is_around_it(read: Read) -> None:
    assert read("a:\n  b: 1\n").line(("a", "missing", 3)) == 1


def test_a_byte_order_mark_is_no_part_of_the_first_key(read: Read) -> None:
    assert read("\ufeffversion: 1\n").data == {"version": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0110", "0110"),
        ("1.5", 1.5),
        ("1_000", "1_000"),
        ("true", True),
        ("yes", "yes"),
        ("~", None),
        ("", None),
        ("2026-09-17", "2026-09-17"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
    ],
)
def test_an_unquoted_value_means_what_it_looks_like(text: str, value: object) -> None:
    assert plain(text) == value


def test_a_quoted_number_is_text(read: Read) -> None:
    assert read("code: \"110101\"\nother: '1'\n").data == {"code": "110101", "other": "1"}


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as stream:
        stream.truncate(LARGEST_BYTES + 1)

    with pytest.raises(ConfigRefused, match="is larger than 5,242,880 bytes"):
        read_yaml(tmp_path / "a.yaml")


@given(some.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "a.yaml"
    path.write_text(f"a: {text}\n", encoding="utf-8", errors="surrogatepass")

    try:
        found = isinstance(read_yaml(path).data, dict)
    except ConfigRefused as refused:
        found = all(problem.file == str(path) and problem.do for problem in refused.problems)

    assert found


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: 1\nb:\n  c: &x 1\n", ":3: an anchor or alias"),
        ("a: *nobody\n", ":1: an anchor or alias"),
        ("a: 1\nb: !!str x\n", ":2: a tag"),
        ("a: 1\n? [b]\n: 2\n", ":2: a key is a list or a mapping"),
        ("a: {b: 1,\n  b: 2}\n", ":2: the key `b` stands twice"),
        ("a:\n" + "".join(f"{' ' * (n + 1)}k:\n" for n in range(30)), ":21: more than 20 levels"),
    ],
)
def test_what_a_configuration_does_without_is_refused_where_it_stands(read: Read, text: str, what: str) -> None:
    with pytest.raises(ConfigRefused, match=what):
        read(text)


def test_blocks_and_quoted_words_are_plain_text(read: Read) -> None:
    data = read("a: >\n  one\n  two\nb: |\n  x\nc: 'true'\n\"d\": ''\n").data

    assert data == {"a": "one two\n", "b": "x\n", "c": "true", "d": ""}
    assert isinstance(data, dict)
    assert {type(each) for each in (*data, *data.values())} == {str}


def test_merge_keys_mean_nothing_here(read: Read) -> None:
    assert read("a: {<<: {b: 1}}\n").data == {"a": {"<<": {"b": 1}}}

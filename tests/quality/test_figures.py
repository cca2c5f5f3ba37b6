"""tests.quality.figures: the house counted as a reader would count it."""

from pathlib import Path

import pytest

from tests.quality.figures import MOST_LINES_OF_A_SOURCE, House, read_house, sources_of

SOURCE = '''"""A module."""


def told() -> None:
    """Say it."""


def untold() -> None:
    pass


def _hidden() -> None:
    pass
'''


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Two modules, of which one has its test file, and a function of fifty lines."""
    for folder in ("config", "web", "tests/config"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "config" / "a.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "web" / "b.py").write_text("def long():\n" + "    x = 1\n" * 50, encoding="utf-8")
    (tmp_path / "config" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "tests" / "config" / "test_a.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["Flask>=3", "lxml"]\n', encoding="utf-8")
    return read_house(tmp_path)


def test_files_lines_and_functions_are_counted(house: House) -> None:
    rows = dict(house.rows())

    assert (rows["source files"], rows["source lines"], rows["median file, lines"]) == ("3", "64", "13")
    assert (rows["functions above 40 lines"], rows["files above 300 lines"]) == ("1", "0")
    assert (rows["lines in config"], rows["lines in web"], rows["lines in crawler"]) == ("13", "51", "0")


def test_a_package_s_empty_file_wants_no_test_and_a_hidden_function_no_docstring(house: House) -> None:
    rows = dict(house.rows())

    assert rows["mirror by path"] == "1/2 50.0%"
    assert rows["public functions with docstring"] == "1/3 33.3%"


def test_dependencies_are_named_without_their_bounds(house: House) -> None:
    assert house.dependencies == {"flask", "lxml"}


def test_each_kind_of_source_is_one_short_file() -> None:
    kinds = dict(sources_of(read_house(Path(__file__).parents[2])))

    assert {"feed", "site", "weibo", "wechat_api"} <= kinds.keys()
    assert {name: lines for name, lines in kinds.items() if lines > MOST_LINES_OF_A_SOURCE} == {}

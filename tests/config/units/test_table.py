"""config.units.table: the columns of a table, and the page that lists them."""

from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.units.table import HEADERS, MOST_COLUMNS, MOST_ROWS, whitelist_of

PAGE = Path(__file__).parents[3] / "docs" / "whitelist.md"
HEADER = ["单位名称", "系统", "区"]


def test_every_column_is_listed_in_the_docs() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("## Tables")[2]
    listed = {
        name.strip() for line in table.splitlines() for name in line.split("|")[-2:-1] for name in name.split(",")
    }

    assert set(HEADERS) - listed == set()


def test_empty_rows_and_trailing_empty_cells_do_not_count() -> None:
    document = whitelist_of("a.csv", [(1, HEADER), (2, ["", " "]), (3, ["甲馆", "区", "全市", "", ""])])

    assert document.data == {
        "version": 1,
        "units": [{"name": "甲馆", "system": "区", "district": "全市", "channels": []}],
    }
    assert document.line(("units", 0, "name")) == 3


def test_a_cell_under_no_column_name_is_refused() -> None:
    with pytest.raises(ConfigRefused, match="'电话' stands under no column name"):
        whitelist_of("a.csv", [(1, HEADER), (2, ["甲馆", "区", "全市", "电话"])])


def test_more_columns_than_any_honest_table_has_are_refused_as_one_trouble() -> None:
    with pytest.raises(ConfigRefused, match=rf"has 20,003 columns\. Keep at most {MOST_COLUMNS}") as refused:
        whitelist_of("a.csv", [(1, [*HEADER, *["stem"] * 20_000])])

    assert len(str(refused.value).splitlines()) == 1


def test_more_rows_than_a_city_has_units_are_refused() -> None:
    rows = ((number, ["甲馆", "区", "全市"]) for number in range(2, MOST_ROWS + 4))

    with pytest.raises(ConfigRefused, match="has more than 10,000 rows"):
        whitelist_of("a.csv", [(1, HEADER), *rows])

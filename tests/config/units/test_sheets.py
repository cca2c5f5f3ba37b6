"""config.units.sheets: CSV and XLSX as rows, bounded before they are parsed."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from config.errors import ConfigRefused
from config.units.sheets import read_csv, read_xlsx

HEADER = ["单位名称", "系统", "区", "授权日期", "备注"]


def test_dates_and_whole_numbers_of_a_workbook_are_written_as_in_a_csv(tmp_path: Path) -> None:
    book, stream = Workbook(), io.BytesIO()
    for row in (HEADER, ["甲馆", "区", 110108.0, date(2026, 8, 1), "x"]):
        book.worksheets[0].append(row)
    book.save(stream)
    (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
    (tmp_path / "a.csv").write_text(",".join(HEADER) + "\n甲馆,区,110108,2026-08-01,x\n", encoding="utf-8")

    assert read_xlsx(tmp_path / "a.xlsx").data == read_csv(tmp_path / "a.csv").data


def test_a_cell_of_several_lines_does_not_shift_the_lines_below(tmp_path: Path) -> None:
    text = '单位名称,系统,区,备注\n甲馆,区,全市,"一\n二"\n乙馆,区,全市,\n'
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")

    document = read_csv(tmp_path / "a.csv")

    assert [document.line(("units", number)) for number in (0, 1)] == [2, 4]


@pytest.mark.parametrize(
    ("content", "what"),
    [("单位名称".encode("gbk"), "is in GBK, not UTF-8"), (b"\xff", "is not in UTF-8 from this line on")],
)
def test_another_encoding_is_named_where_it_is_known(content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(content)

    with pytest.raises(ConfigRefused, match=what):
        read_csv(tmp_path / "a.csv")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)

    with pytest.raises(ConfigRefused, match="is no readable XLSX workbook"):
        read_xlsx(tmp_path / "a.xlsx")

"""Read a CSV or XLSX file as rows of text; sizes are bounded before anything is parsed."""

import codecs
import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from config.errors import ConfigRefused, Problem
from config.files.document import Document
from config.files.text import LARGEST_BYTES, read_bytes, whole
from config.units.table import MOST_COLUMNS, MOST_ROWS, Row, whitelist_of

LARGEST_UNPACKED, MOST_PARTS = 20 * 1024 * 1024, 200
# What zipfile and openpyxl raise on a damaged workbook; both XML parsers' errors are SyntaxErrors.
BROKEN = (zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError,
          AttributeError, EOFError, OSError, NotImplementedError, RuntimeError)  # fmt: skip


def read_csv(path: Path) -> Document:
    """Return the table as a whitelist. Raises ConfigRefused where it is not UTF-8, or a column is unknown."""
    text = _utf8(read_bytes(path, largest=LARGEST_BYTES), file=str(path))
    return whitelist_of(str(path), _csv_rows(text, file=str(path)))


def read_xlsx(path: Path) -> Document:
    """Return the first sheet as a whitelist. Raises ConfigRefused where it is no workbook, or unpacks to too much."""
    file = str(path)
    raw = read_bytes(path, largest=LARGEST_BYTES)
    try:
        _check_package(raw, file=file)
        rows = _sheet_rows(raw)
    except BROKEN as error:
        raise ConfigRefused([whole(file, "is no readable XLSX workbook", "Save it anew as .xlsx.")]) from error
    return whitelist_of(file, rows)


def _utf8(raw: bytes, *, file: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"is in {name}, not UTF-8" if (name := _encoding(raw)) else "is not in UTF-8 from this line on"
        do = "Save it as `CSV UTF-8` (Excel: Save as, CSV UTF-8; WPS: encoding UTF-8), or give the XLSX."
        raise ConfigRefused([Problem(file=file, line=line, field="", what=what, do=do)]) from error


def _encoding(raw: bytes) -> str | None:
    """Return the encoding that a spreadsheet program has most likely written; None where none fits."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GBK"


def _csv_rows(text: str, *, file: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(file=file, line=line, field="", what=f"is no CSV: {error}", do="Check the quotation marks.")
        raise ConfigRefused([problem]) from error


def _check_package(raw: bytes, *, file: str) -> None:
    """Refuse what would unpack to too much, or defines entities, before anything parses it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            what = f"unpacks to more than {LARGEST_UNPACKED:,} bytes or {MOST_PARTS} parts"
            raise ConfigRefused([whole(file, what, "Copy the table alone into a new workbook.")])
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!" in package.read(part).replace(b"<!--", b""):
                raise ConfigRefused([whole(file, "defines XML entities", "Save it anew with Excel or WPS.")])


def _sheet_rows(raw: bytes) -> list[Row]:
    # Here: openpyxl takes a tenth of a second to import, and few whitelists are workbooks.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")  # of styles and extensions that do not concern us
        try:
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        except InvalidFileException as error:
            raise zipfile.BadZipFile(str(error)) from error
        try:
            sheet = book.worksheets[0]
            cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
            return [(number, [_cell(value) for value in row]) for number, row in enumerate(cells, start=1)]
        finally:
            book.close()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)

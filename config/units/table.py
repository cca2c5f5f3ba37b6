"""Read a whitelist from a table: one row a channel; a unit's own columns stand on its first row, or on each alike."""

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from config.errors import ConfigRefused, Problem
from config.files.document import Document, Spot
from config.files.faults import one_of
from config.files.text import whole

MOST_ROWS, MOST_COLUMNS = 10_000, 40
HEADERS = MappingProxyType(
    {
        "单位编号": "id", "unit_id": "id",
        "单位名称": "name", "规范名称": "name", "unit_name": "name", "unit": "name",
        "简称": "short_name", "单位简称": "short_name", "short_name": "short_name",
        "系统": "system", "system": "system",
        "区": "district", "所在区": "district", "district": "district",
        "曾用名": "former_names", "former_names": "former_names",
        "备注": "note", "note": "note",
        "渠道编号": "channel.id", "channel_id": "channel.id", "channel": "channel.id",
        "渠道类型": "channel.kind", "类型": "channel.kind", "kind": "channel.kind", "channel_kind": "channel.kind",
        "渠道名称": "channel.name", "channel_name": "channel.name",
        "采集方式": "channel.source", "source": "channel.source",
        "网址": "channel.address", "地址": "channel.address", "address": "channel.address", "url": "channel.address",
        "域名": "channel.hosts", "hosts": "channel.hosts",
        "路径": "channel.path", "path": "channel.path",
        "归属": "channel.belongs_to", "belongs_to": "channel.belongs_to",
        "状态": "channel.status", "白名单状态": "channel.status", "status": "channel.status",
        "授权": "channel.licence", "转载授权": "channel.licence", "licence": "channel.licence",
        "license": "channel.licence",
        "授权日期": "channel.licensed_on", "licensed_on": "channel.licensed_on",
    }
)  # fmt: skip
VALUES = MappingProxyType(
    {
        "channel.kind": {"网站": "site", "微信": "wechat", "微信公众号": "wechat", "公众号": "wechat", "微博": "weibo",
                         "视频": "video", "视频号": "video"},
        "channel.status": {"已申请": "applied", "申请": "applied", "已批准": "approved", "批准": "approved",
                           "通过": "approved", "已暂停": "suspended", "暂停": "suspended",
                           "已撤销": "revoked", "撤销": "revoked"},
        "channel.belongs_to": {"本单位": "unit", "上级": "parent", "上级单位": "parent"},
    }
)  # fmt: skip
LISTS = frozenset({"former_names", "channel.hosts"})
Row = tuple[int, Sequence[str]]  # its line, its cells


def whitelist_of(file: str, rows: Iterable[Row]) -> Document:
    """Return the table in the shape of a YAML whitelist, each part with its row. Raises ConfigRefused."""
    filled = ((line, [cell.strip() for cell in cells]) for line, cells in rows if any(cell.strip() for cell in cells))
    line, header = next(filled, (0, None))
    if header is None:
        raise ConfigRefused([whole(file, "is empty", "Begin with a row of column names, such as 单位名称, 系统, 区.")])
    columns = _columns(header, file=file, line=line)
    table = _Table(file)
    for number, (row, cells) in enumerate(filled):
        if number >= MOST_ROWS:
            raise ConfigRefused([whole(file, f"has more than {MOST_ROWS:,} rows", "Split it into several files.")])
        table.take(row, dict(_values(columns, cells)))
    if table.problems:
        raise ConfigRefused(table.problems)
    return Document(file=file, data={"version": 1, "units": table.units}, lines=table.lines)


def _columns(header: Sequence[str], *, file: str, line: int) -> list[str]:
    """Return the key of each column. Raises ConfigRefused for a column that is unknown, twice there, or missing."""
    if (number := sum(1 for name in header if name)) > MOST_COLUMNS:
        what, do = (
            f"has {number:,} columns",
            f"Keep at most {MOST_COLUMNS}: docs/whitelist.md names those that are read.",
        )
        raise ConfigRefused([whole(file, what, do)])
    problems, keys = [], []
    for name in header:
        key = HEADERS.get(name) or HEADERS.get(name.lower().replace(" ", "_"))
        if key is None and name:
            problems.append(_problem(file, line, name, "is no known column", one_of(tuple(HEADERS), name)))
        elif key in keys and key is not None:
            problems.append(_problem(file, line, name, "stands twice", "Keep one column of that meaning."))
        keys.append(key or "")
    for name in ("单位名称", "系统", "区"):
        if HEADERS[name] not in keys:
            problems.append(_problem(file, line, name, "the column is missing", f"Add the column {name}."))
    if problems:
        raise ConfigRefused(problems)
    return keys


def _values(columns: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, object]]:
    """Yield what a row says, by key; a cell beyond the header is given under the key ``."""
    for number, cell in enumerate(cells):
        key = columns[number] if number < len(columns) else ""
        if cell and key in LISTS:
            yield (
                key,
                [part for part in cell.replace("，", ",").replace("、", ",").replace(";", ",").split(",") if part],
            )
        elif cell:
            yield key, VALUES.get(key, {}).get(cell, cell)


def _problem(file: str, line: int, field: str, what: str, do: str) -> Problem:
    return Problem(file=file, line=line, field=field, what=what, do=do)


class _Table:
    """Gathers rows into units."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.units: list[dict[str, object]] = []
        self.lines: dict[Spot, int] = {(): 1}
        self.problems: list[Problem] = []
        self._channels: list[list[dict[str, object]]] = []
        self._number: dict[object, int] = {}

    def take(self, line: int, values: dict[str, object]) -> None:
        if "" in values:
            self._note(
                line, "", f"{values.pop('')!r} stands under no column name", "Name the column, or clear the cell."
            )
        channel = {key.removeprefix("channel."): value for key, value in values.items() if key.startswith("channel.")}
        own = {key: value for key, value in values.items() if not key.startswith("channel.")}
        key = own.get("id") or own.get("name")
        if key is None:
            self._note(line, "单位名称", "is empty", "Repeat the unit's name on each of its rows.")
            return
        number = self._number.setdefault(key, len(self.units))
        if number == len(self.units):
            self.units.append(own)
            self._channels.append([])
            self.lines["units", number] = line
            own["channels"] = self._channels[number]
        else:
            self._compare(line, number, own)
        if channel:
            self.lines["units", number, "channels", len(self._channels[number])] = line
            self._channels[number].append(channel)

    def _compare(self, line: int, number: int, own: dict[str, object]) -> None:
        for key, value in own.items():
            before = self.units[number].setdefault(key, value)
            if before != value:
                first = self.lines["units", number]
                what = f"{value!r} differs from {before!r} on row {first}, of the same unit"
                self._note(line, key, what, "Write the same on all rows of a unit, or only on its first.")

    def _note(self, line: int, field: str, what: str, do: str) -> None:
        self.problems.append(_problem(self.file, line, field, what, do))

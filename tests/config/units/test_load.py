"""config.units.load: whitelist files of all three kinds, and the one that is shipped."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from config.settings import SHIPPED
from config.units.entries import UnitEntry
from config.units.load import load_units
from config.units.options import ACCOUNT_BIZ, ACCOUNT_ID

TABLE = """
单位名称|简称|系统|所在区|曾用名|渠道类型|渠道名称|网址|域名|状态|转载授权|授权日期
示例科技馆|示例馆|科技馆之城|110108|旧馆、老馆|网站||http://hall.example/||已批准|一号|2026-08-01
示例科技馆|||||微信公众号|示例科技馆|||||
示例学会||学会/高校/园区/企业|全市||||||||
"""
ROWS = [line.split("|") for line in TABLE.strip().splitlines()]
ENGLISH = "unit_name,system,district,kind,url,hosts\n示例馆,区,亦庄,site,http://a.example/,a.example; b.example\n"


def csv_of(path: Path, *, encoding: str) -> Path:
    path.write_text("".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS), encoding=encoding)
    return path


def xlsx_of(path: Path) -> Path:
    book, stream = Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def without_lines(units: tuple[UnitEntry, ...]) -> list[tuple[object, ...]]:
    return [
        (unit.name, unit.district, unit.former_names, [(c.kind, c.status, c.recorded_licence) for c in unit.channels])
        for unit in units
    ]


EXPECTED = [
    ("示例科技馆", "haidian", ("旧馆", "老馆"), [("site", "approved", "一号，2026-08-01"), ("wechat", None, None)]),
    ("示例学会", "citywide", (), []),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_in_utf_8_is_read_with_or_without_a_byte_order_mark(encoding: str, tmp_path: Path) -> None:
    units = load_units(csv_of(tmp_path / "a.csv", encoding=encoding))

    assert without_lines(units) == EXPECTED
    assert [channel.line for channel in units[0].channels] == [2, 3]


def test_an_xlsx_says_the_same_as_the_csv(tmp_path: Path) -> None:
    assert load_units(xlsx_of(tmp_path / "a.xlsx")) == load_units(csv_of(tmp_path / "a.csv", encoding="utf-8"))


def test_english_headers_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ENGLISH, encoding="utf-8")

    unit = load_units(tmp_path / "a.csv")[0]

    assert unit.district == "yizhuang"
    assert unit.channels[0].hosts == ("a.example", "b.example")


def test_an_account_without_hosts_lives_on_its_platform(tmp_path: Path) -> None:
    unit = load_units(csv_of(tmp_path / "a.csv", encoding="utf-8"))[0]

    assert [channel.implied_hosts for channel in unit.channels] == [("hall.example",), ("mp.weixin.qq.com",)]


@pytest.mark.parametrize("biz", ["MzA3MDM3NjE5NQ==", '"3070376195"', "3070376195"])
def test_a_wechat_channel_says_which_account_it_is(tmp_path: Path, biz: str) -> None:
    (tmp_path / "a.yaml").write_text(
        "units:\n  - {id: a, name: 示例馆, system: 区, district: 全市, channels: [{kind: wechat, name: 示例馆, "
        f"account: {{biz: {biz}, original_id: gh_ee2320e6a2ac}}}}]}}\n",
        encoding="utf-8",
    )

    (channel,) = load_units(tmp_path / "a.yaml")[0].channels

    assert dict(channel.recorded_options) == {ACCOUNT_BIZ: "3070376195", ACCOUNT_ID: "gh_ee2320e6a2ac"}


def test_a_channels_selectors_may_be_any_css(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    option = 'list: "div:-soup-contains(科普) li:has(> time) a"'
    head = "version: 1\nunits:\n  - {name: 示例科技馆, system: 科技馆之城, district: 海淀区, channels: "
    path.write_text(
        f"{head}[{{kind: site, address: 'http://a.example/', options: {{{option}}}}}]}}\n", encoding="utf-8"
    )

    (channel,) = load_units(path)[0].channels

    assert dict(channel.options) == {"list": "div:-soup-contains(科普) li:has(> time) a"}


def test_no_channel_of_the_shipped_whitelist_is_approved_or_polled() -> None:
    units = load_units(SHIPPED / "units.yaml")
    channels = [channel for unit in units for channel in unit.channels]

    assert (len(units), len(channels)) == (149, 119)
    assert {channel.status for channel in channels} == {"applied"}
    assert {(channel.licence, channel.source) for channel in channels} == {(None, None)}


def test_every_channel_of_the_shipped_whitelist_has_an_id_that_begins_with_its_unit() -> None:
    units = load_units(SHIPPED / "units.yaml")

    wrong = [c.id for unit in units for c in unit.channels if not (c.id or "").startswith(f"{unit.id}-{c.kind}-")]

    assert wrong == []
    assert {unit.system for unit in units} == {"委办局", "区", "学会·高校·园区·企业", "科技馆之城", "京津冀"}

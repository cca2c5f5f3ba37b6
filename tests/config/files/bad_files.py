"""Bad configuration files, each with the beginning of the line that must be said of it."""

import io
import zipfile

from openpyxl import Workbook

HEAD = "version: 1\nunits:\n  - id: hall\n    name: 示例科技馆\n    system: 科技馆之城\n    district: 海淀区\n"
HEADER = "单位名称,系统,区,渠道类型,渠道名称,网址"


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x" * 30_000_000)
    return stream.getvalue()


def entity_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("单位名称",)))) as clean, zipfile.ZipFile(stream, "w") as package:
        for name in clean.namelist():
            declared = b'<!DOCTYPE a [<!ENTITY b "bbbb">]>' if name == "xl/workbook.xml" else b""
            package.writestr(name, declared + clean.read(name))
    return stream.getvalue()


def without_sheet() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("单位名称",)))) as clean, zipfile.ZipFile(stream, "w") as package:
        package.writestr("[Content_Types].xml", clean.read("[Content_Types].xml").replace(b"sheet.main", b"other"))
    return stream.getvalue()


def unit(text: str = "", *, channel: str = "") -> str:
    channels = f"    channels:\n      - {channel}\n" if channel else ""
    return f"{HEAD}{text}{channels}"


SITE = '{id: hall-site-1, kind: site, address: "http://hall.example/"}'
WHITELISTS = {
    "unknown key": ("bad.yaml", unit("    colour: red\n"), "bad.yaml:7: units[0].colour: is no known key"),
    "key mistyped": (
        "bad.yaml",
        unit("    short_nam: 馆\n"),
        "bad.yaml:7: units[0].short_nam: is no known key. Did you",
    ),
    "no selector": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", options: {pages: "2", list: "li[["}}'),
        "bad.yaml:8: units[0].channels[0].options.list: `li[[` is no CSS selector: ",
    ),
    "selector of a program": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", options: {next: "//a[1]"}}'),
        "bad.yaml:8: units[0].channels[0].options.next: `//a[1]` is no CSS selector: ",
    ),
    "no count": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", options: {pages: all}}'),
        "bad.yaml:8: units[0].channels[0].options.pages: `all` is no count",
    ),
    "option of another source": (
        "bad.yaml",
        unit(channel='{kind: site, source: feed, address: "http://hall.example/", options: {list: .news}}'),
        "bad.yaml:8: units[0].channels[0].options.list: is no known key. Write one of: item_kind.",
    ),
    "unknown source": (
        "bad.yaml",
        unit(channel='{kind: site, source: sight, address: "http://hall.example/"}'),
        "bad.yaml:8: units[0].channels[0].source: `sight` is no known source. Did you mean `site`?",
    ),
    "wrong date": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", licence: 一号, licensed_on: 2026-02-30}'),
        "bad.yaml:8: units[0].channels[0].licensed_on: '2026-02-30' is no date. Write it as 2026-09-17.",
    ),
    "unit twice": (
        "bad.yaml",
        unit() + "  - id: hall\n    name: 另一个馆\n    system: 区\n    district: 海淀区\n",
        "bad.yaml:7: units[1].id: the unit id `hall` stands twice (first on line 3)",
    ),
    "name twice": (
        "bad.yaml",
        unit() + "  - id: hall2\n    name: 示例科技馆\n    system: 区\n    district: 海淀区\n",
        "bad.yaml:8: units[1].name: the unit name `示例科技馆` stands twice (first on line 4)",
    ),
    "channel without host": (
        "bad.yaml",
        unit(channel="{id: hall-site-1, kind: site}"),
        "bad.yaml:8: units[0].channels[0]: the channel has no host. Add `address`",
    ),
    "host with scheme": (
        "bad.yaml",
        unit(channel='{kind: site, hosts: ["https://kjg.example.cn/"]}'),
        "bad.yaml:8: units[0].channels[0].hosts[0]: 'https://kjg.example.cn/' is an address. "
        "Write the host alone: kjg.example.cn",
    ),
    "address without scheme": (
        "bad.yaml",
        unit(channel="{kind: site, address: kjg.example.cn}"),
        "bad.yaml:8: units[0].channels[0].address: 'kjg.example.cn' is no http(s) address",
    ),
    "host name not in ASCII": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://示例.中国/"}'),
        "bad.yaml:8: units[0].channels[0].address: '示例.中国' is no host",
    ),
    "approved without licence": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", status: approved}'),
        "bad.yaml:8: units[0].channels[0]: is approved without a licence. Add `licence`",
    ),
    "parent's host approved": (
        "bad.yaml",
        unit(channel="{kind: site, hosts: [p.example], belongs_to: parent, note: x, status: approved, licence: 一}"),
        "bad.yaml:8: units[0].channels[0]: a parent body's whole host is approved",
    ),
    "unknown status": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", status: aproved}'),
        "bad.yaml:8: units[0].channels[0].status: 'aproved' is not known here. Did you mean `approved`?",
    ),
    "channel twice": (
        "bad.yaml",
        unit(channel=f"{SITE}\n      - {SITE}"),
        "bad.yaml:9: units[0].channels[1].id: the channel id `hall-site-1` stands twice (first on line 8)",
    ),
    "account without name": (
        "bad.yaml",
        unit(channel="{kind: wechat}"),
        "bad.yaml:8: units[0].channels[0]: the account has no name",
    ),
    "account of a site": (
        "bad.yaml",
        unit(channel='{kind: site, address: "http://hall.example/", account: {biz: MzA3MDM3NjE5NQ==}}'),
        "bad.yaml:8: units[0].channels[0]: `account` is of WeChat channels",
    ),
    "account with no biz number": (
        "bad.yaml",
        unit(channel="{kind: wechat, name: 示例馆, account: {biz: 示例馆}}"),
        "bad.yaml:8: units[0].channels[0].account.biz: '示例馆' is no biz number",
    ),
    "empty account": (
        "bad.yaml",
        unit(channel="{kind: wechat, name: 示例馆, account: {}}"),
        "bad.yaml:8: units[0].channels[0].account: the account is empty",
    ),
    "unknown district": (
        "bad.yaml",
        unit().replace("海淀区", "海甸区"),
        "bad.yaml:6: units[0].district: '海甸区' is no district. Did you mean `海淀区`?",
    ),
    "unknown system": (
        "bad.yaml",
        unit().replace("科技馆之城", "社团"),
        "bad.yaml:5: units[0].system: '社团' is no system",
    ),
    "number for a name": (
        "bad.yaml",
        unit().replace("示例科技馆", "2026"),
        "bad.yaml:4: units[0].name: 2026 is no text",
    ),
    "key twice": (
        "bad.yaml",
        unit("    name: 又一个名\n"),
        "bad.yaml:7: the key `name` stands twice (first on line 4)",
    ),
    "tab": ("bad.yaml", unit("\tshort_name: 馆\n"), "bad.yaml:7: a tab stands in the indentation. Indent by spaces."),
    "broken YAML": ("bad.yaml", unit("    note: [a, b\n"), "bad.yaml:8: "),
    "alias bomb": (
        "bad.yaml",
        "a: &a [x, x]\nb: &b [*a, *a]\nunits: [*b, *b]\n",
        "bad.yaml:1: an anchor or alias (& or *) is used",
    ),
    "tag": ("bad.yaml", "version: 1\nunits: !!python/tuple [1]\n", "bad.yaml:2: a tag (!) is used"),
    "too deep": ("bad.yaml", "version: 1\nunits: " + "[" * 5000, "bad.yaml:2: more than 20 levels are nested"),
    "list at the top": ("bad.yaml", "- a\n", "bad.yaml: is no mapping of keys to values"),
    "two documents": ("bad.yaml", unit() + "---\nversion: 1\n", "bad.yaml:7: a second document begins"),
    "empty": ("bad.yaml", "", "bad.yaml: is empty"),
    "only a comment": ("bad.yaml", "# nothing\n", "bad.yaml: is empty"),
    "no units": ("bad.yaml", "version: 1\nunits: []\n", "bad.yaml:2: units"),
    "binary": ("bad.yaml", b"\x7fELF\0\0\0", "bad.yaml: is a binary file, not text"),
    "YAML in GBK": ("bad.yaml", unit().encode("gbk"), "bad.yaml:4: is not in UTF-8 from this line on"),
    "wrong ending": ("bad.doc", unit(), "bad.doc: the ending `.doc` is none of .yaml, .csv, .xlsx"),
    "CSV in GBK": (
        "bad.csv",
        "unit_name,system,district\n示例馆,科技馆之城,海淀区\n".encode("gbk"),
        "bad.csv:2: is in GBK, not UTF-8. Save it as `CSV UTF-8`",
    ),
    "CSV in UTF-16": ("bad.csv", f"{HEADER}\n".encode("utf-16"), "bad.csv:1: is in UTF-16, not UTF-8."),
    "CSV column unknown": (
        "bad.csv",
        f"{HEADER},联系电话\n",
        "bad.csv:1: 联系电话: is no known column",
    ),
    "CSV column missing": ("bad.csv", "单位名称,系统\n", "bad.csv:1: 区: the column is missing. Add the column 区."),
    "CSV row without unit": (
        "bad.csv",
        f"{HEADER}\n,区,海淀区,网站,,http://a.example/\n",
        "bad.csv:2: 单位名称: is empty",
    ),
    "CSV rows that differ": (
        "bad.csv",
        f"{HEADER}\n示例馆,区,海淀区,网站,,http://a.example/\n示例馆,区,朝阳区,微信,示例,\n",
        "bad.csv:3: district: '朝阳区' differs from '海淀区' on row 2, of the same unit",
    ),
    "CSV kind unknown": (
        "bad.csv",
        f"{HEADER}\n示例馆,区,海淀区,电报,示例,\n",
        "bad.csv:2: units[0].channels[0].kind: '电报' is not known here",
    ),
    "CSV quotation mark open": ("bad.csv", f'{HEADER}\n"示例馆,区,海淀区\n', "bad.csv:2: is no CSV"),
    "CSV empty": ("bad.csv", "\n\n", "bad.csv: is empty"),
    "XLSX with a wrong header": (
        "bad.xlsx",
        workbook(("名字", "地方"), ("馆", "海淀")),
        "bad.xlsx:1: 名字: is no known column",
    ),
    "XLSX that is none": ("bad.xlsx", b"PK\x03\x04 not a workbook", "bad.xlsx: is no readable XLSX workbook"),
    "XLSX without its parts": ("bad.xlsx", without_sheet(), "bad.xlsx: is no readable XLSX workbook"),
    "XLSX that unpacks to too much": ("bad.xlsx", zip_bomb(), "bad.xlsx: unpacks to more than"),
    "XLSX with entities": ("bad.xlsx", entity_bomb(), "bad.xlsx: defines XML entities"),
}
RULE = (
    "version: 1\nrules:\n  - {id: r, version: 1, kind: pattern, severity: low, message: m, basis: b, pattern: '%s'}\n"
)
WORDS = "version: 1\nrules:\n  - {id: r, version: 1, kind: words, severity: low, message: m, basis: b, words: [最高],\n"
OTHERS = {
    "exception that holds none of the words": (
        WORDS + "     except_in: [最高峰, 最大值]}\n",
        "bad.yaml:3: rules[0]: except_in: '最大值' holds none of the words. Remove it, or correct its spelling.",
    ),
    "invalid expression": (
        RULE % "a(b",
        "bad.yaml:3: rules[0].pattern: is no regular expression: missing ), unterminated",
    ),
    "runaway expression": (RULE % "(a+)+b", "bad.yaml:3: rules[0].pattern: repeats `(a+)+`, which can run without end"),
    "expression that finds nothing": (RULE % "a*", "bad.yaml:3: rules[0].pattern: matches an empty text"),
    "unknown kind of rule": (
        "version: 1\nrules:\n  - {id: r, kind: wrods}\n",
        "bad.yaml:3: rules[0].kind: 'wrods' is no kind of rule. Did you mean `words`?",
    ),
    "edition that ends before it starts": (
        "version: 1\neditions:\n  - {id: '1', label: x, starts: 2026-09-30, ends: 2026-09-01}\n",
        "bad.yaml:3: editions[0].ends: it ends before it starts",
    ),
    "edition with a wrong date": (
        "version: 1\neditions:\n  - id: '1'\n    label: x\n    starts: 2026-13-01\n    ends: 2026-09-01\n",
        "bad.yaml:5: editions[0].starts: '2026-13-01' is no date",
    ),
    "taxonomy without audiences": (
        "version: 1\ntopics:\n  - {id: a, label: 甲, label_en: A}\ndistricts: []\n",
        "bad.yaml:1: audiences: is missing",
    ),
}

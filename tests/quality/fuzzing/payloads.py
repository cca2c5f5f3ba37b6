"""Which payload has which number: a captured file or two, mutated, and the parser that it goes to.

The number, the seed and the captured files together say what a payload is, so that each can be made again alone.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from openpyxl import Workbook

from config.settings import SHIPPED
from tests.quality.fuzzing.mutations import mutated, shortened
from tests.quality.fuzzing.parsers import BOOK, HTML, JSON, SHEET, XML, Parser
from tests.real.rows import fixtures, read_bytes

FOLDERS = ("pages", "social", "feeds", "cases")
BEGINNINGS = (
    (b"{", JSON),
    (b"[", JSON),
    (b"<?xml", XML),
    (b"<rss", XML),
    (b"<feed", XML),
    (b"<rdf", XML),
    (b"<xml>", XML),
)
# Most payloads are small, so that there are many of them; some are as long as what is captured.
SIZES, WEIGHTS = (400, 2000, 8000, 30_000, 5_000_000), (300, 400, 250, 46, 4)
LARGEST_SHEET = 3000
OTHER_KIND = 0.15  # of the payloads come to a parser that is made for another kind
CSV = (
    "unit_name,short_name,system,district,channel_kind,channel_name,address,hosts\n"
    "示例科技馆,示例馆,科技馆之城,haidian,site,示例馆网站,https://a.example/news/,a.example\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One file that payloads are made of."""

    name: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What a parser is given. made_of: names of the captured files."""

    number: int
    parser: Parser
    made_of: Sequence[str]
    body: bytes


def captured() -> list[Captured]:
    """Return the captured files of the fixtures, in the order of their names, and whitelists of the project."""
    files = sorted(file for folder in FOLDERS for file in (fixtures() / folder).glob("*") if file.suffix != ".tsv")
    found = [Captured(name=f"{file.parent.name}/{file.name}", kind=HTML, body=read_bytes(file)) for file in files]
    return [
        *(Captured(name=each.name, kind=kind_of(each.body), body=each.body) for each in found),
        Captured(name="units.yaml", kind=SHEET, body=(SHIPPED / "units.yaml").read_bytes()),
        Captured(name="units.csv", kind=SHEET, body=CSV.encode()),
        Captured(name="units.xlsx", kind=BOOK, body=_workbook()),
    ]


def kind_of(body: bytes) -> str:
    """Return what a captured file is, by its beginning."""
    start = body[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return next((kind for begins, kind in BEGINNINGS if start.startswith(begins)), HTML)


def _workbook() -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for line in CSV.splitlines():
        sheet.append(line.split(","))
    book.save(file)
    return file.getvalue()


@dataclass(frozen=True)
class Payloads:
    """All payloads of a seed."""

    seed: int
    files: Sequence[Captured]
    table: Sequence[Parser]

    @cached_property
    def _by_kind(self) -> dict[str, list[Captured]]:
        kinds = {each.kind for each in self.files}
        return {kind: [each for each in self.files if each.kind == kind] for kind in kinds}

    def payload(self, number: int) -> Payload:
        """Return the payload of this number; parsers take turns."""
        random = Random(f"{self.seed}:{number}")  # noqa: S311 - a seed that can be given again is the point
        parser = self.table[number % len(self.table)]
        suiting = [each for kind in parser.suits for each in self._by_kind.get(kind, ())]
        one = random.choice(suiting if suiting and random.random() > OTHER_KIND else self.files)
        other = random.choice(self.files)
        most = LARGEST_SHEET if SHEET in parser.suits else random.choices(SIZES, WEIGHTS)[0]
        body = mutated(random, _start(random, one, most), shortened(random, other.body, most))
        return Payload(number=number, parser=parser, made_of=(one.name, other.name), body=body)


def _start(random: Random, one: Captured, most: int) -> bytes:
    """A workbook is nothing without its end."""
    return one.body if one.kind == BOOK else shortened(random, one.body, most)

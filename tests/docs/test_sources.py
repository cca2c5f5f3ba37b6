"""docs/sources.md: each kind of source, each reason of a refusal, and an example that a whitelist file takes."""

import re
from pathlib import Path

from config.units.load import load_units
from crawler.sources import sources
from indexer.catalogue.troubles import RefusalReason
from tests.docs.pages import ROOT, fenced

TEXT = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
UNIT = """version: 1
units:
  - id: kjg
    name: 示例科技馆
    system: 科技馆之城
    district: 海淀区
"""


def test_every_kind_of_source_has_its_section() -> None:
    assert set(re.findall(r"^## `(\w+)`$", TEXT, re.MULTILINE)) == set(sources())


def test_every_reason_of_a_refusal_has_its_line() -> None:
    rows = TEXT.split("## What is refused")[1]

    assert {reason for reason in RefusalReason if f"| `{reason}` |" not in rows} == set()


def test_the_example_is_what_a_whitelist_file_may_say(tmp_path: Path) -> None:
    (example,) = fenced(TEXT, "yaml")
    indented = "".join(f"    {line}\n" for line in example.splitlines())
    (tmp_path / "units.yaml").write_text(UNIT + indented, encoding="utf-8")

    (unit,) = load_units(tmp_path / "units.yaml")

    assert {channel.source for channel in unit.channels} == set(sources())

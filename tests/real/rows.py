"""Rows of every MANIFEST.tsv below CARNIVAL_FIXTURES: captured files, and what the right reading of each is."""

import csv
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEFAULT = ROOT.parent / "shared" / "fixtures"

Expected = Mapping[str, Any]  # the manifests' JSON; each kind's comparison knows its fields


@dataclass(frozen=True, slots=True)
class Row:
    """One file with its expected reading. folder: the name of the manifest's folder."""

    folder: str
    path: Path
    kind: str
    expected: Expected

    @property
    def id(self) -> str:
        """As tests and tables name the row: folder/file."""
        return f"{self.folder}/{self.path.name}"


def fixtures() -> Path:
    """Return the folder that holds the captured material; it may not exist."""
    return Path(os.environ.get("CARNIVAL_FIXTURES") or DEFAULT)


def missing() -> str | None:
    """Say why no row can be read, None where some can."""
    folder = fixtures()
    if next(_manifests(folder), None):
        return None
    return f"no MANIFEST.tsv below {folder}: set CARNIVAL_FIXTURES to the folder of captured files"


def read_rows() -> list[Row]:
    """Return the rows of all manifests, in the order of folders and lines."""
    return [row for manifest in sorted(_manifests(fixtures())) for row in _rows(manifest)]


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes, unpacked where it is a `.gz`."""
    body = path.read_bytes()
    return gzip.decompress(body) if path.suffix == ".gz" else body


def _manifests(folder: Path) -> Iterator[Path]:
    yield from folder.glob("MANIFEST.tsv")
    yield from folder.glob("*/MANIFEST.tsv")


def _rows(manifest: Path) -> Iterator[Row]:
    with manifest.open(encoding="utf-8", newline="") as lines:
        for record in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Row(
                manifest.parent.name, manifest.parent / record["file"], record["kind"], json.loads(record["expected"])
            )

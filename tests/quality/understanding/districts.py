"""`make quality-districts`: the districts of labelled pieces, read from their texts, beside the rule of before.

Data: rows of kind `tags` below CARNIVAL_FIXTURES; no unit is known of them, so no seat helps. The rule of before: the
names in the title, else in the first 1,000 characters, by the taxonomy's own words. Ends with one line of figures; exit
code 1 where a goal is missed or no data is found. `-v` lists what is missed and what is too much.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from rich.console import Console
from rich.table import Table

from config.settings import SHIPPED
from config.taxonomy import District, Taxonomy, load_taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.whereabouts.gazetteer import gazetteer_of
from indexer.understanding.whereabouts.where import where
from tests.real import rows as fixtures

LEAST_PRECISION, LEAST_RECALL = 0.95, 0.90
LEAD_CHARS, MOST_NAMED = 1000, 4  # of the rule of before
Row = Mapping[str, Any]
Finder = Callable[[Row], set[str]]


def ours(taxonomy: Taxonomy) -> Finder:
    """Return what understanding reads of a row."""
    gazetteer = gazetteer_of(
        {one.id: one.in_text for one in taxonomy.districts}, [mask for one in taxonomy.districts for mask in one.masks]
    )
    return lambda row: {one.district for one in where(gazetteer, row["title"], row["text"], ItemKind(row["kind"]))}


def before(taxonomy: Taxonomy) -> Finder:
    """Return what the rule of before finds in a row."""

    def named(one: District, part: str) -> bool:
        for mask in one.masks:
            part = part.replace(mask, "\n")
        return any(name in part for name in one.in_text)

    def found(row: Row) -> set[str]:
        for part in (row["title"], row["text"][:LEAD_CHARS]):
            ids = {one.id for one in taxonomy.districts if named(one, part)}
            if 0 < len(ids) <= MOST_NAMED:
                return ids
        return set()

    return found


def rows() -> Iterator[Row]:
    """Yield the labelled pieces of all manifests."""
    for row in fixtures.read_rows():
        if row.kind == "tags":
            yield from map(json.loads, fixtures.read_bytes(row.path).decode("utf-8").splitlines())


def score(pairs: Sequence[tuple[set[str], set[str]]]) -> tuple[float, float, float, int]:
    """Return precision, recall, F1 over all districts together, and the pieces of which all is right."""
    right = sum(len(wanted & found) for wanted, found in pairs)
    said, due = sum(len(found) for _, found in pairs), sum(len(wanted) for wanted, _ in pairs)
    precision, recall = right / said if said else 1.0, right / due if due else 1.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return precision, recall, f1, sum(wanted == found for wanted, found in pairs)


def main() -> int:
    """Print the table and the figures; return the exit code."""
    console, taxonomy, found = Console(width=110), load_taxonomy(SHIPPED / "taxonomy.yaml"), list(rows())
    if not found:
        console.print(fixtures.missing() or "no rows of kind `tags` in any MANIFEST.tsv below CARNIVAL_FIXTURES")
        return 1
    wanted = [{one.id for name in row["districts"] if (one := taxonomy.district(name))} for row in found]
    table, figures = Table("districts", "precision", "recall", "F1", "wholly right"), {}
    for name, finder in (("cloud carnival", ours(taxonomy)), ("before", before(taxonomy))):
        pairs = list(zip(wanted, map(finder, found), strict=True))
        figures[name] = score(pairs)
        table.add_row(name, *(f"{value:.3f}" for value in figures[name][:3]), f"{figures[name][3]} of {len(found)}")
        if "-v" in sys.argv and name != "before":
            for row, (due, said) in zip(found, pairs, strict=True):
                if due != said:
                    console.print(f"{row['id']} {sorted(due)} read as {sorted(said)}: {row['title']}", markup=False)
    console.print(table)
    precision, recall, f1, _ = figures["cloud carnival"]
    missed = (precision < LEAST_PRECISION) + (recall < LEAST_RECALL)
    line = f"districts: {len(found)} pieces; precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; "
    console.print(
        line + f"before F1 {figures['before'][2]:.3f}; goals missed {missed}", highlight=False, soft_wrap=True
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

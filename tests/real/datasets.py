"""Rows of labelled data: whether each file is read whole, by the numbers that its row states."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.real.comparing import differing
from tests.real.rows import read_bytes

Lines = Sequence[Mapping[str, Any]]
Counts = dict[str, object]


def compare(path: Path, expected: Mapping[str, Any], kind: str) -> list[str]:
    """Return each stated number that the file's own lines do not give, empty where all agree."""
    counted = COUNTERS[kind](path)
    return [
        differing(field, counted[field], wanted)
        for field, wanted in expected.items()
        if field in counted and wanted is not None and counted[field] != wanted
    ]


def read_lines(path: Path) -> list[Mapping[str, Any]]:
    """Return the objects of a file with one JSON object a line, packed or not."""
    return [json.loads(line) for line in read_bytes(path).decode("utf-8").splitlines() if line.strip()]


def _labelled(path: Path) -> Counts:
    lines = read_lines(path)
    labels = Counter(line["label"] for line in lines)
    counts: Counts = {"rows": len(lines), "label_1": labels[1], "label_0": labels[0]}
    named = {field: [line[field] for line in lines if line.get(field) is not None] for field in ("category", "how")}
    return counts | {field: dict(Counter(values)) for field, values in named.items()}


def _rules(path: Path) -> Counts:
    found = [len(line["expect"]) for line in read_lines(path)]
    with_findings = sum(number > 0 for number in found)
    return {
        "rows": len(found),
        "with_findings": with_findings,
        "without": len(found) - with_findings,
        "spans": sum(found),
    }


def _pairs(path: Path) -> Counts:
    lines = read_lines(path)
    return {"pairs": len(lines), "positive": sum(line["label"] == 1 for line in lines)}


def _topics(path: Path) -> Counts:
    return {"rows": len(read_lines(path))}


def _articles(path: Path) -> Counts:
    chars = [len(line["text"]) for line in read_lines(path)]
    return {
        "articles": len(chars),
        "chars_min": min(chars),
        "chars_median": int(median(chars)),
        "chars_max": max(chars),
    }


def _objects(path: Path) -> Counts:
    return {"rows": len(read_lines(path))}


def _tags(path: Path) -> Counts:
    lines = read_lines(path)
    counts: Counts = {"rows": len(lines), "off_topic": sum(line["off_topic"] for line in lines)}
    facets = ("topics", "audiences", "actions", "forms")
    return counts | {facet: dict(Counter(label for line in lines for label in line[facet])) for facet in facets}


def _exchanges(path: Path) -> Counts:
    lines = read_lines(path)
    versions = {line["answer"]["pkgVersion"] for line in lines if line["path"] == "/version" and line["status"] == 200}
    return {"rows": len(lines), "version": ", ".join(sorted(versions))}


def _judgements(path: Path) -> Counts:
    return {"rows": len([line for line in read_bytes(path).decode("utf-8").splitlines() if line.count("\t") == 2])}


def _openapi(path: Path) -> Counts:
    described = json.loads(read_bytes(path))
    return {
        "version": described["info"]["version"],
        "openapi": described["openapi"],
        "paths": len(described["paths"]),
    }


COUNTERS: Mapping[str, Callable[[Path], Counts]] = {
    "offence": _labelled,
    "rumour": _labelled,
    "evasion": _labelled,
    "rules": _rules,
    "pairs": _pairs,
    "topics": _topics,
    "articles": _articles,
    "corpus": _objects,
    "queries": _objects,
    "qrels": _judgements,
    "openapi": _openapi,
    "exchanges": _exchanges,
    "tags": _tags,
}

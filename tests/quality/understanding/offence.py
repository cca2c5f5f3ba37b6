"""`make quality-offence`: the shipped offence model beside TF-IDF and logistic regression, fitted on the same rows.

Data: rows of kinds `offence` and `evasion` below CARNIVAL_FIXTURES. Both are fitted on the dev portion of COLD alone.
Under disguise: the area under the curve before and after, which may lose no more than a third of what it stands above
chance; and of the offensive texts, how many are noticed where a tenth of COLD's harmless ones are. Ends with one line
of figures; exit code 1 where the model does not stand above the baseline, where a disguise costs it more than a third,
or where data is missing.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

import numpy as np
from rich.console import Console
from rich.table import Table

from indexer.understanding.policies.offence_model import FILE, offence_model
from tests.quality.understanding.linear import Baseline, Floats, auc
from tests.real import rows as fixtures

FITTED, MEASURED, DISGUISED = "cold_dev", ("cold_test", "toxicn", "swsr"), ("cntp", "toxicloakcn")
TENTH = 0.9
MOST_FALL = 1 / 3
Scores = Callable[[Iterable[str]], Floats]
Given = Sequence[Mapping[str, Any]]


def rows_of(name: str) -> Given:
    """Return the rows of a set, `offence_…` or `evasion_…`. Raises LookupError where there is none."""
    for row in fixtures.read_rows():
        if row.kind in ("offence", "evasion") and Path(row.path).stem.partition("_")[2] == name:
            return [json.loads(line) for line in fixtures.read_bytes(row.path).decode("utf-8").splitlines()]
    raise LookupError(name)


def areas(scores: Scores) -> dict[str, float]:
    """Return the area under the curve of each set."""
    return {name: _area(rows_of(name), "text", scores) for name in MEASURED}


def _area(rows: Given, field: str, scores: Scores) -> float:
    return auc([row["label"] for row in rows], scores([row[field] for row in rows]))


def under_disguise(scores: Scores) -> dict[str, tuple[float, float, float, float]]:
    """Return of each set (noticed before, noticed after, area before, area after)."""
    harmless = np.sort(scores([row["text"] for row in rows_of("cold_test") if row["label"] == 0]))
    least = harmless[int(TENTH * len(harmless))]
    found = {}
    for name in DISGUISED:
        rows = [row for row in rows_of(name) if row["original"]]
        ones = [row for row in rows if row["label"] == 1]
        before, after = (scores([row[field] for row in ones]) > least for field in ("original", "text"))
        plain, disguised = (_area(rows, field, scores) for field in ("original", "text"))
        found[name] = (float(before.mean()), float(after.mean()), plain, disguised)
    return found


def main() -> int:
    """Print the tables and the figures; return the exit code."""
    console = Console(width=110)
    try:
        given = rows_of(FITTED)
        for name in (*MEASURED, *DISGUISED):
            rows_of(name)
    except LookupError as missing:
        console.print(fixtures.missing() or f"no set {missing} of kind `offence` or `evasion` below CARNIVAL_FIXTURES")
        return 1
    model = offence_model()
    plain = Baseline([row["text"] for row in given], np.array([float(row["label"]) for row in given]))
    ours: Scores = lambda texts: model.scores(list(texts))  # noqa: E731
    one, other = areas(ours), areas(plain.scores)
    table = Table("area under the curve", "ours", "TF-IDF and logistic regression")
    for name in MEASURED:
        table.add_row(name, f"{one[name]:.3f}", f"{other[name]:.3f}")
    console.print(table)
    fall, fall_plain = under_disguise(ours), under_disguise(plain.scores)
    table = Table("under disguise", "noticed", "disguised", "kept", "area", "disguised", "baseline kept", "its areas")
    for name, (before, after, area, hidden) in fall.items():
        base = fall_plain[name]
        figures = (f"{before:.3f}", f"{after:.3f}", f"{after / before:.2f}", f"{area:.3f}", f"{hidden:.3f}")
        table.add_row(name, *figures, f"{base[1] / base[0]:.2f}", f"{base[2]:.3f}, {base[3]:.3f}")
    console.print(table)
    below = [name for name in MEASURED if one[name] <= other[name]]
    fallen = [name for name, (*_, area, hidden) in fall.items() if hidden - 0.5 < (1 - MOST_FALL) * (area - 0.5)]
    said = ", ".join(f"{name} {one[name]:.3f} beside {other[name]:.3f}" for name in MEASURED)
    kept = ", ".join(f"{name} {hidden:.3f} of {area:.3f}" for name, (*_, area, hidden) in fall.items())
    end = f"below the baseline: {below or 'none'}; fell by more than a third: {fallen or 'none'}"
    console.print(f"offence: {said}; disguised {kept}; model {FILE.stat().st_size:,} bytes; {end}", soft_wrap=True)
    return 1 if below or fallen else 0


if __name__ == "__main__":
    sys.exit(main())

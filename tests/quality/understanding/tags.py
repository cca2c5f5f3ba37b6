"""`make quality-tags`: the shipped tagger over labelled pieces, and what a classifier learns from few answers.

Data: rows of kind `tags` (pieces of the campaign) and `topics` (headlines and abstracts, one label each) below
CARNIVAL_FIXTURES. Campaign: F1 of each label, ours as it ships beside the tagger before it and beside logistic
regression on the same vectors that learned from these very pieces, by five folds; a label that may stand or not
(`…_ok`) counts neither way. Curve: accuracy and expected calibration error after 8, 32 and 128 answers a label, beside
the nearest mean and logistic regression. Ends with one line of figures; exit code 1 where a goal is missed or no data
is found. `--part campaign` or `--part curve` measures one of the two.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from rich.console import Console

from tests.quality.understanding.tagged import campaign, curve
from tests.quality.understanding.tagged.data import missing_kinds

PARTS = {"tags": campaign.measure, "topics": curve.measure}  # kind of data → what is measured on it
NAMES = {"campaign": "tags", "curve": "topics"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=tuple(NAMES), help="measure one of the two")
    part = parser.parse_args(arguments).part
    console, wanted = Console(width=118), [NAMES[part]] if part else list(PARTS)
    if reason := missing_kinds(wanted):
        console.print(reason, markup=False)
        return 1
    missed: list[str] = []
    figures: list[str] = []
    for kind in wanted:
        goals, said = PARTS[kind](console)
        missed, figures = missed + goals, [*figures, said]
    for goal in missed:
        console.print(f"!! {goal}", markup=False)
    console.print(f"tags: {'; '.join(figures)}; goals missed {len(missed)}", highlight=False, soft_wrap=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

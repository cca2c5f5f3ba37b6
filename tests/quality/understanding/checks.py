"""`make quality-checks`: the shipped rules over labelled texts, family by family, beside naive patterns.

Data: rows of kind `rules` below CARNIVAL_FIXTURES. A finding is right where it covers half of what both cover of the
text (intersection over union), each expected span once; `exact` is the part of the right ones that begin and end at
the very characters. Ends with one line of figures; exit code 1 where a goal is missed or no data is found.
`-v` lists what is missed and what is found too much; names of families alone measure those.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from rich.console import Console
from rich.table import Table

from config.policy import NameRule, WordsRule, load_policy
from config.rule_fields import Disguise
from config.settings import SHIPPED
from indexer.understanding.policies.check import Check, findings, make_ready
from indexer.understanding.policies.keywords import places
from indexer.understanding.policies.parts import Subject
from indexer.understanding.policies.words import WordsCheck
from tests.quality.understanding import naive
from tests.real import rows as fixtures

LEAST_OVERALL = (0.95, 0.90)  # precision, recall
LEAST_OF_FAMILY = 0.80  # each of the two
EXACT_FAMILY = "food_safety_name"  # 1.0 and 1.0
HALF = 0.5

Span = tuple[int, int]
Finder = Callable[[Mapping[str, Any]], Sequence[Span]]

# Family → the shipped rules that are about it; the others are built of the row's own word.
RULES = {
    "ad_absolute": ("ad-superlative",),
    "ai_label": ("machine-made",),
    "foreign_shop": ("shop-link",),
    "health_claim": ("cure-claim",),  # what is promised of a sale (无效退款) is no claim of the labels'
    "mark_name": ("campaign-mark",),
    "no_source": ("source-is-the-net", "no-source"),
    "personal_email": ("mailbox",),
    "personal_id": ("identity-number",),
    "personal_phone": ("phone-number",),
    "personal_wechat": ("wechat-id",),
}


@dataclass(slots=True)
class Score:
    """Counts of one family: expected spans, found ones, right ones, and of these exact ones."""

    expected: int = 0
    found: int = 0
    right: int = 0
    exact: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Right of found; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right of expected; 1 where nothing is."""
        return self.right / self.expected if self.expected else 1.0

    def add(self, row: Mapping[str, Any], found: Sequence[Span]) -> None:
        """Count one row."""
        left, text = [(one["start"], one["end"]) for one in row["expect"]], row["text"]
        self.expected, self.found = self.expected + len(left), self.found + len(found)
        for span in found:
            best = max(left, key=lambda one: _overlap(span, one), default=None)
            if best is None or _overlap(span, best) < HALF:
                self.wrong.append(f"too much  {text[slice(*span)]!r} in {text}")
                continue
            left.remove(best)
            self.right, self.exact = self.right + 1, self.exact + (span == best)
        self.wrong += [f"missed    {text[slice(*span)]!r} in {text}" for span in left]


def ours() -> Mapping[str, Finder]:
    """Return family → what our rules find in a row."""
    policy = load_policy(SHIPPED / "policy.yaml")
    by_id = {rule.id: rule for rule in policy.rules}
    checks = {
        family: make_ready(policy.model_copy(update={"rules": tuple(by_id[id] for id in ids)}))
        for family, ids in RULES.items()
    }
    name, goods = by_id["food-safety-name"], by_id["illegal-goods"]
    assert isinstance(name, NameRule)
    assert isinstance(goods, WordsRule)

    def disguised(row: Mapping[str, Any]) -> Sequence[Span]:
        rule = goods.model_copy(update={"words": (row["word"],), "disguised": tuple(Disguise), "unless": ()})
        return spans((WordsCheck(rule),), row)

    def bordered(row: Mapping[str, Any]) -> Sequence[Span]:
        update = {"words": (row["word"],), "whole": True, "disguised": (), "unless": (), "except_in": ()}
        return spans((WordsCheck(goods.model_copy(update=update), other_senses=policy.other_senses),), row)

    return {
        **{family: partial(spans, ready) for family, ready in checks.items()},
        "evade_normal": disguised,
        "word_border": bordered,
        EXACT_FAMILY: lambda row: places(name, row["text"]),
    }


def spans(checks: Sequence[Check], row: Mapping[str, Any]) -> list[Span]:
    """What the checks find, places that overlap as one: an editor sees them so."""
    in_title = row["where"] in ("title", "name")
    subject = Subject(title=row["text"] if in_title else "", text="" if in_title else row["text"])
    merged: list[Span] = []
    for start, end in sorted((one.start, one.end) for one in findings(checks, subject)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def rows() -> Iterator[Mapping[str, Any]]:
    """Yield the labelled texts of all manifests."""
    for row in fixtures.read_rows():
        if row.kind == "rules":
            yield from map(json.loads, fixtures.read_bytes(row.path).decode("utf-8").splitlines())


def measure(finders: Mapping[str, Finder], wanted: Sequence[str]) -> Mapping[str, Score]:
    """Return the score of each family that has rows."""
    scores: dict[str, Score] = {}
    for row in rows():
        family = row["family"]
        if not wanted or family in wanted:
            scores.setdefault(family, Score()).add(row, finders[family](row) if family in finders else ())
    return scores


def overall(scores: Mapping[str, Score]) -> Score:
    """Return the counts of all families together."""
    return Score(
        *(sum(getattr(one, name) for one in scores.values()) for name in ("expected", "found", "right", "exact"))
    )


def missed_goals(scores: Mapping[str, Score]) -> list[str]:
    """Return the goals that are missed, in words."""
    said, whole = [], overall(scores)
    for name, value, least in zip(("precision", "recall"), (whole.precision, whole.recall), LEAST_OVERALL, strict=True):
        if value < least:
            said.append(f"{name} over all {value:.2f} < {least:.2f}")
    for family, score in sorted(scores.items()):
        least = 1.0 if family == EXACT_FAMILY else LEAST_OF_FAMILY
        if min(score.precision, score.recall) < least:
            said.append(f"{family} {score.precision:.2f} / {score.recall:.2f} < {least:.2f}")
    return said


def main() -> int:
    """Print the table and the figures; return the exit code."""
    console, wanted = Console(width=110), [one for one in sys.argv[1:] if not one.startswith("-")]
    scores = measure(ours(), wanted)
    if not scores:
        console.print(fixtures.missing() or "no rows of kind `rules` in any MANIFEST.tsv below CARNIVAL_FIXTURES")
        return 1
    beside = measure(naive.FINDERS, wanted)
    table = Table("family", "spans", "precision", "recall", "exact", "naive precision", "naive recall")
    for family, score in (*sorted(scores.items()), ("all", overall(scores))):
        plain = overall(beside) if family == "all" else beside[family]
        exact = f"{score.exact / score.right:.2f}" if score.right else "-"
        figures = (f"{value:.2f}" for value in (score.precision, score.recall))
        table.add_row(family, str(score.expected), *figures, exact, f"{plain.precision:.2f}", f"{plain.recall:.2f}")
    console.print(table)
    if "-v" in sys.argv:
        for family, score in sorted(scores.items()):
            for line in score.wrong:
                console.print(f"{family}: {line}", markup=False, highlight=False, soft_wrap=True)
    for goal in missed_goals(scores):
        console.print(f"!! {goal}", markup=False)
    whole, plain, missed = overall(scores), overall(beside), len(missed_goals(scores))
    said = f"checks: {len(scores)} families, {whole.expected} spans; precision {whole.precision:.3f}, "
    said += f"recall {whole.recall:.3f}; naive {plain.precision:.3f}, {plain.recall:.3f}; goals missed {missed}"
    console.print(said, highlight=False, soft_wrap=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

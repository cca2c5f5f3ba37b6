"""`make quality-blind`: the shipped rules over sentences that were written without looking at them.

Data: `blind_*.jsonl` beside this file, one set a round. Each set was committed before the rules were changed after it
was measured; a set is a fair figure once, and a guard against falling back from then on. `[[…]]` marks what an editor
should see marked; a sentence without is one that nothing may be found in. Ends with one line of figures; exit code 1
where a set or a family lies below its bound, or nothing is measured. `-v` lists what is missed and what is found too
much; names of families or sets measure those, a part of a set without the bound of a whole one.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from rich.console import Console
from rich.table import Table

from config.policy import load_policy
from config.settings import SHIPPED
from config.words import Severity
from indexer.understanding.policies.check import Check, findings, make_ready
from indexer.understanding.policies.parts import Subject
from tests.quality.understanding.checks import Finder, Score, ours, overall, spans

LEAST, LEAST_OF_FAMILY = 0.90, 0.60  # precision and recall of a set, and of each of its families
MARKED = re.compile(r"\[\[(.+?)\]\]")
# Families that the labelled texts do not have.
MORE = {
    "sales": ("selling", "discount", "lottery", "scam-call", "health-tail-ad"),
    "hiring": ("recruitment",),
    "personal_qq": ("qq-number",),
    "stop_treatment": ("effect-assurance", "cure-claim"),
}


def finders() -> Mapping[str, Finder]:
    """Return family → what our rules find in a row."""
    policy = load_policy(SHIPPED / "policy.yaml")

    def of(ids: Sequence[str]) -> tuple[Check, ...]:
        return make_ready(policy.model_copy(update={"rules": tuple(rule for rule in policy.rules if rule.id in ids)}))

    more: dict[str, Finder] = {family: partial(spans, of(ids)) for family, ids in MORE.items()}
    health = partial(spans, of(("cure-claim", "effect-assurance")))
    return {**ours(), **more, "health_claim": health, "person_mobile": partial(_high, of(("phone-number",)))}


def _high(checks: Sequence[Check], row: Mapping[str, Any]) -> list[tuple[int, int]]:
    """A number that is only "low" is none beside a name: marked is what is labelled, where both lie over each other."""
    found = findings(checks, Subject(title="", text=row["text"]))
    labelled = [(one["start"], one["end"]) for one in row["expect"]]
    high = [(one.start, one.end) for one in found if one.severity is Severity.HIGH]
    covering = {span: next((one for one in labelled if one[0] <= span[0] and span[1] <= one[1]), span) for span in high}
    return list(dict.fromkeys(covering.values()))


def unmarked(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the row with its marks as spans. Pure."""
    expect, taken = [], 0
    for match in MARKED.finditer(given["text"]):
        start = match.start() - taken
        expect.append({"start": start, "end": start + len(match[1])})
        taken += len("[[]]")
    return {**given, "text": MARKED.sub(r"\1", given["text"]), "expect": expect}


def sets() -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield name and rows of each set, oldest first."""
    for path in sorted(Path(__file__).parent.glob("blind_*.jsonl"), key=_round):
        yield path.stem, [unmarked(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _round(path: Path) -> int:
    return int(path.stem.removeprefix("blind_"))


def measured(wanted: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Score], list[str]]]:
    """Yield of each set that has some of it: its name, the score of each family, and what lies below its bound."""
    by = finders()
    for name, rows in sets():
        scores: dict[str, Score] = {}
        chosen = [row for row in rows if not wanted or row["family"] in wanted or name in wanted]
        for row in chosen:
            scores.setdefault(row["family"], Score()).add(row, by[row["family"]](row))
        bounds = [(family, score, LEAST_OF_FAMILY) for family, score in sorted(scores.items())]
        if len(chosen) == len(rows):
            bounds.append(("all", overall(scores), LEAST))
        if chosen:
            yield name, scores, [one for one, score, least in bounds if min(score.precision, score.recall) < least]


def main() -> int:
    """Print a table a set and the figures; return the exit code."""
    console, wanted = Console(width=110), [one for one in sys.argv[1:] if not one.startswith("-")]
    low, said = list[str](), list[str]()
    for name, scores, below in measured(wanted):
        _print(console, name, scores)
        low += [f"{name} {one}" for one in below]
        whole = overall(scores)
        said.append(f"{name} {whole.precision:.3f} / {whole.recall:.3f} of {whole.expected}")
    for one in low:
        console.print(f"!! {one} lies below its bound", markup=False)
    console.print(f"blind, precision / recall: {'; '.join(said)}; below their bound: {len(low)}", soft_wrap=True)
    return 1 if low or not said else 0


def _print(console: Console, name: str, scores: Mapping[str, Score]) -> None:
    table = Table(name, "spans", "found", "precision", "recall")
    for family, score in (*sorted(scores.items()), ("all", overall(scores))):
        figures = (f"{value:.2f}" for value in (score.precision, score.recall))
        table.add_row(family, str(score.expected), str(score.found), *figures)
    console.print(table)
    for family, score in sorted(scores.items()) if "-v" in sys.argv else ():
        for line in score.wrong:
            console.print(f"{family}: {line}", markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())

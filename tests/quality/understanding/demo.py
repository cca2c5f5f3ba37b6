"""`make quality-demo`: what is said of each piece of the demo campaign, against labels by TAGGING.md.

The labels (demo_labels.yaml) were written and committed before anything was tuned by them. Each piece is understood as
shipped: embedder, tagger, checks, the district of its unit. A tag is right where the labels have it, wrong where they
neither have nor allow it, missing where it is due and not said; a finding is right where it covers half of the words.
Ends with one line of figures; exit code 1 where a goal is missed. `-v` lists every piece, not only those with faults.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from config.settings import Settings
from config.units.load import load_units
from config.words import Severity
from crawler.demo.campaign import UNITS_FILE, Article, Outlet, outlets
from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import CleanHtml, Item, ItemKind, Version
from indexer.review.records import State
from indexer.understanding.embeddings.wording import passage_of
from indexer.understanding.prepared import prepare
from indexer.understanding.results import WEIGHT, Facet, Finding, Tag
from indexer.understanding.sayings import Sayings
from indexer.whitelist.records import Unit

LABELS = Path(__file__).with_name("demo_labels.yaml")
FACETS = {
    "topics": Facet.TOPIC,
    "audiences": Facet.AUDIENCE,
    "actions": Facet.ACTION,
    "forms": Facet.FORM,
    "districts": Facet.DISTRICT,
}
FINDINGS, ARTICLE = "findings", "article"
LEAST_RIGHT = 0.8  # of what is said and due together, each facet for itself


@dataclass(slots=True)
class Marks:
    """What is right, missing and wrong of one facet, or of the findings."""

    right: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Right of all that is said or due; 1 where nothing is."""
        every = len(self.right) + len(self.missing) + len(self.wrong)
        return len(self.right) / every if every else 1.0

    def add(self, other: "Marks") -> None:
        """Count another one's marks too."""
        self.right += other.right
        self.missing += other.missing
        self.wrong += other.wrong


def of_tags(label: Mapping[str, Any], name: str, said: list[str]) -> Marks:
    """Return the marks of one facet. Pure."""
    due, allowed = list(label.get(name, ())), set(label.get("ok", ()))
    if name == "forms":
        due, allowed = due or [ARTICLE], allowed | {ARTICLE}
    return Marks(
        right=[id for id in said if id in due],
        missing=[id for id in due if id not in said],
        wrong=[id for id in said if id not in due and id not in allowed],
    )


def of_findings(label: Mapping[str, Any], found: list[Finding]) -> Marks:
    """Return the marks of the findings; what is due counts where it is severe enough and covers half. Pure."""
    marks, left = Marks(), list(found)
    for due in label.get(FINDINGS, ()):
        least = WEIGHT[Severity(due["least"])]
        hits = [one for one in found if _covers(one.excerpt, due["words"])]
        is_noticed = any(WEIGHT[one.severity] >= least for one in hits)
        (marks.right if is_noticed else marks.missing).append(due["words"])
        left = [one for one in left if one not in hits]
    passable = label.get("passable", ())
    for one in left:
        if one.severity is not Severity.NOTE and not any(_covers(one.excerpt, words) for words in passable):
            marks.wrong.append(f"{one.rule} {one.excerpt}")
    return marks


def _covers(excerpt: str, words: str) -> bool:
    shorter, longer = sorted((excerpt, words), key=len)
    return bool(shorter) and shorter in longer


def pieces() -> Iterator[tuple[str, Item, Version]]:
    """Yield (name, item, version) of each piece as the collector would take it in."""
    units = {channel.id: (unit.id, channel) for unit in load_units(UNITS_FILE) for channel in unit.channels}
    for name, outlet in outlets().items():
        unit, channel = units[outlet.channel]
        kind = ItemKind(channel.options.get("item_kind", ItemKind.ARTICLE))
        for article in outlet.articles:
            yield f"{name}/{article.id}", *_piece(outlet, article, UnitId(unit or ""), kind)


def _piece(outlet: Outlet, article: Article, unit: UnitId, kind: ItemKind) -> tuple[Item, Version]:
    id, at = ItemId(f"{outlet.name}-{article.id}"), datetime.fromisoformat(article.at).replace(tzinfo=BEIJING)
    item = Item(
        id=id,
        unit=unit,
        channel=ChannelId(outlet.channel),
        key=id,
        kind=kind,
        state=State.PENDING,
        latest=1,
        public=None,
        cluster=ClusterId(id),
        created_at=at,
    )
    text = "\n\n".join(article.paragraphs)
    return item, Version(
        item=id,
        number=1,
        url=f"http://127.0.0.1{outlet.path_of(article)}",
        title=article.title,
        author=article.author,
        account="",
        published=Published(at=at),
        html=CleanHtml(""),
        text=text,
        media=(),
        content_hash="",
        collected_at=at,
    )


def said_of_all() -> Iterator[tuple[str, list[Tag], list[Finding]]]:
    """Yield what is said of each piece, as shipped. Raises ModelMissing."""
    understanding, found = prepare(Settings(_env_file=None)), list(pieces())
    units = {
        UnitId(one.id or ""): Unit(
            id=UnitId(one.id or ""),
            name=one.name,
            short_name=one.short_name or one.name,
            system=one.system,
            district=one.district,
        )
        for one in load_units(UNITS_FILE)
    }
    sayings = Sayings(understanding=understanding, units=units, hosts={}, codes={})
    vectors = understanding.embedder.passages([passage_of(version) for _, _, version in found])
    for (name, item, version), vector in zip(found, vectors, strict=True):
        yield name, list(sayings.tags(item, version, vector)), list(sayings.findings(item, version, vector))


def main() -> int:
    """Print the table and the figures; return the exit code."""
    console, labels = Console(width=150), YAML(typ="safe").load(LABELS.read_text(encoding="utf-8"))
    table = Table("piece", "right", "missing", "wrong")
    whole = {name: Marks() for name in (*FACETS, FINDINGS)}
    off_topic, pieces_seen = 0, 0
    for piece, tags, found in said_of_all():
        label, marks = labels[piece], {}
        for name, facet in FACETS.items():
            marks[name] = of_tags(label, name, [tag.id for tag in tags if tag.facet is facet])
        marks[FINDINGS] = of_findings(label, found)
        pieces_seen += 1
        off_topic += bool(label.get("off_topic")) and any(tag.facet is Facet.TOPIC for tag in tags)
        row = Marks()
        for name, one in marks.items():
            whole[name].add(one)
            row.add(one)
        if row.missing or row.wrong or "-v" in sys.argv:
            table.add_row(piece, *("\n".join(one) for one in (row.right, row.missing, row.wrong)))
    console.print(table)
    missed = [name for name, one in whole.items() if one.share < LEAST_RIGHT]
    said = "; ".join(f"{name} {len(m.right)} / {len(m.missing)} / {len(m.wrong)}" for name, m in whole.items())
    console.print(
        f"demo: {pieces_seen} pieces, right / missing / wrong: {said}; off topic given a topic {off_topic}; "
        f"goals missed {len(missed)} {' '.join(missed)}".rstrip(),
        highlight=False,
        soft_wrap=True,
    )
    return 1 if missed or off_topic else 0


if __name__ == "__main__":
    sys.exit(main())

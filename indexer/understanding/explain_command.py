"""`carnival explain`: what machines say of a piece, and why."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from config.errors import Refused
from config.logs import set_up_logs
from config.settings import load_settings
from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.base.times import now
from indexer.catalogue.items import CleanHtml, Item, ItemKind, Version
from indexer.commands.opening import open_records
from indexer.records import understood
from indexer.records.database import Database
from indexer.review.records import State
from indexer.understanding.explaining import Explained, explain
from indexer.understanding.learning.speaking import prepare_live

MOST_BYTES = 8 * 1024 * 1024
NOBODY = "explained"  # what a file is an item, a unit and a channel of


class ExplainRefused(Refused):
    """There is nothing to explain: no such file or item, or a file that is no text."""


@click.command("explain")
@click.argument("what", metavar="FILE|ITEM")
@click.option("--kind", type=click.Choice([str(kind) for kind in ItemKind]), default="article", help="Of a file.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def explain_command(*, what: str, kind: str, as_json: bool) -> None:
    """Say what machines say of a piece, and why; nothing is written.

    A text file in UTF-8, its first line the title; or an item of the catalogue by its id, its newest version.
    """
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    database = open_records(settings)
    item, version = _of_file(Path(what), ItemKind(kind)) if Path(what).is_file() else _of_item(database, ItemId(what))
    found = explain(database, prepare_live(settings, database), item, version)
    if as_json:
        click.echo(json.dumps(_facts(found), ensure_ascii=False, default=str))
        return
    for line in _lines(found):
        click.echo(line)


def _of_item(database: Database, id: ItemId) -> tuple[Item, Version]:
    with database.reading() as tx:
        found = understood.newest_of(tx, [id])
    if not found:
        raise ExplainRefused(f"{id} is neither a file nor an item of the catalogue.")
    return found[0]


def _of_file(path: Path, kind: ItemKind) -> tuple[Item, Version]:
    """Return a file as if it had just been collected, of no unit. Raises ExplainRefused."""
    try:
        raw = path.read_bytes()
        if len(raw) > MOST_BYTES:
            raise ExplainRefused(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MiB.")
        whole = raw.decode("utf-8-sig").strip()
    except OSError as error:
        raise ExplainRefused(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ExplainRefused(f"{path.name} is no text in UTF-8.") from error
    title, _, text = whole.partition("\n")
    at, id = now(), ItemId(NOBODY)
    item = Item(
        id=id,
        unit=UnitId(NOBODY),
        channel=ChannelId(NOBODY),
        key=NOBODY,
        kind=kind,
        state=State.PENDING,
        latest=1,
        public=None,
        cluster=ClusterId(NOBODY),
        created_at=at,
    )
    version = Version(
        item=id,
        number=1,
        url="",
        title=title[:500],
        author="",
        account="",
        published=None,
        html=CleanHtml(""),
        text=text.strip(),
        media=(),
        content_hash="",
        collected_at=at,
    )
    return item, version


def _facts(found: Explained) -> dict[str, Any]:
    read = found.whereabouts
    return {
        "title": found.title,
        "tags": [asdict(one) for one in found.tags],
        "off_topic": round(found.off_topic, 3),
        "times": [asdict(one) for one in read.times],
        "places": [asdict(one) for one in read.sites],
        "findings": [asdict(one) for one in found.findings],
        "near": [asdict(one) for one in found.near],
    }


def _lines(found: Explained) -> Iterator[str]:
    yield found.title
    for tag in found.tags:
        why = "; ".join(part for part in (tag.person, "、".join(tag.words), tag.sentence) if part)
        yield f"  {tag.facet} {tag.id} {tag.confidence:.2f}" + (f"  {why}" if why else "")
    if not found.tags:
        yield "  no tags"
    yield f"  off topic {found.off_topic:.2f}"
    for time in found.whereabouts.times:
        yield f"  time {time.first} to {time.last} ({time.words}, characters {time.start} to {time.end})"
    for site in found.whereabouts.sites:
        yield f"  place {site.words} (characters {site.start} to {site.end})"
    for one in found.findings:
        yield f"  {one.severity} {one.rule}: {one.excerpt} ({one.where}, characters {one.start} to {one.end})"
    for near in found.near:
        pair = near.pair
        yield f"  {pair.relation} as {near.item} {near.title} ({pair.layer}, {pair.share:.0%} shared): {pair.passage}"

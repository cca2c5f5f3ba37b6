"""`carnival search`: what the public finds by some words, and why each hit stands where it does."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from config.logs import set_up_logs
from config.settings import load_settings
from config.synonyms import load_synonyms
from config.taxonomy import load_taxonomy
from indexer.base.ids import ItemId
from indexer.base.times import now
from indexer.commands.opening import index_needed, open_records
from indexer.search.engine import SHOWN_CHARS, Held
from indexer.search.factory import open_index
from indexer.search.following import Following
from indexer.search.help.gathering import Gathered
from indexer.search.help.rewriting import Correction
from indexer.search.port import Entry, Found, Hit, Meant, Query
from indexer.search.publish import public_now
from indexer.search.ranker.reading import Reading, read
from indexer.search.ranker.scoring import APART, EXACT, IN_TEXT, IN_TITLE, Rarity, rank

LIMIT, MOST_LIMIT = 10, 100
MEANS = {
    Meant.OFF: "words alone: CARNIVAL_SEARCH_BY_MEANING is off",
    Meant.UNASKED: "words alone: what was typed names something, or stands in a text as it is",
    Meant.ASLEEP: "words alone: the model did not say in time what it means",
    Meant.MISSING: "words alone: the index holds no vectors of this model; `carnival reindex` builds it with them",
    Meant.MIXED: "the nearest by meaning are among the hits",
}
STANDS = {
    EXACT: "the whole query is the title",
    IN_TITLE: "the whole query stands in the title",
    IN_TEXT: "the whole query stands in the text, or in a name",
    APART: "its words stand apart",
}


@click.command("search")
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, MOST_LIMIT), default=LIMIT, show_default=True, help="Most hits told.")
@click.option("--explain", is_flag=True, help="Tell how the query was read, what may be meant by it, and each score.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def search_command(*, query: str, limit: int, explain: bool, as_json: bool) -> None:
    """Search the public pieces as a reader does: the best first, each piece once."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    database, taxonomy = open_records(settings), load_taxonomy(settings.taxonomy_file)
    with index_needed(settings):
        found = Following(open_index(settings), database).find(Query(text=query, limit=limit, counted=()))
    meant: Sequence[Correction] = ()
    if explain or not found.total or found.is_nearest:
        meant = Gathered(database, taxonomy, load_synonyms(settings.synonyms_file)).help().rewrite(query)
    told = _told(found, meant)
    if explain:
        reading = read(query)
        with database.reading() as tx:
            entries = public_now(tx, [hit.item for hit in found.hits], now=now())
        told |= {"read": _read(reading), "meaning": found.meant.value}
        told["hits"] = [one | _why(hit, entries, reading) for one, hit in zip(told["hits"], found.hits, strict=True)]
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_lines(told)))


def _told(found: Found, meant: Sequence[Correction]) -> dict[str, Any]:
    hits = [
        {"place": place, "item": hit.item, "version": hit.version, "title": hit.title}
        for place, hit in enumerate(found.hits, start=1)
    ]
    told = [{"text": one.text, "why": one.why} for one in meant]
    return {"total": found.total, "is_nearest": found.is_nearest, "hits": hits, "meant": told}


def _read(reading: Reading) -> dict[str, Any]:
    return {
        "words": list(reading.words),
        "must": [f"{one.part}: {one.text}" for one in reading.strict],
        "without": [one.text for one in reading.without],
        "is_sentence": reading.is_sentence,
    }


def _why(hit: Hit, entries: Mapping[ItemId, Entry], reading: Reading) -> dict[str, Any]:
    """Its score, and by the records where what was asked stands in it; nothing of one that is not public now."""
    if (entry := entries.get(hit.item)) is None:
        return {"score": round(hit.score, 4)}
    held = Held(
        item=entry.item,
        version=entry.version,
        publication=entry.publication,
        cluster=entry.cluster,
        place=entry.place,
        title=entry.title,
        text=entry.text[:SHOWN_CHARS],
        names=f"{entry.unit_name} {entry.author}",
        values=entry.values,
    )
    [ranked] = rank([held], reading, Rarity())
    return {"score": round(hit.score, 4), "stands": STANDS[ranked.tier], "share": round(ranked.share, 2)}


def _lines(told: dict[str, Any]) -> Iterator[str]:
    if read := told.get("read"):
        apart = [f"must hold {one}" for one in read["must"]] + [f"without {one}" for one in read["without"]]
        yield f"read as   {' | '.join([*read['words'], *apart]) or 'nothing that can be searched for'}"
    nearest = "; none holds all of the words, these hold most of them" if told["is_nearest"] else ""
    yield f"found     {told['total']}{nearest}"
    if meaning := told.get("meaning"):
        yield f"meaning   {MEANS[meaning]}"
    for one in told["meant"]:
        yield f"meant?    {one['text']}  ({one['why']})"
    for hit in told["hits"]:
        yield f"{hit['place']:>3}  {hit['item']}  {hit['title']}"
        if "score" in hit:
            stands = f"; {hit['stands']}, {hit['share']:.0%} of the pairs of characters" if "stands" in hit else ""
            yield f"     score {hit['score']:g}{stands}"

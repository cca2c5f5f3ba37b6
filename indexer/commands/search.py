"""`carnival search`: what the public finds by some words, and why each hit stands where it does."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from config.logs import set_up_logs
from config.settings import load_settings
from config.synonyms import load_synonyms
from config.taxonomy import load_taxonomy
from indexer.commands.opening import index_needed, open_records
from indexer.search.chinese import asked
from indexer.search.factory import open_index
from indexer.search.help.gathering import Gathered
from indexer.search.help.rewriting import Correction
from indexer.search.port import Found, Hit, Query

LIMIT, MOST_LIMIT = 10, 100


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
        found = open_index(settings).find(Query(text=query, limit=limit, counted=()))
    meant: Sequence[Correction] = ()
    if explain or not found.total or found.is_nearest:
        meant = Gathered(database, taxonomy, load_synonyms(settings.synonyms_file)).help().rewrite(query)
    told = _told(query, found, meant, explain=explain)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_lines(told)))


def _told(query: str, found: Found, meant: Sequence[Correction], *, explain: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "total": found.total,
        "is_nearest": found.is_nearest,
        "hits": [_hit(place, hit, explain=explain) for place, hit in enumerate(found.hits, start=1)],
        "meant": [asdict(one) for one in meant],
    }
    if explain:
        read = asked(query)
        told["read"] = {"words": list(read.words), "phrases": list(read.phrases)}
    return told


def _hit(place: int, hit: Hit, *, explain: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"place": place, "item": hit.item, "version": hit.version, "title": hit.title}
    if explain:
        marked = [hit.title[start:end] for start, end in hit.title_spans]
        in_text = [hit.excerpt[start:end] for start, end in hit.excerpt_spans]
        told |= {"score": round(hit.score, 4), "in_title": marked, "in_text": in_text}
    return told


def _lines(told: dict[str, Any]) -> Iterator[str]:
    if read := told.get("read"):
        yield f"read as   {' | '.join(read['words']) or 'nothing that can be searched for'}"
    nearest = "; none holds all of the words, these hold most of them" if told["is_nearest"] else ""
    yield f"found     {told['total']}{nearest}"
    for one in told["meant"]:
        yield f"meant?    {one['text']}  ({one['why']})"
    for hit in told["hits"]:
        yield f"{hit['place']:>3}  {hit['item']}  {hit['title']}"
        if "score" in hit:
            where = [
                f"{name} {', '.join(dict.fromkeys(hit[key]))}"
                for name, key in (("title:", "in_title"), ("text:", "in_text"))
                if hit[key]
            ]
            yield f"     score {hit['score']:g}  {'; '.join(where)}".rstrip()

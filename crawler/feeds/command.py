"""`carnival feed`: what the collector would read from a feed or sitemap."""

import json
import sys
from pathlib import Path

import click

from crawler.feeds.entries import Entry, Feed, NotAFeed
from crawler.feeds.reading import read_feed
from crawler.words import not_read

REFUSED = 1


def as_json(feed: Feed) -> dict[str, object]:
    """Return the feed as the command's JSON has it; what the feed does not state is null."""
    return {"title": feed.title, "entries": [_entry_as_json(entry) for entry in feed.entries]}


def _entry_as_json(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "link": entry.link,
        "title": entry.title,
        "published": str(entry.published) if entry.published else None,
        "text": entry.text,
        "enclosures": [{"url": enclosure.url, "type": enclosure.type} for enclosure in entry.enclosures],
    }


@click.command("feed")
@click.argument("source", metavar="URL|FILE")
@click.option("--content-type", help="The HTTP header Content-Type that came with a FILE.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON object.")
def feed_command(source: str, content_type: str | None, *, wants_json: bool) -> None:
    """Show what the collector would read from a feed or sitemap. Nothing is kept.

    Exit code 1: it is no feed, or cannot be fetched.
    """
    try:
        body, header, url = _body(source)
        feed = read_feed(body, content_type=content_type or header, url=url)
    except NotAFeed as refused:
        click.echo(not_read(source, str(refused)), err=True)
        sys.exit(REFUSED)
    if wants_json:
        click.echo(json.dumps(as_json(feed), ensure_ascii=False))
        return
    click.echo(feed.title or "(no title)")
    for entry in feed.entries:
        click.echo(f"{entry.published or '-'}\t{entry.title or '-'}\t{entry.link or '-'}")


def _body(source: str) -> tuple[bytes, str | None, str | None]:
    """Return the bytes, the Content-Type they came with, and their address. Raises NotAFeed where nothing comes."""
    if not source.lower().startswith(("http://", "https://")):
        path = Path(source)
        if not path.is_file():
            raise click.BadParameter(f"{source} is neither an http(s) address nor a file", param_hint="URL|FILE")
        return path.read_bytes(), None, None
    # Only an address needs the network's room and the deployment's settings.
    from config.settings import load_settings
    from crawler.guard import FetchRefused, fetch

    try:
        answer = fetch(source, load_settings())
    except FetchRefused as refused:
        raise NotAFeed(str(refused)) from refused
    return answer.body, answer.headers.get("content-type"), answer.url

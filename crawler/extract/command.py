"""`carnival extract`: what the collector would read from a page."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from crawler.extract.page import Page, read_page
from crawler.extract.state import PageState
from indexer.base.times import Published
from indexer.catalogue.items import Media

REFUSED = 1
UNCERTAIN = "日期不确定：网页上的日期分不清哪个是发布日期，留空"
FILE_BYTES = 32 * 1024 * 1024


class NotRead(Exception):
    """Why there is nothing to read, in one line."""


@click.command("extract")
@click.argument("source", metavar="URL|FILE")
@click.option("--url", help="Address the file was captured from, for relative links.")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object.")
def extract_command(source: str, url: str | None, *, as_object: bool) -> None:
    """Show what the collector would read from a page: an address, or a saved file (.gz too).

    Exit code 1 where nothing can be read.
    """
    try:
        page = read_source(source, url=url)
    except NotRead as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(REFUSED) from refused
    click.echo(json.dumps(as_json(page), ensure_ascii=False) if as_object else as_text(page))


def read_source(source: str, *, url: str | None) -> Page:
    """Read a page from an address or a file. Raises NotRead."""
    if source.startswith(("http://", "https://")):
        address, body, content_type = fetch(source)
        page = read_page(body, url=address, content_type=content_type)
    else:
        page = read_page(load(Path(source)), url=url)
    if page.state is PageState.UNKNOWN and page.kind == "page" and not page.text and not page.title:
        raise NotRead(f"{source}: no page of text")
    return page


def load(path: Path) -> bytes:
    """Return the bytes of a saved page, unpacked. Raises NotRead."""
    try:
        with path.open("rb") as file:
            body = file.read(FILE_BYTES)
        if body.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                body = packed.read(FILE_BYTES)
    except (OSError, EOFError, zlib.error) as fault:
        raise NotRead(f"{path}: {getattr(fault, 'strerror', None) or fault}") from fault
    return body


def fetch(url: str) -> tuple[str, bytes, str | None]:
    """Return address after redirects, body and content type of a page. Raises NotRead."""
    # Inside the function: the guard loads the HTTP client, which a saved file does not need.
    from config.settings import load_settings
    from crawler import guard
    from crawler.words import not_read

    try:
        answer = guard.fetch(url, load_settings())
    except guard.FetchRefused as refused:
        raise NotRead(not_read(url, str(refused))) from refused
    return answer.url, answer.body, answer.headers.get("content-type")


def as_json(page: Page) -> Mapping[str, Any]:
    """Return the page as the object that scripts read."""
    return {
        "kind": str(page.kind),
        "state": str(page.state),
        "title": page.title or None,
        "author": page.author or None,
        "account": page.account or None,
        "published": _moment(page.published),
        "is_day_uncertain": page.is_day_uncertain,
        "text": page.text,
        "html": page.html,
        "media": [_medium(medium) for medium in page.media],
    }


def _medium(medium: Media) -> Mapping[str, Any]:
    """Kind, address, and what is declared."""
    said = {field.name: getattr(medium, field.name) for field in fields(medium)}
    said |= {"kind": str(medium.kind)}
    said |= {name: at.isoformat() for name, at in said.items() if isinstance(at, datetime)}
    return {name: value for name, value in said.items() if value not in ("", None)}


def as_text(page: Page) -> str:
    """Return the page for a reader."""
    facts = (
        ("状态 state", str(page.state)),
        ("标题 title", page.title),
        ("作者 author", page.author),
        ("账号 account", page.account),
        ("发布 published", _moment(page.published) or (UNCERTAIN if page.is_day_uncertain else "")),
    )
    lines = [f"{name}: {value}" for name, value in facts if value]
    lines += [f"{medium.kind}: {medium.url}" for medium in page.media]
    return "\n".join([*lines, "", page.text]).rstrip()


def _moment(published: Published | None) -> str | None:
    return str(published) if published else None

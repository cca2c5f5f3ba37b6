"""Sites on loopback, each in its own kind of trouble, and the command that reads them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.records.database import Database
from tests.crawler.whitelisted import site_channel, whitelist
from tests.simulators.website import Answer, Website

TEXT = "湖面结冰的时候，最冷的水浮在上面，四摄氏度的水沉在湖底，鱼就在那里过冬，直到春天冰化开来。"
BODY = f"<article><h1>冰下的湖</h1><p>{TEXT}</p><p>{TEXT[::-1]}</p></article>"
ARTICLE = f"<html><head><title>冰下的湖</title></head><body>{BODY}</body></html>"
RSS = {"Content-Type": "application/rss+xml"}

FEEDS = ("good", "other", "moved", "closed", "away", "inside", "round", "huge", "slow", "cut", "shy", "down", "nofeed")


def feed(origin: str, name: str) -> str:
    """A feed of one whole entry."""
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>订阅</title>"
        f"<item><title>{name}的文章</title><link>{origin}/{name}/1</link>"
        f"<content:encoded>&lt;p&gt;{name}{TEXT}&lt;/p&gt;</content:encoded></item></channel></rss>"
    )


def build(website: Website) -> dict[str, str]:
    """Put up the sites; the channels' sources by name (each reads /<name>/)."""
    origin = website.origin
    for name in ("good", "other"):
        website.answers[f"/{name}/"] = Answer(body=feed(origin, name).encode(), headers=RSS, etag=f'"{name}"')
    website.page("/list/", '<ul><li><a href="/list/art_1001.html">湖面为什么先从上面结冰</a> 2026-09-02</li></ul>')
    website.page("/list/art_1001.html", ARTICLE, etag='"a"')
    website.answers["/robots.txt"] = Answer(body=b"User-agent: *\nDisallow: /closed/\n", headers={})
    website.page("/closed/", feed(origin, "closed"))
    website.answers["/away/"] = Answer(status=302, headers={"Location": "http://other.example.com/feed"})
    website.answers["/inside/"] = Answer(status=302, headers={"Location": "http://127.0.0.1:1/feed"})
    website.answers["/round/"] = Answer(status=302, headers={"Location": "/round/"})
    website.answers["/moved/"] = Answer(status=301, headers={"Location": "/moved/feed"})
    website.answers["/moved/feed"] = Answer(body=feed(origin, "moved").encode(), headers=RSS)
    website.answers["/huge/"] = Answer(body=b"x" * 100_001)
    website.answers["/slow/"] = Answer(body=b"x" * 400, drip_seconds=0.05)
    website.answers["/cut/"] = Answer(body=b"<rss>", is_cut=True)
    website.answers["/shy/"] = Answer(status=403)
    website.answers["/down/"] = Answer(status=503)
    website.page("/nofeed/", "<html><body>这里没有订阅源</body></html>")
    return dict.fromkeys(FEEDS, "feed") | {"list": "site", "private": "feed"}


def save(database: Database, website: Website, sources: Mapping[str, str]) -> None:
    """Whitelist a channel for each name; `private` points to an address nobody may reach."""
    for name, source in sources.items():
        path = f"/{name}/"
        channel = replace(site_channel(website, name, path=path), name=name, source=source, path=path)
        if name == "private":
            channel = replace(channel, address="http://10.0.0.1/feed", hosts=("10.0.0.1",), path="/")
        whitelist(database, channel)


def run(folder: Path, website: Website, *options: str, delay: str = "0", **variables: str) -> dict[str, Any]:
    """Run `carnival crawl`, with more variables of the environment, and return what it printed, by channel."""
    environment = {
        **os.environ,
        **variables,
        "CARNIVAL_DATA_FOLDER": str(folder),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps([website.host]),
        "CARNIVAL_CRAWL_DELAY_SECONDS": delay,
        "CARNIVAL_FETCH_SECONDS": "1",
        "CARNIVAL_PAGE_BYTES": "100000",
        "CARNIVAL_REDIRECTS": "3",
    }
    command = [sys.executable, "-m", "config", "crawl", "--collect-only", "--json", *options]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return {each["channel"]: each for each in json.loads(done.stdout)}


def whitelist_in(folder: Path, website: Website, sources: Mapping[str, str]) -> None:
    """Save the channels in the records of a data folder."""
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    save(database, website, sources)
    database.close()

"""One bad article stops nothing: a list of bad pages of every kind, and behind them a good one, over real HTTP."""

import gzip
import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue.items import Version
from indexer.catalogue.troubles import Refusal, RefusalReason
from indexer.records import refusals, to_understand
from indexer.records.database import Database
from tests.crawler.whitelisted import site_channel, whitelist
from tests.simulators.website import Answer, Website

TEXT = "雷声比闪电来得晚，数一数两者之间隔了几秒，再除以三，就是打雷的地方离你有多少公里。"


def page(title: str, head: str = "") -> bytes:
    body = f"<article><h1>{title}</h1><p>{title}：{TEXT}</p><p>{TEXT[::-1]}</p></article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def packed(encoding: str, body: bytes) -> Answer:
    return Answer(body=body, headers={"Content-Type": "text/html", "Content-Encoding": encoding})


def moved(location: str) -> Answer:
    return Answer(status=302, headers={"Location": location})


HALF = '<script type="application/ld+json">{"@type":"Article","headline":"半个字\\ud800","author":"\\udfff"}</script>'
FINE = page("其实读得出来的一页")
ODD_HEADERS = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Odd: \xff\xfe\r\nETag: "\xff"\r\nno colon\r\n'
BAD_HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-\xff\x00: \xff\x00\r\n"

# Pages that cannot be read, or not in this way: each becomes a row.
BAD: Mapping[str, Answer] = {
    "gzip": packed("gzip", b"no gzip at all"),
    "gzip-half": packed("gzip", gzip.compress(os.urandom(2000))[:40]),
    "gzip-checksum": packed("gzip", gzip.compress(b"")[:10] + b"\xff" * 40),
    "deflate": packed("deflate", b"\xff\xff\xff\xff no deflate"),
    "brotli": packed("br", b"\xff\xff\xff\xff no brotli"),
    "zstd": packed("zstd", b"\xff\xff\xff\xff no zstd"),
    "twice": packed("gzip, br", zlib.compress(FINE)),
    "bomb": packed("gzip", gzip.compress(b"x" * 20_000_000)),
    "bracket": moved("http://["),
    "port": moved("http://127.0.0.1:99999/"),
    "port-word": moved("http://127.0.0.1:x/"),
    "empty-host": moved("http://"),
    "scheme": moved("gopher://127.0.0.1/"),
    "user": moved("http://user:secret@127.0.0.1/"),
    "null": moved("http://a\0b/"),
    "long": moved("/" + "a" * 60_000),
    "cut": Answer(body=FINE, is_cut=True),
    "no-http": Answer(raw=b"this is no HTTP at all\r\n\r\n"),
    "no-status": Answer(raw=b"HTTP/1.1 abc OK\r\n\r\n"),
    "length": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + FINE),
    "lengths": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n" + FINE),
    "chunks": Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + FINE),
    "nothing": Answer(raw=b""),
    "headers": Answer(raw=BAD_HEADERS + f"Content-Length: {len(FINE)}\r\n\r\n".encode() + FINE),
    "teapot": Answer(status=418, body=FINE),
    "empty": Answer(body=b""),
    "nulls": Answer(body=b"\0" * 5000),
    "nested": Answer(body=b"<div>" * 15_000),
    "picture": Answer(body=bytes(range(256)) * 50, headers={"Content-Type": "image/png"}),
}
# Pages that are odd and hold their article: each is taken in.
ODD: Mapping[str, Answer] = {
    "half": Answer(body=page("半个字的文章", HALF)),
    "charset": Answer(body=FINE, headers={"Content-Type": "text/html; charset=x-no-such-thing"}),
    "odd-headers": Answer(raw=ODD_HEADERS + f"Content-Length: {len(FINE)}\r\n\r\n".encode() + FINE),
}


@dataclass(frozen=True)
class Crawled:
    """What one crawl of all these pages left; refusals by the name of the page."""

    output: Mapping[str, Any]
    refusals: Mapping[str, Refusal]
    versions: tuple[Version, ...]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, _migrated: Path) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("bad")
    shutil.copyfile(_migrated, folder / "carnival.db")
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    with Website() as website:
        names = (*BAD, *ODD, "last")
        rows = "".join(f'<li><a href="/list/{name}">名为{name}的一篇文章</a> 2026-09-02</li>' for name in names)
        website.page("/list/", f"<ul>{rows}</ul>")
        website.answers |= {f"/list/{name}": answer for name, answer in {**BAD, **ODD}.items()}
        website.answers["/list/last"] = Answer(body=page("最后的好文章"))
        whitelist(database, site_channel(website))
        output = _crawl(folder, website)
        with database.reading() as tx:
            refused = {each.url.rpartition("/")[2]: each for each in refusals.recent(tx, limit=100)}
            versions = tuple(version for _, version in to_understand.waiting(tx, 100))
    yield Crawled(output, refused, versions)
    database.close()


def _crawl(folder: Path, website: Website) -> Mapping[str, Any]:
    environment = {
        **os.environ,
        "CARNIVAL_DATA_FOLDER": str(folder),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps([website.host]),
        "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
        "CARNIVAL_FETCH_SECONDS": "5",
        "CARNIVAL_PAGE_BYTES": "1000000",
    }
    command = [sys.executable, "-m", "config", "crawl", "--once", "--collect-only", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr.decode()
    (found,) = json.loads(done.stdout)
    return dict(found)


def test_the_page_behind_all_the_bad_ones_is_read(crawled: Crawled) -> None:
    assert "最后的好文章" in [version.title for version in crawled.versions]
    assert crawled.output["error"] is None


@pytest.mark.parametrize("name", sorted(BAD))
def test_each_bad_page_is_a_row_with_its_reason_in_words(crawled: Crawled, name: str) -> None:
    refusal = crawled.refusals[name]

    assert refusal.reason in set(RefusalReason) - {RefusalReason.NO_BODY}
    assert "请" in refusal.message
    assert refusal.title == f"名为{name}的一篇文章"


@pytest.mark.parametrize("name", sorted(ODD))
def test_each_odd_page_that_holds_an_article_is_taken_in(crawled: Crawled, name: str) -> None:
    assert name in {version.url.rpartition("/")[2] for version in crawled.versions}, crawled.refusals.get(name)


def test_a_half_character_is_replaced_in_what_is_kept(crawled: Crawled) -> None:
    (version,) = (each for each in crawled.versions if each.url.endswith("/half"))

    assert version.title.encode().decode() == version.title

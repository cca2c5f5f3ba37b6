"""The main job on real captured pages: whitelisted, crawled, approved in Chromium, found by the public."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.settings import Settings
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from tests.browser.looking import KEYS_ARE_HEARD
from tests.operators import NOW, OPERATOR
from tests.simulators.website import Answer, Website

pytestmark = pytest.mark.browser

FIXTURES = Path(os.environ.get("CARNIVAL_FIXTURES") or Path(__file__).parents[3] / "shared" / "fixtures")
MANIFEST = FIXTURES / "pages" / "MANIFEST.tsv"
PAGES = 8  # half of them by a feed, half by a list page
CHINESE_SHARE = 0.8
NAME, PASSWORD = "编辑甲", "示例口令-只用于测试"
WAIT_SECONDS, LOOK_SECONDS = 60, 0.1
FEED_TYPE = {"Content-Type": "application/rss+xml; charset=utf-8"}


@dataclass(frozen=True, kw_only=True)
class Captured:
    """A captured page: its path on loopback, its bytes, its title, a phrase from the middle of its body."""

    path: str
    body: bytes
    title: str
    phrase: str


@pytest.fixture(scope="module")
def captured() -> list[Captured]:
    """The first pages of the manifest that are written in Chinese."""
    if not MANIFEST.exists():
        pytest.skip(f"no captured pages at {MANIFEST}: set CARNIVAL_FIXTURES to the folder that holds them")
    lines = [line.split("\t") for line in MANIFEST.read_text(encoding="utf-8").splitlines()]
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    read = [(row["file"], json.loads(row["expected"])) for row in rows if row["kind"] == "page"]
    chinese = [(file, expected) for file, expected in read if _is_chinese("".join(expected["body_contains"]))]
    return [
        Captured(
            path=f"/{file}",
            body=(MANIFEST.parent / file).read_bytes(),
            title=expected["title"],
            phrase=expected["body_contains"][1],
        )
        for file, expected in chinese[:PAGES]
    ]


@pytest.fixture
def website(captured: Sequence[Captured]) -> Iterator[Website]:
    """Two units' sites on one host: one with a feed of links, one with a list page."""
    with Website() as running:
        for page in captured:
            running.answers[page.path] = Answer(body=page.body, headers={"Content-Type": "text/html"})
        in_feed, in_list = captured[::2], captured[1::2]
        entries = "".join(
            f"<item><title>{escape(page.title)}</title><link>{running.origin}{page.path}</link></item>"
            for page in in_feed
        )
        feed = f'<rss version="2.0"><channel><title>示例订阅</title>{entries}</channel></rss>'
        running.answers["/feed.xml"] = Answer(body=feed.encode(), headers=FEED_TYPE)
        links = "".join(f'<li><a href="{page.path}">{escape(page.title)}</a></li>' for page in in_list)
        running.page("/list.html", f"<html><body><ul class=news>{links}</ul></body></html>")
        yield running


@pytest.fixture
def whitelist(tmp_path: Path, website: Website) -> Path:
    """The whitelist file that the organiser signed."""

    def unit(name: str, source: str, path: str, options: dict[str, str]) -> dict[str, object]:
        channel = {
            "id": f"whole-{source}",
            "kind": "site",
            "name": f"{name}网站",
            "source": source,
            "address": f"{website.origin}{path}",
            "hosts": [website.host],
            "status": "approved",
            "licence": "示例授权 1",
        } | ({"options": options} if options else {})
        place = {"system": "科技馆之城", "district": "海淀区"}
        return {"id": f"whole-{source}-unit", "name": name, "short_name": name, **place, "channels": [channel]}

    units = [unit("示例甲馆", "feed", "/feed.xml", {}), unit("示例乙馆", "site", "/list.html", {"list": "ul.news"})]
    file = tmp_path / "whitelist.yaml"
    file.write_text(json.dumps({"version": 1, "units": units}, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    return file


@pytest.fixture
def environment(settings: Settings, website: Website) -> dict[str, str]:
    return os.environ | {
        "CARNIVAL_DATA_FOLDER": str(settings.data_folder),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps([website.host]),
        "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
    }


@pytest.fixture
def carnival(environment: dict[str, str]) -> Callable[..., str]:
    """Run the real command to its end and give what it printed."""

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "config", *arguments]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=WAIT_SECONDS * 4
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def served(environment: dict[str, str]) -> Iterator[str]:
    """The site as `carnival web` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "config", "web", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    _wait_for(f"{address}/healthz")
    yield address
    process.terminate()
    process.wait(timeout=WAIT_SECONDS)


def test_the_whole_way(
    carnival: Callable[..., str],
    whitelist: Path,
    settings: Settings,
    captured: list[Captured],
    open_page: Callable[..., Page],
    request: pytest.FixtureRequest,
) -> None:
    add_people(settings)
    carnival("units", "import", str(whitelist), "--yes", "--approve-as", NAME)
    carnival("crawl", "--once")
    site = request.getfixturevalue("served")

    assert found_by_phrase(open_page(), site, captured) == []
    approve_all(open_page(), site, count=len(captured))
    carnival("work", "--once")

    assert found_by_phrase(open_page(), site, captured) == [page.path for page in captured]


def add_people(settings: Settings) -> None:
    database = Database.open(settings.records_url)
    people.add_account(database, NAME, PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    database.close()


def approve_all(page: Page, site: str, *, count: int) -> None:
    """Sign in and approve what waits, one after the other, by key."""
    page.goto(f"{site}/sign-in")
    page.get_by_label("用户名").fill(NAME)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    for left in range(count, 0, -1):
        expect(page.locator("tr[data-row]")).to_have_count(left)
        expect(page.locator(KEYS_ARE_HEARD)).to_be_attached()
        approve_first(page)
    expect(page.get_by_text("没有待处理的内容。")).to_be_visible()


def approve_first(page: Page) -> None:
    """Show the first piece in full, approve it; asked whether it was read at this pace, say so."""
    if page.locator("tbody").first.locator("a[data-key=a]").count():
        with page.expect_navigation():
            page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("a")
    sure = page.get_by_role("button", name="已读过，通过并继续")
    if sure.count():
        sure.click()


def found_by_phrase(page: Page, site: str, captured: Sequence[Captured]) -> list[str]:
    """Return the paths of those pages that a search for their phrase leads to, with the phrase in the body shown."""
    return [one.path for one in captured if _is_found(page, site, one)]


def _is_found(page: Page, site: str, wanted: Captured) -> bool:
    page.goto(site)
    page.get_by_label("搜索内容").fill(wanted.phrase)
    with page.expect_navigation():
        page.get_by_role("button", name="搜索").click()
    hits = page.locator(".hits article a")
    if hits.count() == 0:
        return False
    hits.first.click()
    source = page.get_by_role("link", name="阅读原文").get_attribute("href") or ""
    return source.endswith(wanted.path) and _squeezed(wanted.phrase) in _squeezed(page.locator(".prose").inner_text())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_chinese(text: str) -> bool:
    return sum("\u4e00" <= char <= "\u9fff" for char in text) > CHINESE_SHARE * len(text)


def _wait_for(address: str) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=WAIT_SECONDS):  # noqa: S310 - our own loopback address
                return
        except urllib.error.URLError:
            time.sleep(LOOK_SECONDS)
    raise AssertionError(f"{address} did not answer within {WAIT_SECONDS} s")

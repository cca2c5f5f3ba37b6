"""A real Chromium before the site, which answers on a free port of loopback."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from config.settings import Settings
from config.words import Severity
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.search import step
from indexer.search.factory import open_index
from indexer.search.publish import publish
from indexer.understanding.results import Facet, Finding, Tag
from indexer.work.runner import keep_working
from tests.browser.exhibition import Exhibition, exhibition
from tests.operators import NOW, OPERATOR
from tests.serving import site_of
from web.app.factory import create_app
from web.app.limits import limiter

NAME, PASSWORD = "编辑甲", "示例口令-只用于测试"
CHROMIUM = "chromium-headless-shell"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT_MS = 10_000
TITLES = ["月球车如何过夜", "家里的节水办法", "湿地是城市的肾", "五分钟学会避险", "树叶为什么变红", "血压计的用法"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without windows; `make test` installs it.

    One a module: Playwright's event loop runs as long as it does.
    """
    path = shutil.which(CHROMIUM)
    if path is None:
        pytest.skip(f"Chromium is not installed: run `make test`, or apt-get install {CHROMIUM}")
    with sync_playwright() as playwright:
        yield from _launched(playwright, path)


def _launched(playwright: Playwright, path: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exhibition]:
    """A site with something of everything, one a module: for tests that look and change nothing."""
    with exhibition(tmp_path_factory.mktemp("exhibition")) as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own; options are Playwright's (`java_script_enabled`, `viewport` …)."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> Page:
        context = chromium.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]  # handed on as they came
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def catalogue(database: Database, make_item: Callable[..., Item], now: datetime) -> list[Item]:
    """Six items that are understood and wait; the first has findings."""
    finding = Finding(
        rule="words.cure",
        rule_version=1,
        severity=Severity.HIGH,
        where="text",
        start=0,
        end=2,
        excerpt="讲讲",
        message="疑似疗效保证",
    )
    tags = (Tag(facet=Facet.TOPIC, id="it", score=0.9), Tag(facet=Facet.DISTRICT, id="haidian", score=1.0))
    return [
        make_item(
            url=f"http://a.example/{number}.html",
            title=title,
            text=f"讲讲{title}。" * 20,
            html=f"<p>讲讲{title}。</p>" * 20,
            media=(Media(kind=MediaKind.IMAGE, url="http://a.example/picture.jpg"),),
            tags=tags,
            findings=(finding,) if number == 0 else (),
        )
        for number, title in enumerate(TITLES)
    ]


@pytest.fixture
def site(settings: Settings, database: Database, catalogue: list[Item], now: datetime) -> Iterator[str]:
    """The site's address: the last three items approved, an editor who can sign in, and search that follows."""
    index = open_index(settings)
    editor = people.add_account(database, NAME, PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    for item in catalogue[3:]:
        desk.decide(
            database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
        )
    publish(database, index, now=now)
    app = create_app(settings, database=database, index=index)
    limiter.enabled = False
    stop = threading.Event()
    work = threading.Thread(target=keep_working, args=(database, [step.make(settings, database)], stop, lambda: None))
    work.start()
    with site_of(app) as address:
        yield address
    stop.set()
    work.join()


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_folder=tmp_path_factory.mktemp("site"), site_name="示例嘉年华")


@pytest.fixture
def sign_in(site: str) -> Callable[[Page], None]:
    """Sign the editor in, on the page given."""

    def enter(page: Page) -> None:
        page.goto(f"{site}/sign-in")
        page.get_by_label("用户名").fill(NAME)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="登录").click()

    return enter

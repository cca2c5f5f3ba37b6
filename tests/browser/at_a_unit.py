"""The site as the browser of a unit's person meets it, and the step of the collector that answers them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from config.settings import Settings
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records import channels
from indexer.records.database import Database
from indexer.search.factory import open_index
from indexer.whitelist.records import Channel, Unit
from indexer.work.steps import Step
from tests.at_once import at_once
from tests.operators import NOW, OPERATOR
from tests.serving import site_of
from web.app.factory import create_app
from web.app.limits import limiter

NAME, PASSWORD = "单位甲", "示例口令-只用于测试"


@contextmanager
def unit_site(settings: Settings, database: Database, unit: Unit, *made: Channel) -> Iterator[str]:
    """Serve the site of a unit with these channels, whose person can sign in; gives its address."""
    with database.transaction() as tx:
        channels.save_unit(tx, unit)
        for channel in made:
            channels.save_channel(tx, channel)
    people.add_account(database, NAME, PASSWORD, by=OPERATOR, now=NOW, role=Role.UNIT, unit=unit.id)
    app = create_app(settings, database=database, index=open_index(settings))
    limiter.enabled = False
    with site_of(app) as address:
        yield address


def sign_in(page: Page, site: str) -> None:
    """Sign the unit's person in."""
    page.goto(f"{site}/sign-in")
    page.get_by_label("用户名").fill(NAME)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def working_off(step: Step) -> Callable[[], None]:
    """Return what lets a step do all that waits, in a thread of its own: Playwright's has an event loop that runs."""

    def work_off() -> None:
        while step.waits():
            step.do()

    return lambda: at_once(work_off)[0]

"""An editor's corrections on the page change what the next piece of the kind is tagged with."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from config.settings import Settings
from indexer.base import times
from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.records.database import Database
from indexer.understanding.learning.replay import is_held_back
from indexer.understanding.learning.step import Learn
from indexer.understanding.step import Understand

pytestmark = pytest.mark.browser

LIKE = "信鸽飞了{}公里回到家，它认路靠的是太阳和地磁。养鸽的老人讲给孩子们听，看鸽子绕三圈认方向。"
NEXT = "养鸽人把信鸽带到很远的地方放飞，它们认得回家的路，有的靠太阳，有的靠地磁。"
TOPIC = "林草科普"


@dataclass
class Work:
    """The steps of understanding and learning, as `carnival work` runs them, one correction being enough."""

    settings: Settings
    database: Database
    make_candidate: Callable[..., Candidate]

    def understood(self, title: str, text: str) -> ItemId:
        """Take in a piece and understand it, by whichever version of the tagger is live."""
        candidate = self.make_candidate(url=f"http://a.example/{title}.html", title=title, text=text)
        item = take_in(self.database, candidate, now=times.now()).item
        assert item is not None
        step = Understand(self.settings, self.database)
        while step.waits():
            step.do()
        return item

    def learn(self) -> int:
        """Train where enough was corrected."""
        settings = self.settings.model_copy(update={"tag_corrections": 1})
        step = Learn(settings, self.database)
        return step.do() if step.waits() else 0


@pytest.fixture
def work(settings: Settings, database: Database, make_candidate: Callable[..., Candidate]) -> Work:
    return Work(settings, database, make_candidate)


def test_a_correction_without_a_script_changes_the_next_like_item(
    site: str, open_page: Callable[..., Page], sign_in: Callable[[Page], None], work: Work
) -> None:
    number, corrected = 100, work.understood("信鸽回家100", LIKE.format(100))
    while is_held_back(corrected):  # those are for trying alone
        number += 1
        corrected = work.understood(f"信鸽回家{number}", LIKE.format(number))
    page = open_page(java_script_enabled=False)
    sign_in(page)
    page.goto(f"{site}/review/items/{corrected}")
    tags = page.get_by_role("region", name="标签")
    expect(tags.get_by_role("list").first).not_to_contain_text(TOPIC)

    page.get_by_text("修改标签").click()
    page.get_by_role("checkbox", name=TOPIC).check()
    page.get_by_role("button", name="保存标签").click()

    expect(page.get_by_role("status")).to_contain_text("标签已保存")
    expect(tags.get_by_role("list").first).to_contain_text(TOPIC)
    assert work.learn() == 1
    page.goto(f"{site}/review/items/{work.understood('鸽子放飞的早晨', NEXT)}")
    expect(tags.get_by_role("list").first).to_contain_text(TOPIC)

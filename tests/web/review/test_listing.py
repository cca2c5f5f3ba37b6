"""web.review.listing: what a queue address asks for, and the page that answers it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from config.words import Severity
from indexer.catalogue.items import Item
from indexer.records.database import Database
from indexer.records.review_queue import Asked
from indexer.review.records import State
from indexer.understanding.results import Facet, Finding, Tag
from web.review.listing import PAGE_SIZE, Wanted, page_of, read

IT = Tag(facet=Facet.TOPIC, id="it", score=0.9)


def finding(severity: Severity) -> Finding:
    return Finding(
        rule="r", rule_version=1, severity=severity, where="text", start=0, end=1, excerpt="月", message="示例"
    )


@pytest.fixture
def wanted(app: Flask) -> Callable[[str], Wanted]:
    def of(query: str) -> Wanted:
        with app.test_request_context(f"/review/?{query}") as context:
            return read(context.request.args)

    return of


@pytest.fixture
def titles(
    wanted: Callable[[str], Wanted], database: Database, make_item: Callable[..., Item], now: datetime
) -> Callable[[str], tuple[list[str], int]]:
    """The titles of the page asked for, of four waiting pieces, and how many there are in all."""
    make_item(url="http://a.example/1.html", title="平常", text="一")
    make_item(
        url="http://a.example/2.html", title="小声", text="二", findings=(finding(Severity.NOTE),) * 9, tags=(IT,)
    )
    make_item(url="http://a.example/3.html", title="大声", text="三", findings=(finding(Severity.HIGH),))
    make_item(url="http://a.example/4.html", title="中声", text="四", findings=(finding(Severity.LOW),), tags=(IT,))

    def of(query: str) -> tuple[list[str], int]:
        with database.reading() as tx:
            entries, total = page_of(tx, wanted(query), now=now + timedelta(hours=1))
        return [entry.version.title for entry in entries], total

    return of


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["平常", "小声", "大声", "中声"]),
        ("order=findings", ["大声", "中声", "小声", "平常"]),
        ("topic=it", ["小声", "中声"]),
        ("severity=high", ["大声"]),
        ("topic=it&severity=low&order=findings", ["中声"]),
        ("state=held", []),
        ("unit=unit-a&order=oldest", ["平常", "小声", "大声", "中声"]),
        ("unit=nobody", []),
        ("page=2", []),
    ],
)
def test_a_queue_is_filtered_and_ordered(
    titles: Callable[[str], tuple[list[str], int]], query: str, shown: list[str]
) -> None:
    found, total = titles(query)

    assert found == shown
    assert total == (4 if query == "page=2" else len(shown))


def test_unknown_values_mean_any(wanted: Callable[[str], Wanted]) -> None:
    found = wanted("state=public&severity=loud&order=random&page=-1&unit=")

    assert (found.asked, found.page, found.kept) == (Asked(), 1, {})
    assert not found.one_state


def test_what_is_opened_or_ticked_is_bounded_by_the_page(wanted: Callable[[str], Wanted]) -> None:
    many = "&".join(f"open=i{n}&chosen=i{n}" for n in range(PAGE_SIZE + 1))
    found = wanted(f"state=held&{many}")

    assert (found.asked.states, found.one_state) == ((State.HELD,), True)
    assert "i0" not in found.opened
    assert f"i{PAGE_SIZE}" not in found.chosen
    assert len(found.opened) == len(found.chosen) == PAGE_SIZE


def test_what_names_the_list_is_kept_for_the_pages_it_leads_to(wanted: Callable[[str], Wanted]) -> None:
    named = "state=held&unit=unit-a&topic=it&severity=low&order=findings"
    found = wanted(f"{named}&page=2&open=i1&chosen=i2")

    assert "&".join(f"{name}={value}" for name, value in found.kept.items()) == named

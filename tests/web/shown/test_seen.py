"""web.shown.seen: what comes out while a reader turns pages moves nothing in the list."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.review.records import Move
from web.shown import asked as module
from web.shown.asked import read
from web.shown.seen import seen_by


@pytest.fixture
def add(make_item: Callable[..., Item], move: Callable[..., None]) -> Callable[[int], str]:
    """Publish one more piece; gives its id."""

    def made(number: int) -> str:
        item = make_item(url=f"http://a.example/{number}.html", title=f"月球第{number}讲", text=f"第{number}篇")
        move(item, Move.APPROVE)
        return item.id

    return made


def local(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("query", ["q=月球", "q=月球&order=newest", ""])
def test_every_piece_is_listed_once_though_others_come_out_between_two_pages(
    client: FlaskClient, add: Callable[[int], str], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(module, "PAGE_SIZE", 2)
    monkeypatch.setattr("web.api.items.PAGE_SIZE", 2)
    made = {add(number) for number in range(5)}
    address, listed = f"/api/items?{query}", list[str]()

    for number in range(3):
        answer = client.get(address).get_json()
        listed += [one["id"] for one in answer["items"]]
        address = local(answer["next"] or "/")
        add(10 + number)

    assert sorted(listed) == sorted(made)


@pytest.mark.parametrize("query", ["q=月球", "q=月球&order=newest", "", "q=月球 轮子 望远镜"])
def test_every_piece_that_stays_is_listed_once_though_others_leave_and_come_between_two_pages(
    client: FlaskClient,
    make_item: Callable[..., Item],
    add: Callable[[int], str],
    move: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    query: str,
) -> None:
    monkeypatch.setattr(module, "PAGE_SIZE", 2)
    monkeypatch.setattr("web.api.items.PAGE_SIZE", 2)
    made = {}
    for number in range(11):
        item = make_item(url=f"http://a.example/{number}.html", title=f"月球第{number}讲", text="轮子")
        move(item, Move.APPROVE)
        made[item.id] = item
    address, listed, gone = f"/api/items?{query}", list[str](), set[str]()

    for number in range(20):
        answer = client.get(address).get_json()
        listed += [one["id"] for one in answer["items"]]
        for left in [one for one in listed[-2:] if number % 2 == 0 and one not in gone][number % 4 // 2 :]:
            move(made[ItemId(left)], Move.WITHDRAW)
            gone.add(left)
        add(100 + number)
        if answer["next"] is None:
            break
        address = local(answer["next"])

    assert sorted(listed) == sorted(made)


def test_where_nothing_left_the_last_page_leads_no_further(
    client: FlaskClient, add: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE_SIZE", 2)
    for number in range(4):
        add(number)

    further = client.get("/api/items?q=月球").get_json()["next"]

    assert "after=" in further
    assert client.get(local(further)).get_json()["next"] is None


def test_a_first_page_knows_all_that_is_public_and_a_further_one_what_its_address_says(
    app: Flask, add: Callable[[int], str]
) -> None:
    with app.test_request_context("/search?seen=1"):
        before = seen_by(read(request.args))
    add(1)
    with app.test_request_context("/search?seen=1"):
        after = seen_by(read(request.args))
    with app.test_request_context("/search?page=2&seen=1"):
        further = seen_by(read(request.args))

    assert (before < after, further) == (True, 1)

"""Deciding in the desk: the right row is written, the public sees it at once, and the next item follows."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.items import Item, Move, State
from indexer.records import decisions
from indexer.records.database import Database
from indexer.search.port import IndexDown, SearchIndex

FORM = {"version": 1, "state": "pending"}


@pytest.fixture
def item(make_item: Callable[..., Item]) -> Item:
    return make_item()


@pytest.fixture
def second(item: Item, make_item: Callable[..., Item]) -> Item:
    return make_item(url="http://a.example/2.html", title="火星车如何过夜")


def test_an_approved_item_is_public_at_once(desk_client: FlaskClient, client: FlaskClient, item: Item) -> None:
    desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"})

    assert client.get(f"/items/{item.id}").status_code == 200
    assert item.id in client.get("/search", query_string={"q": "月球车"}).text


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ({"move": "hold"}, State.HELD),
        ({"move": "reject", "reason": "含个人信息"}, State.REJECTED),
        ({"move": "reject", "words": "自己的话"}, State.REJECTED),
        ({"move": "reject"}, State.PENDING),
        ({"move": "reject", "words": "   "}, State.PENDING),
        ({"move": "withdraw", "reason": "理由"}, State.PENDING),
        ({"move": "edit"}, State.PENDING),
        ({"move": "approve", "version": 2}, State.PENDING),
        ({"move": "approve", "state": "held"}, State.PENDING),
        ({"move": "approve", "version": "x"}, State.PENDING),
    ],
)
def test_each_move_does_what_it_says_or_nothing(
    desk_client: FlaskClient, stored: Callable[..., Item], item: Item, form: dict[str, str], state: State
) -> None:
    desk_client.post(f"/review/items/{item.id}/decide", data=FORM | form)

    assert stored(item.id).state is state


def test_reason_and_words_are_kept_with_the_editor_s_name(
    desk_client: FlaskClient, database: Database, item: Item
) -> None:
    form = FORM | {"move": "reject", "reason": "含个人信息", "words": "文末有电话"}
    desk_client.post(f"/review/items/{item.id}/decide", data=form)

    with database.reading() as tx:
        decision = decisions.of_item(tx, item.id)[-1]
    assert (decision.who, decision.why) == ("编辑甲", "含个人信息：文末有电话")


def test_the_next_item_follows_with_an_offer_to_undo(desk_client: FlaskClient, item: Item, second: Item) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "hold"})

    assert answer.location == f"/review/items/{second.id}"
    assert f'action="/review/items/{item.id}/undo"' in desk_client.get(answer.location).text


@pytest.mark.parametrize(
    ("back", "location"), [("/review/?state=pending", "/review/?state=pending"), ("//x.example", "/review/")]
)
def test_a_decision_in_the_queue_stays_in_the_queue(
    desk_client: FlaskClient, item: Item, back: str, location: str
) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "hold", "back": back})

    assert answer.location == location


def test_undo_takes_the_decision_back_and_the_public_loses_sight(
    desk_client: FlaskClient, client: FlaskClient, stored: Callable[..., Item], item: Item
) -> None:
    desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"})

    answer = desk_client.post(f"/review/items/{item.id}/undo", follow_redirects=True)

    assert "已撤销，内容恢复为“待审核”" in answer.text
    assert stored(item.id).state is State.PENDING
    assert client.get(f"/items/{item.id}").status_code == 404
    assert item.id not in client.get("/search", query_string={"q": "月球车"}).text


def test_a_version_that_is_not_the_newest_is_refused_in_clear_words(
    desk_client: FlaskClient, stored: Callable[..., Item], make_item: Callable[..., Item], item: Item
) -> None:
    make_item(text="改过的正文")

    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"}, follow_redirects=True)

    assert "内容在您打开之后已有变化" in answer.text
    assert stored(item.id).state is State.PENDING


def test_a_batch_decides_what_it_can_and_names_what_it_could_not(
    desk_client: FlaskClient, stored: Callable[..., Item], item: Item, second: Item
) -> None:
    chosen = [f"{item.id}@1", f"{second.id}@7"]

    answer = desk_client.post("/review/batch", data={"move": "approve", "chosen": chosen}, follow_redirects=True)

    assert "已处理 1 条" in answer.text
    assert "1 条未处理：内容在您打开之后已有变化" in answer.text
    assert (stored(item.id).state, stored(second.id).state) == (State.APPROVED, State.PENDING)


@pytest.mark.parametrize("chosen", [[], ["nonsense"], ["@1"]])
def test_a_batch_of_nothing_decides_nothing(desk_client: FlaskClient, item: Item, chosen: list[str]) -> None:
    answer = desk_client.post("/review/batch", data={"move": "approve", "chosen": chosen}, follow_redirects=True)

    assert "没有选中内容" in answer.text


def test_a_resting_index_delays_search_and_loses_no_decision(
    desk_client: FlaskClient,
    stored: Callable[..., Item],
    item: Item,
    index: SearchIndex,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def put(_entries: object) -> None:
        raise IndexDown("busy")

    monkeypatch.setattr(index, "put", put)

    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"}, follow_redirects=True)

    assert "搜索服务暂时不可用，恢复后自动更新" in answer.text
    assert stored(item.id).state is State.APPROVED


def test_the_log_shows_who_decided_what_and_why(
    desk_client: FlaskClient, move: Callable[..., None], item: Item
) -> None:
    move(item, Move.REJECT)

    page = desk_client.get("/review/log").text

    assert "示例理由" in page
    assert "月球车如何过夜" in page

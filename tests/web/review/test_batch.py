"""Deciding on many items as one: asked, done, reported, shown and undone as one."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import decisions
from indexer.records.database import Database
from indexer.review.records import Decision, Move, State
from web.app.forms import BATCH_MOVES
from web.review.batch import batch

BATCH = "/review/batch"
LONG = "很长的正文，要打开才读得到。" * 100


@pytest.fixture
def colleague(make_user: Callable[..., User]) -> User:
    return make_user("编辑乙")


@pytest.fixture
def three(make_item: Callable[..., Item]) -> list[Item]:
    return [make_item(url=f"http://a.example/{name}.html", title=f"第{name}条") for name in "甲乙丙"]


@pytest.fixture
def states(stored: Callable[..., Item], three: list[Item]) -> Callable[[], list[State]]:
    return lambda: [stored(item.id).state for item in three]


def picks(items: list[Item], *, state: str = "pending") -> list[str]:
    return [f"{item.id}@1@{state}" for item in items]


def form(items: list[Item], move: str = "approve", **more: object) -> dict[str, object]:
    return {"move": move, "chosen": picks(items), "back": "/review/?unit=unit-a"} | more


def confirmed(items: list[Item], move: str = "approve", **more: object) -> dict[str, object]:
    return form(items, move, confirmed=len(items), **more)


def batch_of(answer: TestResponse) -> str:
    found = re.search(r'name="batch" value="([^"]+)"', answer.text)
    assert found is not None
    return found[1]


def test_a_batch_says_how_many_and_which_before_it_acts(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]]
) -> None:
    answer = desk_client.post(BATCH, data=form(three))

    assert answer.status_code == 200
    assert answer.text.count("通过 3 条") == 2
    assert [title for title in ("第甲条", "第乙条", "第丙条") if title not in answer.text] == []
    assert states() == [State.PENDING] * 3


def test_what_the_question_sends_back_is_done(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]]
) -> None:
    question = desk_client.post(BATCH, data=form(three, "reject")).text
    sent = {name: re.findall(rf'name="{name}" value="([^"]*)"', question) for name in ("chosen", "confirmed", "back")}

    answer = desk_client.post(BATCH, data={"move": "reject", "words": "重复"} | sent)

    assert answer.location == "/review/?unit=unit-a"
    assert "已处理 3 条" in desk_client.get(answer.location).text
    assert states() == [State.REJECTED] * 3


@pytest.mark.parametrize("is_confirmed", [False, True])
@pytest.mark.parametrize(
    ("moves", "words"), [([Move.REJECT], "退回"), ([Move.HOLD], "暂缓"), ([Move.APPROVE, Move.WITHDRAW], "撤下")]
)
def test_a_stale_pick_stays_as_a_colleague_left_it_and_is_named(
    desk_client: FlaskClient,
    three: list[Item],
    states: Callable[[], list[State]],
    move: Callable[..., Decision],
    colleague: User,
    moves: list[Move],
    words: str,
    is_confirmed: bool,
) -> None:
    left = [move(three[0], one, who=colleague).after for one in moves][-1]

    answer = desk_client.post(BATCH, data=confirmed(three) if is_confirmed else form(three))

    assert answer.status_code == 409
    assert ">第甲条</a>" in answer.text
    assert f"编辑乙：{words}，2026-09-17 10:00 · 示例理由" in answer.text
    assert answer.text.count('role="status"') == 1
    assert states() == [left, *[State.APPROVED if is_confirmed else State.PENDING] * 2]


def test_an_edit_at_the_source_is_named(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]], make_item: Callable[..., Item]
) -> None:
    make_item(url="http://a.example/甲.html", title="第甲条", text="改过的正文")

    answer = desk_client.post(BATCH, data=confirmed(three[:1]))

    assert answer.status_code == 409
    assert "来源更新，2026-09-17 10:00" in answer.text
    assert states()[0] is State.PENDING


def test_of_a_stale_batch_what_still_applies_is_kept_with_what_was_typed(
    desk_client: FlaskClient, three: list[Item], move: Callable[..., Decision], colleague: User
) -> None:
    move(three[0], Move.HOLD, who=colleague)

    answer = desk_client.post(BATCH, data=form(three, "reject", reason="与科普无关", words="三条一样"))

    assert answer.status_code == 409
    assert re.findall(r'name="chosen" value="([^"]+)"', answer.text) == picks(three[1:])
    assert "退回 2 条" in answer.text
    assert "三条一样</textarea>" in answer.text
    assert "<option selected>与科普无关</option>" in answer.text


@pytest.mark.parametrize("move", ["hold", "reject"])
@pytest.mark.parametrize("words", ["", " ", "\u200b\u3164"])
def test_a_batch_needs_a_reason_as_one_move_does(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]], move: str, words: str
) -> None:
    answer = desk_client.post(BATCH, data=confirmed(three, move, words=words))

    assert answer.status_code == 409
    assert re.findall(r'name="chosen" value="([^"]+)"', answer.text) == picks(three)
    assert states() == [State.PENDING] * 3


def test_a_batch_of_another_size_than_was_asked_about_is_asked_about_again(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]]
) -> None:
    answer = desk_client.post(BATCH, data=form(three, confirmed=2))

    assert "通过 3 条" in answer.text
    assert states() == [State.PENDING] * 3


@pytest.mark.parametrize(
    "pick", ["nonsense", "@1", "{id}", "{id}@1", "{id}@1@", "{id}@1@any", "{id}@0@pending", "{id}@x@pending"]
)
def test_a_pick_that_does_not_say_what_was_seen_stops_the_whole_batch(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]], pick: str
) -> None:
    chosen = [*picks(three[1:]), pick.format(id=three[0].id)]

    answer = desk_client.post(BATCH, data={"move": "approve", "chosen": chosen, "confirmed": 3})

    assert answer.status_code == 400
    assert states() == [State.PENDING] * 3


def test_a_batch_of_nothing_says_so(desk_client: FlaskClient, three: list[Item]) -> None:
    answer = desk_client.post(BATCH, data={"move": "approve"})

    assert answer.status_code == 400
    assert "没有选中内容" in answer.text


def test_a_batch_approves_only_what_the_list_showed_in_full(
    desk_client: FlaskClient, make_item: Callable[..., Item], stored: Callable[..., Item]
) -> None:
    unread, read = (make_item(url=f"http://a.example/{n}.html", title=f"长文{n}", text=LONG) for n in (1, 2))

    answer = desk_client.post(BATCH, data=confirmed([unread, read], shown=[f"{read.id}@1"]))

    assert answer.status_code == 409
    assert "列表里没有显示全文" in answer.text
    assert (stored(unread.id).state, stored(read.id).state) == (State.PENDING, State.APPROVED)


def test_a_batch_is_one_entry_of_the_log(desk_client: FlaskClient, three: list[Item]) -> None:
    desk_client.post(BATCH, data=confirmed(three, "reject", words="三条一样"))

    page = desk_client.get("/review/log").text

    assert page.count("三条一样") == 1
    assert "批量处理 3 条" in page
    assert [title for title in ("第甲条", "第乙条", "第丙条") if page.count(title) != 1] == []


def test_a_batch_is_undone_as_one(
    desk_client: FlaskClient, three: list[Item], states: Callable[[], list[State]], database: Database
) -> None:
    done = desk_client.post(BATCH, data=confirmed(three), follow_redirects=True)

    answer = desk_client.post("/review/batch/undo", data={"batch": batch_of(done)}, follow_redirects=True)

    assert "已撤销 3 条" in answer.text
    assert states() == [State.PENDING] * 3
    with database.reading() as tx:
        assert len(decisions.recent_entries(tx, limit=9)) == 2


def test_of_an_undone_batch_what_was_moved_meanwhile_is_named(
    desk_client: FlaskClient,
    three: list[Item],
    states: Callable[[], list[State]],
    move: Callable[..., Decision],
    colleague: User,
) -> None:
    done = desk_client.post(BATCH, data=confirmed(three), follow_redirects=True)
    move(three[1], Move.WITHDRAW, who=colleague)

    answer = desk_client.post("/review/batch/undo", data={"batch": batch_of(done)})

    assert answer.status_code == 409
    assert "已撤销 2 条" in answer.text
    assert "编辑乙：撤下，" in answer.text
    assert states() == [State.PENDING, State.WITHDRAWN, State.PENDING]


@pytest.mark.parametrize(("sent", "code"), [({}, 400), ({"batch": ""}, 400), ({"batch": "unknown"}, 409)])
def test_an_undo_of_no_batch_is_refused(desk_client: FlaskClient, sent: dict[str, str], code: int) -> None:
    assert desk_client.post("/review/batch/undo", data=sent).status_code == code


def test_the_way_back_from_the_question_keeps_the_ticks(desk_client: FlaskClient, three: list[Item]) -> None:
    question = desk_client.post(BATCH, data=form(three[:2])).text
    back = re.search(r'href="(/review/\?unit=unit-a&amp;[^"]+)"', question)
    assert back is not None

    page = desk_client.get(back[1].replace("&amp;", "&")).text

    assert page.count('data-key="x" checked') == 2


def test_a_batch_offers_what_waits_can_become_and_takes_no_link(desk_client: FlaskClient) -> None:
    assert BATCH_MOVES == [Move.APPROVE, Move.HOLD, Move.REJECT]
    assert desk_client.get(BATCH).status_code == 405
    assert desk_client.application.view_functions["review.batch"] is batch

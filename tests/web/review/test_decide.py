"""Deciding in the desk: the right row is written, the public sees it at once, and the next item follows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import decisions, outbox
from indexer.records.database import Database
from indexer.review.pace import QUIET
from indexer.review.records import Decision, Move, State
from indexer.search.port import SearchIndex
from web.review.decide import SURE

FORM = {"version": 1, "state": "pending"}
HOLD = {"move": "hold", "words": "等单位回复"}


@pytest.fixture
def item(make_item: Callable[..., Item]) -> Item:
    return make_item()


@pytest.fixture
def second(item: Item, make_item: Callable[..., Item]) -> Item:
    return make_item(url="http://a.example/2.html", title="火星车如何过夜")


def test_an_approved_item_is_public_at_once_and_found_as_soon_as_the_outbox_is_worked_off(
    desk_client: FlaskClient, client: FlaskClient, item: Item, work_off: Callable[[], None]
) -> None:
    desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"})

    assert client.get(f"/items/{item.id}").status_code == 200
    work_off()
    assert item.id in client.get("/search", query_string={"q": "月球车"}).text


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ({"move": "hold", "words": "等单位回复"}, State.HELD),
        ({"move": "hold"}, State.PENDING),
        ({"move": "hold", "reason": "\u200b", "words": "\u3164 \u2060"}, State.PENDING),
        ({"move": "reject", "reason": "含个人信息"}, State.REJECTED),
        ({"move": "reject", "words": "自己的话"}, State.REJECTED),
        ({"move": "reject"}, State.PENDING),
        ({"move": "reject", "words": "   "}, State.PENDING),
        ({"move": "withdraw", "reason": "理由"}, State.PENDING),
        ({"move": "edit"}, State.PENDING),
        ({"move": "approve", "version": 2}, State.PENDING),
        ({"move": "approve", "state": "held"}, State.PENDING),
        ({"move": "approve", "version": "x"}, State.PENDING),
        ({"move": "approve", "state": ""}, State.PENDING),
        ({"move": "approve", "state": "any"}, State.PENDING),
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
    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | HOLD)

    assert answer.location == f"/review/items/{second.id}"
    assert f'action="/review/items/{item.id}/undo"' in desk_client.get(answer.location).text


def test_an_outcome_is_announced_once_in_one_region_and_the_next_piece_has_the_focus(
    desk_client: FlaskClient, item: Item, second: Item
) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | HOLD)

    first, again = desk_client.get(answer.location).text, desk_client.get(answer.location).text

    assert first.count('role="status"') == 1
    assert first.index('role="status"') < first.index("刚才的决定：暂缓《月球车如何过夜》")
    assert '<h1 tabindex="-1" autofocus>' in first
    assert 'role="status"' not in again
    assert "autofocus" not in again
    assert "刚才的决定：暂缓《月球车如何过夜》" in again


def test_an_outcome_in_english_marks_the_chinese_title(desk_client: FlaskClient, item: Item, second: Item) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/decide?lang=en", data=FORM | HOLD)

    assert 'hold “<span lang="zh-CN">月球车如何过夜</span>”' in desk_client.get(answer.location).text


@pytest.mark.parametrize(
    ("back", "location"), [("/review/?state=pending", "/review/?state=pending"), ("//x.example", "/review/")]
)
def test_a_decision_in_the_queue_stays_in_the_queue(
    desk_client: FlaskClient, item: Item, back: str, location: str
) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | HOLD | {"back": back})

    assert answer.location == location


def test_undo_takes_the_decision_back_and_the_public_loses_sight(
    desk_client: FlaskClient, client: FlaskClient, database: Database, stored: Callable[..., Item], item: Item
) -> None:
    desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"})

    with database.reading() as tx:
        [made] = decisions.of_item(tx, item.id)

    answer = desk_client.post(f"/review/items/{item.id}/undo", data={"decision": made.id}, follow_redirects=True)

    assert "已撤销，内容恢复为“待审核”" in answer.text
    assert stored(item.id).state is State.PENDING
    assert client.get(f"/items/{item.id}").status_code == 404
    assert item.id not in client.get("/search", query_string={"q": "月球车"}).text


def test_a_version_that_is_not_the_newest_is_refused_in_clear_words(
    desk_client: FlaskClient, stored: Callable[..., Item], make_item: Callable[..., Item], item: Item
) -> None:
    make_item(text="改过的正文")

    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"})

    assert answer.status_code == 409
    assert "内容在您打开之后已有变化" in answer.text
    assert "来源更新，2026-09-17 10:00" in answer.text
    assert stored(item.id).state is State.PENDING


def test_a_refused_move_says_who_did_what_and_keeps_what_was_typed(
    desk_client: FlaskClient, move: Callable[..., Decision], make_user: Callable[..., User], item: Item
) -> None:
    move(item, Move.HOLD, who=make_user("编辑乙"))
    form = FORM | {"move": "reject", "reason": "含个人信息", "words": "文末有<电话>", "back": "/review/?unit=unit-a"}

    answer = desk_client.post(f"/review/items/{item.id}/decide", data=form)

    assert answer.status_code == 409
    assert "编辑乙：暂缓，2026-09-17 10:00 · 示例理由" in answer.text
    assert "文末有&lt;电话&gt;</textarea>" in answer.text
    assert "<option selected>含个人信息</option>" in answer.text
    assert 'name="state" value="held"' in answer.text
    assert 'name="back" value="/review/?unit=unit-a"' in answer.text
    assert answer.text.count('role="status"') == 1


@pytest.mark.parametrize(
    "odd", [{"state": ""}, {"state": "any"}, {"version": ""}, {"version": "0"}, {"move": "edit"}, {"move": ""}]
)
def test_a_form_that_does_not_say_what_was_seen_is_refused_with_what_was_typed(
    desk_client: FlaskClient, stored: Callable[..., Item], item: Item, odd: dict[str, str]
) -> None:
    form = FORM | {"move": "hold", "words": "等单位回复"} | odd

    answer = desk_client.post(f"/review/items/{item.id}/decide", data=form)

    assert answer.status_code == 400
    assert "等单位回复</textarea>" in answer.text
    assert stored(item.id).state is State.PENDING


def test_a_missing_reason_is_asked_for_where_it_is_written(
    desk_client: FlaskClient, stored: Callable[..., Item], item: Item
) -> None:
    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "hold"})

    assert answer.status_code == 409
    assert "data-reason autofocus" in answer.text
    assert stored(item.id).state is State.PENDING


def test_an_undo_takes_back_nothing_but_the_decision_it_names(
    desk_client: FlaskClient,
    stored: Callable[..., Item],
    move: Callable[..., Decision],
    make_user: Callable[..., User],
    item: Item,
) -> None:
    own = move(item, Move.HOLD)
    move(item, Move.APPROVE, who=make_user("编辑乙"))

    named = desk_client.post(f"/review/items/{item.id}/undo", data={"decision": own.id})
    unnamed = desk_client.post(f"/review/items/{item.id}/undo")

    assert (named.status_code, unnamed.status_code) == (409, 400)
    assert "编辑乙：通过，2026-09-17 10:00" in named.text
    assert stored(item.id).state is State.APPROVED


LONG = "很长的正文，要打开才读得到。" * 100


def test_the_list_approves_only_what_it_showed_in_full(
    desk_client: FlaskClient, stored: Callable[..., Item], make_item: Callable[..., Item]
) -> None:
    item = make_item(url="http://a.example/long.html", text=LONG)
    form = FORM | {"move": "approve", "back": "/review/"}

    blind = desk_client.post(f"/review/items/{item.id}/decide", data=form)
    left = stored(item.id).state
    opened = desk_client.post(f"/review/items/{item.id}/decide", data=form | {"shown": "1"})

    assert (blind.status_code, left) == (409, State.PENDING)
    assert "列表里没有显示全文" in blind.text
    assert (opened.status_code, stored(item.id).state) == (302, State.APPROVED)


def test_faster_than_anyone_reads_is_asked_once(
    desk_client: FlaskClient, stored: Callable[..., Item], make_item: Callable[..., Item]
) -> None:
    made = [make_item(url=f"http://a.example/{number}.html", text=LONG) for number in range(6)]

    def approve(item: Item, **more: str) -> str:
        answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"} | more)
        return answer.text if answer.status_code == 200 else answer.location

    answers = [approve(item) for item in made[:3]]
    asked = stored(made[2].id).state
    after = [approve(made[2], sure="1"), *(approve(item) for item in made[3:])]

    assert "秒之内通过 3 条，快于任何人的阅读速度" in answers[2]
    assert asked is State.PENDING
    assert [answer.startswith("/review/") for answer in after] == [True] * 4
    assert [stored(item.id).state for item in made] == [State.APPROVED] * 6


def test_who_was_sure_is_asked_again_after_a_while(
    desk_client: FlaskClient, stored: Callable[..., Item], make_item: Callable[..., Item]
) -> None:
    made = [make_item(url=f"http://a.example/{number}.html", text=LONG) for number in range(4)]

    def approve(item: Item, **more: str) -> int:
        form = FORM | {"move": "approve"} | more
        return desk_client.post(f"/review/items/{item.id}/decide", data=form).status_code

    answers = [approve(made[0]), approve(made[1]), approve(made[2], sure="1")]
    with desk_client.session_transaction() as kept:
        kept[SURE] = (times.now() - QUIET).isoformat()
    answers.append(approve(made[3]))

    assert answers == [302, 302, 302, 200]
    assert stored(made[3].id).state is State.PENDING


@pytest.mark.parametrize(("waited", "is_said"), [(timedelta(0), False), (timedelta(seconds=30), True)])
def test_where_search_does_not_follow_the_editor_is_told_and_no_decision_is_lost(
    desk_client: FlaskClient,
    stored: Callable[..., Item],
    database: Database,
    item: Item,
    second: Item,
    waited: timedelta,
    is_said: bool,
) -> None:
    with database.transaction() as tx:
        outbox.add(tx, [second.id], at=times.now() - waited)

    answer = desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"}, follow_redirects=True)

    assert ("搜索服务暂时不可用，恢复后自动更新" in answer.text) == is_said
    assert stored(item.id).state is State.APPROVED


def test_a_decision_writes_the_outbox_and_leaves_the_index_to_the_worker(
    desk_client: FlaskClient, database: Database, index: SearchIndex, item: Item
) -> None:
    desk_client.post(f"/review/items/{item.id}/decide", data=FORM | {"move": "approve"})

    with database.reading() as tx:
        assert [waiting for _, waiting in outbox.waiting(tx, limit=5)] == [item.id]
    assert index.held() == {}


def test_the_log_shows_who_decided_what_and_why(
    desk_client: FlaskClient, move: Callable[..., None], item: Item
) -> None:
    move(item, Move.REJECT)

    page = desk_client.get("/review/log").text

    assert "示例理由" in page
    assert "月球车如何过夜" in page


@pytest.mark.parametrize("version", ["9" * 400, "9" * 5000, "-1", "0", "1.5", "1e3", "²", "99999999999"])
def test_a_version_that_no_item_can_have_decides_nothing(
    desk_client: FlaskClient, make_item: Callable[..., Item], stored: Callable[[ItemId], Item], version: str
) -> None:
    item = make_item()

    answer = desk_client.post(
        f"/review/items/{item.id}/decide", data={"version": version, "state": "pending", "move": "approve"}
    )

    assert answer.status_code == 400
    assert stored(item.id).state is State.PENDING

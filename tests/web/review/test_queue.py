"""The queue and the item beside its checks."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from config.words import Severity
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import PictureRefusal
from indexer.records import understood
from indexer.records.database import Database
from indexer.review.records import Decision, Move, State
from indexer.understanding.results import Facet, Finding, Tag
from tests.web.kept import keep, picture
from web.review.queue import OPEN_ENDS, open_ends

FINDING = Finding(
    rule="words.cure",
    rule_version=3,
    severity=Severity.HIGH,
    where="text",
    start=3,
    end=5,
    excerpt="夜晚",
    message="疑似疗效保证",
)


@pytest.fixture(autouse=True)
def _items(make_item: Callable[..., Item], move: Callable[..., None]) -> None:
    make_item(url="http://a.example/1.html", title="没有问题的", text="平静的湖")
    make_item(
        url="http://a.example/2.html",
        title="有问题的",
        findings=(FINDING,),
        tags=(Tag(facet=Facet.TOPIC, id="health", score=0.8),),
    )
    move(make_item(url="http://a.example/3.html", title="已经暂缓的"), Move.HOLD)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["没有问题的", "有问题的"], ["已经暂缓的"]),
        ("state=held", ["已经暂缓的"], ["没有问题的"]),
        ("severity=high", ["有问题的"], ["没有问题的"]),
        ("topic=health", ["有问题的"], ["没有问题的"]),
        ("unit=unit-b", [], ["没有问题的", "已经暂缓的"]),
    ],
)
def test_the_queue_is_filtered(desk_client: FlaskClient, query: str, shown: list[str], hidden: list[str]) -> None:
    page = desk_client.get(f"/review/?{query}").text

    assert [title for title in shown if f">{title}</a>" not in page] == []
    assert [title for title in hidden if f">{title}</a>" in page] == []


@pytest.mark.parametrize(
    ("order", "first", "last"), [("oldest", "没有问题的", "有问题的"), ("findings", "有问题的", "没有问题的")]
)
def test_the_queue_is_ordered_by_age_or_by_findings(
    desk_client: FlaskClient, order: str, first: str, last: str
) -> None:
    page = desk_client.get(f"/review/?order={order}").text

    assert page.index(f">{first}</a>") < page.index(f">{last}</a>")


def test_an_item_stands_beside_its_findings_with_their_place_marked(
    desk_client: FlaskClient, make_item: Callable[..., Item]
) -> None:
    item = make_item(url="http://a.example/2.html", title="有问题的", findings=(FINDING,))

    page = desk_client.get(f"/review/items/{item.id}").text

    assert '月球的<mark id="found-text-3">夜晚</mark>长达' in page
    assert "疑似疗效保证" in page
    assert "words.cure · v3" in page


def test_an_edit_at_the_source_is_shown_as_what_changed(
    desk_client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    item = make_item(url="http://a.example/4.html", text="第一句。旧的一句。第三句。")
    move(item, Move.APPROVE)
    make_item(url="http://a.example/4.html", text="第一句。新的一句。第三句。")

    page = desk_client.get(f"/review/items/{item.id}").text

    assert "<del>− 旧的一句。</del>" in page
    assert "<ins>+ 新的一句。</ins>" in page
    assert "当前公开：第 1 版" in page


def test_who_is_on_an_item_is_shown_to_the_others(
    browse: Callable[..., FlaskClient],
    desk_client: FlaskClient,
    make_user: Callable[..., object],
    make_item: Callable[..., Item],
) -> None:
    item = make_item(url="http://a.example/1.html", title="没有问题的", text="平静的湖")
    desk_client.get(f"/review/items/{item.id}")

    other = browse(make_user("编辑丙"))
    assert "编辑甲 正在处理" in other.get(f"/review/items/{item.id}").text
    assert '<span lang="zh-CN">编辑甲</span> is on it' in other.get(f"/review/items/{item.id}?lang=en").text


LONG = "很长的正文，要打开才读得到。" * 100


def test_a_short_piece_stands_in_the_list_in_full_and_a_long_one_is_opened_there(
    desk_client: FlaskClient, make_item: Callable[..., Item]
) -> None:
    item = make_item(url="http://a.example/long.html", title="长文", text=LONG + "结尾", findings=(FINDING,))

    shut = desk_client.get("/review/?order=findings").text
    opened = desk_client.get(f"/review/?order=findings&open={item.id}").text

    assert "平静的湖" in shut
    assert "结尾" not in shut
    assert f'form="d{item.id}"' not in shut
    assert f'href="/review/?order=findings&amp;open={item.id}#read-{item.id}" data-key="a"' in shut
    assert "结尾" in opened
    assert opened.index("结尾") < opened.index(f'form="d{item.id}"')
    assert f'name="shown" value="{item.id}@1"' in opened


def test_a_piece_with_pictures_is_not_in_view_until_they_are(
    desk_client: FlaskClient, make_item: Callable[..., Item], settings: Settings, database: Database, now: datetime
) -> None:
    medium = Media(kind=MediaKind.IMAGE, url="http://a.example/a.jpg")
    item = make_item(url="http://a.example/picture.html", title="图文", text="短", media=(medium,))
    keep(settings, database, item.id, {0: picture()}, now=now)

    assert f'form="d{item.id}"' not in desk_client.get("/review/").text
    assert f'src="/media/{picture().hash}' in desk_client.get(f"/review/?open={item.id}").text


def test_the_editor_sees_our_copies_of_the_pictures_and_why_one_is_not_there(
    desk_client: FlaskClient, make_item: Callable[..., Item], settings: Settings, database: Database, now: datetime
) -> None:
    urls = ["http://a.example/a.jpg", "http://a.example/b.jpg?x=1&y=2"]
    media = tuple(Media(kind=MediaKind.IMAGE, url=url) for url in urls)
    item = make_item(url="http://a.example/picture.html", media=media)
    keep(settings, database, item.id, {0: picture(), 1: PictureRefusal.GONE}, now=now)

    page = desk_client.get(f"/review/items/{item.id}").text

    assert f'src="/media/{picture().hash}' in page
    assert 'src="http' not in page
    assert "来源已删除这张图片" in page


def test_the_end_of_the_queue_says_what_is_still_held(
    desk_client: FlaskClient, database: Database, move: Callable[..., Decision]
) -> None:
    with database.reading() as tx:
        waiting = [item for item, _ in understood.all_latest(tx, after=None, limit=9) if item.state is State.PENDING]
    for item in waiting:
        move(item, Move.REJECT)

    page = desk_client.get("/review/").text

    assert "本列表已处理完。尚待处理的还有：" in page
    assert '<a class="chip" href="/review/?state=held">暂缓 1</a>' in page
    assert "没有待处理的内容" not in page


def test_an_empty_filter_leads_to_what_waits(desk_client: FlaskClient) -> None:
    page = desk_client.get("/review/?unit=unit-b").text

    assert '<a class="chip" href="/review/?state=pending">待审核 2</a>' in page


@pytest.mark.parametrize(("keys", "is_shown"), [("on", True), ("off", False)])
def test_single_keys_are_a_choice_that_is_kept(desk_client: FlaskClient, keys: str, is_shown: bool) -> None:
    desk_client.get(f"/review/?keys={keys}")

    page = desk_client.get("/review/").text

    assert f'data-keys="{keys}"' in page
    assert ("<kbd>" in page) is is_shown


def test_an_editor_is_told_what_was_left_out_of_a_long_text(
    desk_client: FlaskClient, make_item: Callable[..., Item]
) -> None:
    long = make_item(url="http://a.example/long.html", text="月" * 200_123)
    short = make_item(url="http://a.example/short.html", text="月球")

    assert "其后 123 个字符没有收入" in desk_client.get(f"/review/items/{long.id}").text
    assert "没有收入" not in desk_client.get(f"/review/items/{short.id}").text


def test_every_state_in_which_something_is_left_to_decide_is_an_open_end() -> None:
    counts = dict.fromkeys(State, 0) | {State.HELD: 2, State.APPROVED: 5}

    assert open_ends(counts) == [(State.HELD, 2)]
    assert [state for state, _ in open_ends(dict.fromkeys(State, 1))] == list(OPEN_ENDS)

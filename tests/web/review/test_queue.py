"""The queue and the item beside its checks."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.items import Facet, Finding, Item, Move, Severity, Tag

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

    assert "月球的<mark>夜晚</mark>长达" in page
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

    assert "编辑甲 正在处理" in browse(make_user("编辑丙")).get(f"/review/items/{item.id}").text


def test_an_editor_is_told_what_was_left_out_of_a_long_text(
    desk_client: FlaskClient, make_item: Callable[..., Item]
) -> None:
    long = make_item(url="http://a.example/long.html", text="月" * 200_123)
    short = make_item(url="http://a.example/short.html", text="月球")

    assert "其后 123 个字符没有收入" in desk_client.get(f"/review/items/{long.id}").text
    assert "没有收入" not in desk_client.get(f"/review/items/{short.id}").text

"""What is one piece, ruled on the item's page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.base.changes import OF_PIECES
from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import clusters, ledger, likenesses
from indexer.records.database import Database
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pairs import Pair
from web.review import joining

Stored = Callable[[ItemId], Item]


@pytest.fixture
def two(make_item: Callable[..., Item]) -> tuple[ItemId, ItemId]:
    first, second = (make_item(url=f"http://a.example/{number}.html").id for number in range(2))
    return first, second


def test_an_excerpt_is_told_to_be_the_same_piece_and_taken_out_again(
    desk_client: FlaskClient, database: Database, two: tuple[ItemId, ItemId], stored: Stored
) -> None:
    first, second = two
    with database.transaction() as tx:
        told = {"relation": Relation.PART, "layer": Layer.RUNS, "share": 1.0, "other_share": 0.3, "passage": "月球车"}
        likenesses.add(tx, [Pair(item=second, other=first, **told)])  # type: ignore[arg-type]  # of the test
    page = f"/review/items/{second}"
    assert "是同一篇" in desk_client.get(page).text

    answer = desk_client.post(f"{page}/piece", data={"other": first, "ruling": "join"}, follow_redirects=True)

    assert answer.status_code == 200
    assert "已记录：两条内容是同一篇。" in answer.text
    assert stored(second).cluster == stored(first).cluster
    assert "这是另一篇：移出" in answer.text

    answer = desk_client.post(f"{page}/piece", data={"other": first, "ruling": "part"}, follow_redirects=True)

    assert "已记录：这是单独的一篇。" in answer.text
    assert stored(second).cluster != stored(first).cluster
    with database.reading() as tx:
        assert len(ledger.recent(tx, OF_PIECES, limit=5)) == 2


def test_what_left_the_cluster_meanwhile_is_refused_and_said(
    desk_client: FlaskClient, database: Database, two: tuple[ItemId, ItemId], stored: Stored
) -> None:
    first, second = two
    with database.transaction() as tx:
        clusters.move(tx, first, ClusterId("another"))
    before = stored(second).cluster

    answer = desk_client.post(f"/review/items/{second}/piece", data={"other": first, "ruling": "part"})

    assert answer.status_code == 409
    assert "已不是页面显示时的样子" in answer.text
    assert stored(second).cluster == before


@pytest.mark.parametrize("form", [{}, {"other": "x"}, {"ruling": "join"}, {"other": "x", "ruling": "burn"}])
def test_a_form_that_is_not_whole_changes_nothing(
    desk_client: FlaskClient, two: tuple[ItemId, ItemId], form: dict[str, str]
) -> None:
    assert desk_client.post(f"/review/items/{two[0]}/piece", data=form).status_code == 400


def test_of_an_item_that_is_gone_nothing_is_ruled(desk_client: FlaskClient, two: tuple[ItemId, ItemId]) -> None:
    assert desk_client.post("/review/items/gone/piece", data={"other": two[0], "ruling": "join"}).status_code == 404


def test_an_administrator_reads_who_ruled_what(
    desk_client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    two: tuple[ItemId, ItemId],
) -> None:
    desk_client.post(f"/review/items/{two[0]}/piece", data={"other": two[1], "ruling": "join"})

    listed = browse(make_user("管理员", role=Role.ADMIN)).get("/review/log?kind=pieces").text

    assert "认定为同一篇" in listed
    assert f"/review/items/{two[0]}" in listed


def test_its_address_leads_here(client: FlaskClient) -> None:
    assert client.application.view_functions["review.piece"] is joining.rule

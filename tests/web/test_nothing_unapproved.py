"""Items in every state, every public address: what no editor approved is reachable nowhere."""

from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.people.rights import Right
from indexer.records import items
from indexer.records.database import Database
from indexer.review.records import Move, State
from indexer.search.port import SearchIndex
from tests.facets import entry
from web.app.access import NEEDED

SECRET = "尚未公开的密语"
SHOWN = "人人可读的明语"
QUERIES = [
    "",
    "?q=" + quote("月球"),
    "?q=" + quote(SHOWN),
    "?order=newest&page=1",
    "?topic=it&kind=article&unit=unit-a&district=haidian",
    "?name=" + quote("示例"),
    "?lang=en",
    "?type=large",
]


@pytest.fixture
def everything(
    database: Database,
    index: SearchIndex,
    make_item: Callable[..., Item],
    move: Callable[..., None],
    stored: Callable[..., Item],
) -> dict[State, Item]:
    """One item in every state; all but the approved version hold the secret, in title, text, html, author, media."""

    def make(name: str, word: str, address: str | None = None) -> Item:
        return make_item(
            url=address or f"http://a.example/{name}.html",
            title=f"月球车{word}{name}",
            text=f"月球的夜晚{word}{name}",
            html=f"<p>月球的夜晚{word}{name}</p>",
            author=f"{word}{name}",
        )

    made = {state: make(state, SHOWN if state in (State.APPROVED, State.CHANGED) else SECRET) for state in State}
    move(made[State.APPROVED], Move.APPROVE)
    move(made[State.HELD], Move.HOLD)
    move(made[State.REJECTED], Move.REJECT)
    move(made[State.WITHDRAWN], Move.APPROVE)
    move(made[State.WITHDRAWN], Move.WITHDRAW)
    move(made[State.CHANGED], Move.APPROVE)
    make(State.CHANGED, SECRET)
    return {state: stored(item.id) for state, item in made.items()}


@pytest.fixture
def lagging(database: Database, index: SearchIndex, everything: dict[State, Item], now: datetime) -> None:
    """An index that still holds, wrongly, the newest version of every item."""
    with database.reading() as tx:
        newest = [items.version(tx, item.id, item.latest) for item in everything.values()]
    index.put(
        [
            entry(
                item=item.id,
                version=version.number,
                title=version.title,
                text=version.text,
                unit=item.unit,
                unit_name="示例馆",
                kind=item.kind,
                cluster=item.cluster,
                published=now,
                topics=("it",),
                districts=("haidian",),
            )
            for item, version in zip(everything.values(), newest, strict=True)
            if version is not None
        ]
    )


def addresses(app: Flask, everything: dict[State, Item], *, right: Right | None = None) -> Iterator[str]:
    """Every address that answers GET, with every item and unit put in, bare and with every query."""
    known: dict[str, list[str]] = {
        "item": [item.id for item in everything.values()],
        "unit": ["unit-a"],
        "channel": ["channel-a"],
        "account": ["wx00000000000000ab"],
        "trial": ["unknown"],
        "rule": ["phone-number"],
        "push": ["unknown"],
        "filename": ["site.css"],
        "name": [f"{'0' * 64}-480.jpg"],  # of a picture: tests/web/public/test_media.py says who sees which
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or right not in (None, NEEDED[rule.endpoint]):
            continue
        name = next(iter(rule.arguments), None)
        for value in known[name] if name else [""]:
            path = adapter.build(rule.endpoint, {name: value} if name else {})
            yield from (path + query for query in QUERIES)


def leaks(client: FlaskClient, paths: Iterator[str]) -> list[str]:
    return [path for path in paths if SECRET in client.get(path, buffered=True).get_data(as_text=True)]


def test_the_walk_meets_items_in_every_state(everything: dict[State, Item]) -> None:
    assert {state: item.state for state, item in everything.items()} == {state: state for state in State}


def test_no_public_address_shows_what_was_not_approved(
    app: Flask, client: FlaskClient, everything: dict[State, Item]
) -> None:
    assert leaks(client, addresses(app, everything, right=Right.VISIT)) == []


@pytest.mark.usefixtures("lagging")
def test_an_index_that_lags_behind_leaks_nothing(
    app: Flask, client: FlaskClient, everything: dict[State, Item]
) -> None:
    assert leaks(client, addresses(app, everything, right=Right.VISIT)) == []


@pytest.mark.usefixtures("lagging")
def test_no_address_at_all_shows_it_to_a_stranger(
    app: Flask, client: FlaskClient, everything: dict[State, Item]
) -> None:
    assert leaks(client, addresses(app, everything)) == []


def test_the_walk_sees_what_was_approved(app: Flask, client: FlaskClient, everything: dict[State, Item]) -> None:
    with_it = [
        path
        for path in addresses(app, everything, right=Right.VISIT)
        if SHOWN + State.APPROVED in client.get(path, buffered=True).get_data(as_text=True)
    ]

    assert {"/", "/search", "/feed.atom", "/api/items", "/units/unit-a"} <= set(with_it)


@pytest.mark.parametrize("path", ["/items/{}", "/api/items/{}"])
@pytest.mark.parametrize(
    ("state", "status"),
    [(state, 200 if state in (State.APPROVED, State.CHANGED) else 404) for state in State],
)
def test_only_approved_versions_have_a_page(
    client: FlaskClient, everything: dict[State, Item], path: str, state: State, status: int
) -> None:
    assert client.get(path.format(everything[state].id)).status_code == status


def test_a_changed_item_keeps_showing_the_approved_version(client: FlaskClient, everything: dict[State, Item]) -> None:
    page = client.get(f"/items/{everything[State.CHANGED].id}").get_data(as_text=True)

    assert f"月球车{SHOWN}changed" in page


@pytest.mark.usefixtures("lagging")
def test_searching_for_the_secret_itself_lists_nothing(client: FlaskClient) -> None:
    assert client.get("/api/items", query_string={"q": SECRET}).get_json()["items"] == []

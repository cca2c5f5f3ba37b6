"""web.public.media: copies of pictures are served to whoever may see the piece, and kept by browsers for good."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.media import MediaStore
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.review.records import Move
from tests.web.kept import keep, picture
from web.public.media import FOR_ALL, FOR_EDITORS

PICTURE = picture()
WEBP, JPEG = (f"/media/{PICTURE.name(480, format)}" for format in ("webp", "jpg"))


@pytest.fixture
def item(settings: Settings, database: Database, make_item: Callable[..., Item], now: datetime) -> Item:
    """A piece that waits, with a picture that is kept."""
    made = make_item(media=(Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg"),))
    keep(settings, database, made.id, {0: PICTURE}, now=now)
    return made


@pytest.mark.parametrize(("path", "type_"), [(WEBP, "image/webp"), (JPEG, "image/jpeg")])
def test_a_copy_of_a_public_piece_is_everybody_s_and_stays_in_the_browser(
    client: FlaskClient, item: Item, move: Callable[..., None], path: str, type_: str
) -> None:
    move(item, Move.APPROVE)

    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.status_code, answer.mimetype, answer.data) == (200, type_, path.removeprefix("/media/").encode())
    assert answer.headers["Cache-Control"] == FOR_ALL
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (again.status_code, again.data) == (304, b"")


def test_a_copy_of_a_piece_that_waits_is_for_editors_alone(
    client: FlaskClient,
    desk_client: FlaskClient,
    browse: Callable[[User], FlaskClient],
    make_user: Callable[..., User],
    item: Item,
) -> None:
    unit = browse(make_user("单位甲", role=Role.UNIT, unit=item.unit))

    assert (client.get(WEBP).status_code, unit.get(WEBP).status_code) == (404, 404)
    assert client.get(WEBP).headers["Cache-Control"] == "no-store"
    seen = desk_client.get(WEBP)
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, FOR_EDITORS)


def test_a_copy_goes_with_the_piece_that_is_withdrawn(
    client: FlaskClient, item: Item, move: Callable[..., None]
) -> None:
    move(item, Move.APPROVE)
    move(item, Move.WITHDRAW)

    assert client.get(WEBP).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        picture(2).name(480, "jpg"),  # nobody shows it
        PICTURE.name(481, "jpg"),
        f"{PICTURE.hash}-480.svg",
        "..%2F..%2Fcarnival.db",
        "%00",
        f"{PICTURE.hash[:-1]}G-480.jpg",
    ],
)
def test_what_is_no_copy_is_not_there(client: FlaskClient, item: Item, move: Callable[..., None], name: str) -> None:
    move(item, Move.APPROVE)

    assert client.get(f"/media/{name}").status_code == 404


def test_a_copy_whose_file_is_gone_is_not_there(
    settings: Settings, client: FlaskClient, item: Item, move: Callable[..., None]
) -> None:
    move(item, Move.APPROVE)
    MediaStore(settings.data_folder).remove(PICTURE.hash)

    assert client.get(WEBP).status_code == 404

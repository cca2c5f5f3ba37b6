"""The page of the tagger's versions: editors look, an administrator chooses."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing
from indexer.understanding.learning.live import live_number
from tests.tagger_versions import keep_version
from web.review import tagger


@pytest.fixture
def _versions(database: Database) -> None:
    for number, standing in ((1, Standing.LIVE), (2, Standing.WAITING)):
        keep_version(database, number, standing=standing)


@pytest.fixture
def admin_client(browse: Callable[[User], FlaskClient], make_user: Callable[..., User]) -> FlaskClient:
    return browse(make_user("管理员", role=Role.ADMIN))


@pytest.mark.usefixtures("_versions")
def test_an_editor_sees_how_each_version_did_and_chooses_none(desk_client: FlaskClient, database: Database) -> None:
    page = desk_client.get("/review/tagger").text

    assert "0.512" in page
    assert "0.731" in page
    assert 'name="number"' not in page
    assert desk_client.post("/review/tagger", data={"number": "2"}).status_code == 403
    assert live_number(database) == 1


@pytest.mark.usefixtures("_versions")
@pytest.mark.parametrize(
    ("number", "status", "live"), [("2", 302, 2), ("0", 302, None), ("9", 409, 1), ("x", 400, 1), ("", 400, 1)]
)
def test_an_administrator_makes_one_live(
    admin_client: FlaskClient, database: Database, number: str, status: int, live: int | None
) -> None:
    assert admin_client.post("/review/tagger", data={"number": number}).status_code == status
    assert live_number(database) == live


def test_its_address_leads_here(client: FlaskClient) -> None:
    assert client.application.view_functions["review.tagger"] is tagger.show

"""The site over a real database and a real index, and people who are signed in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import FlaskLoginClient
from jinja2 import FileSystemBytecodeCache

from config.settings import SHIPPED, Settings
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.base import times
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.people import sessions
from indexer.people.accounts import User, Visit
from indexer.records import items
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.factory import open_index
from indexer.search.port import SearchIndex
from indexer.search.publish import publish
from web.app.access import SignedIn
from web.app.factory import create_app
from web.app.limits import limiter


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, site_name="示例嘉年华")


@pytest.fixture
def index(settings: Settings) -> SearchIndex:
    return open_index(settings)


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """The shipped taxonomy, read once: it takes a third of a second."""
    return load_taxonomy(SHIPPED / "taxonomy.yaml")


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """What the templates of one application were compiled to, for the next."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(
    settings: Settings,
    database: Database,
    index: SearchIndex,
    taxonomy: Taxonomy,
    compiled_templates: FileSystemBytecodeCache,
) -> Flask:
    """The application, with forms that need no token and without limits: tests of those switch them on."""
    made = create_app(settings, database=database, index=index, taxonomy=taxonomy)
    made.jinja_env.bytecode_cache = compiled_templates
    made.config |= {"TESTING": True, "WTF_CSRF_ENABLED": False}
    made.test_client_class = FlaskLoginClient
    limiter.enabled = False
    return made


@pytest.fixture
def limited(app: Flask) -> Iterator[None]:
    """With the limits, none of them used up."""
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    return app.test_client()


@pytest.fixture
def browse(app: Flask, database: Database) -> Callable[[User], FlaskClient]:
    """Give a browser in which this person is signed in."""

    def enter(user: User) -> FlaskClient:
        with database.transaction() as tx:
            token = sessions.start(tx, user.id, Visit(), now=times.now())
        return app.test_client(user=SignedIn(user, token))

    return enter


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def desk_client(browse: Callable[[User], FlaskClient], editor: User) -> FlaskClient:
    """An editor's browser."""
    return browse(editor)


@pytest.fixture
def work_off(database: Database, index: SearchIndex) -> Callable[[], None]:
    """Let search follow what was decided, as `carnival work` does."""

    def publish_all() -> None:
        while publish(database, index, now=times.now()):
            pass

    return publish_all


@pytest.fixture
def move(editor: User, move_on: Callable[..., Decision], work_off: Callable[[], None]) -> Callable[..., Decision]:
    """Make a move on an item as it stands, as the editor or somebody else, with a reason, and let search follow."""

    def make(item: Item, move: Move, *, who: User = editor) -> Decision:
        decision = move_on(item, move, who=who, why="示例理由")
        work_off()
        return decision

    return make


@pytest.fixture
def stored(database: Database) -> Callable[[ItemId], Item]:
    """Read an item anew."""

    def read(item: ItemId) -> Item:
        with database.reading() as tx:
            found = items.item(tx, item)
        assert found is not None
        return found

    return read

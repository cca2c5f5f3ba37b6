"""The Flask application: blueprints, extensions, headers."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

import web
from config.errors import ConfigRefused, Problem
from config.policy import Policy
from config.policy_file import PolicyFile
from config.settings import Settings
from config.synonyms import load_synonyms
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.commands.opening import open_or_make_records
from indexer.records.database import Database
from indexer.search.factory import open_reader
from indexer.search.following import Following
from indexer.search.help.gathering import Gathered
from indexer.search.help.popular import Tally
from indexer.search.port import SearchReader
from web.api import items as api_items
from web.api import pushes as api_pushes
from web.app import access, addresses, bodies, errors, headers, limits, preferences, rendering, session
from web.app.addresses import PlacedFlask
from web.app.key import secret_key
from web.app.site import EXTENSION, Site
from web.auth import account
from web.auth import views as auth_views
from web.callbacks import views as callback_views
from web.public import views as public_views
from web.review import views as review_views
from web.unit import views as unit_views

REQUEST_BYTES = 1024 * 1024
PAGES = (
    public_views,
    review_views,
    unit_views,
    api_items,
    api_pushes,
    auth_views,
    account,
    callback_views,
)
CATALOGUE = Path(web.__file__).parent / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.mo"
CONFIGURED: Mapping[str, object] = MappingProxyType(
    {
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": REQUEST_BYTES,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a desk stays open for a day
        "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
        "BABEL_TRANSLATION_DIRECTORIES": str(CATALOGUE.parents[2]),
    }
)


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    index: SearchReader | None = None,
    taxonomy: Taxonomy | None = None,
    policy: Policy | None = None,
) -> Flask:
    """Return the application; parts not given are opened by the settings. Raises ConfigRefused: no words, bad files."""
    _need_words()
    app = PlacedFlask("web")
    app.json = readable_json(app)
    app.config |= {**CONFIGURED, "SECRET_KEY": secret_key(settings)}
    database, taxonomy = database or open_or_make_records(settings), taxonomy or load_taxonomy(settings.taxonomy_file)
    gathered = Gathered(database, taxonomy, load_synonyms(settings.synonyms_file))
    app.extensions[EXTENSION] = Site(
        settings=settings,
        database=database,
        index=Following(index or open_reader(settings), database),
        taxonomy=taxonomy,
        policies=_policies(settings, policy),
        help=gathered,
        tally=Tally(database, lambda words: gathered.help().is_of_words(words)),
    )
    Babel(app, locale_selector=preferences.locale)
    headers.install(app)  # first, so that its after_request runs last
    for first in (session, addresses, bodies, limits):  # what is asked for is checked before who asks
        first.install(app)
    tokens = CSRFProtect(app)
    for signed in (api_pushes, callback_views):  # no cookie counts there
        tokens.exempt(signed.blueprint)
    access.install(app)
    for part in (errors, preferences, rendering):
        part.install(app)
    for views in PAGES:
        app.register_blueprint(views.blueprint)
    access.check(app)
    return app


def _policies(settings: Settings, given: Policy | None) -> PolicyFile:
    """Raises ConfigRefused where the file is faulty: the site does not start with one."""
    policies = PolicyFile(settings.policy_file, given=given)
    policies.read()
    return policies


def readable_json(app: Flask) -> DefaultJSONProvider:
    """Return a provider that writes Chinese as Chinese."""
    provider = DefaultJSONProvider(app)
    provider.ensure_ascii = False
    return provider


def _need_words() -> None:
    if not CATALOGUE.exists():
        raise ConfigRefused(
            [
                Problem(
                    file=str(CATALOGUE),
                    line=0,
                    field="",
                    what="is missing",
                    do="Run `make install`, or `pybabel compile -d web/translations`.",
                )
            ]
        )

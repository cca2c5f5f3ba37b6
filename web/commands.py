"""`carnival web`: the site behind a production server."""

import click
import structlog

from config.checks import check_own_files
from config.command.listening import check_listener
from config.logs import set_up_logs
from config.settings import Settings, load_settings
from indexer.audit.loaded import note_start
from indexer.base.cycles import keep_for_good
from indexer.base.times import now
from indexer.commands.opening import index_trouble
from indexer.commands.operators import this_operator
from indexer.search.port import IndexDown, Query, SearchReader
from web.app.bodies import uploads
from web.app.factory import create_app
from web.app.server import Listening
from web.app.site import EXTENSION, Site

log = structlog.get_logger()


@click.command("web")
@click.option("--host", help="Address to listen on; else CARNIVAL_HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; else CARNIVAL_PORT, else 8080.")
def web_command(host: str | None, port: int | None) -> None:
    """Serve the public site, the desks and the interfaces until stopped."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    check_own_files(settings)
    named = ("--host" if host else "CARNIVAL_HOST", "--port" if port else "CARNIVAL_PORT")
    host, port = host or settings.host, port or settings.port
    check_listener(host, port, host_given_as=named[0], port_given_as=named[1])
    app = create_app(settings.model_copy(update={"host": host, "port": port}))
    parts: Site = app.extensions[EXTENSION]
    note_start(parts.database, settings, by=this_operator(), now=now())
    _say_if_down(settings, parts.index)
    log.info("web_started", host=host, port=port)
    keep_for_good()
    Listening(app, host=host, port=port, uploads=uploads(app)).run()


def _say_if_down(settings: Settings, index: SearchReader) -> None:
    """Pages and desks do without search for a while, so the site starts all the same."""
    try:
        index.find(Query(limit=0, counted=()))
    except IndexDown as error:
        click.echo(index_trouble(settings, error), err=True)

"""`carnival web`: the site behind a production server."""

import click
import structlog

from config.logs import set_up_logs
from config.settings import load_settings
from web.app import create_app
from web.server import serve

log = structlog.get_logger()


@click.command("web")
@click.option("--host", help="Address to listen on; else CARNIVAL_HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; else CARNIVAL_PORT, else 8080.")
def web_command(host: str | None, port: int | None) -> None:
    """Serve the public site, the desks and the interfaces until stopped."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    host, port = host or settings.host, port or settings.port
    app = create_app(settings.model_copy(update={"host": host, "port": port}))
    log.info("web_started", host=host, port=port)
    serve(app, host=host, port=port)

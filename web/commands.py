"""`carnival web`: the site behind a production server."""

import click
import structlog
import waitress

from config.logs import set_up_logs
from config.settings import load_settings
from web.app import create_app

THREADS = 4  # tests/benchmarks/web_servers.py: 8 serve no more and make each reader wait longer
log = structlog.get_logger()


@click.command("web")
@click.option("--host", help="Address to listen on; else CARNIVAL_HOST, else 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; else CARNIVAL_PORT, else 8080.")
def web_command(host: str | None, port: int | None) -> None:
    """Serve the public site, the desks and the interfaces until stopped."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    host, port = host or settings.host, port or settings.port
    app = create_app(settings)
    log.info("web_started", host=host, port=port)
    waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)

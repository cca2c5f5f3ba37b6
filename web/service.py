"""The site as `carnival up` runs it."""

from collections.abc import Mapping, Sequence

import click

from config.command.listening import check_listener
from config.command.service import Service, Stage, Start

PORT = click.Option(["--port"], type=click.IntRange(1, 65535), help="Port of the site; else CARNIVAL_PORT, else 8080.")


class Site(Service):
    """`carnival web`; ready when it answers anything."""

    options = (PORT,)

    def check(self, start: Start) -> None:
        named = "--port" if start.options.get("port") else "CARNIVAL_PORT"
        host = start.settings.host
        check_listener(host, _port(start), host_given_as="CARNIVAL_HOST", port_given_as=named)

    def prepare(self, start: Start) -> Mapping[str, str]:
        return {"CARNIVAL_PORT": str(_port(start))}

    def command(self, start: Start) -> Sequence[str]:
        return ("web", "--port", str(_port(start)))

    def address(self, start: Start) -> str:
        # Not /healthz: that would wait for an index that only the collector mends.
        return f"{_origin(start)}/robots.txt"

    def greeting(self, start: Start) -> Sequence[str]:
        address = _origin(start)
        return (f"\n{start.settings.site_name}: {address}/", f"Review desk and unit desk: {address}/sign-in")


def _port(start: Start) -> int:
    given = start.options.get("port")
    return given if isinstance(given, int) else start.settings.port


def _origin(start: Start) -> str:
    return f"http://{start.settings.host}:{_port(start)}"


SITE = Site("web", stage=Stage.SITE)

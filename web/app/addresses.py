"""The site's own addresses: the hosts it answers to, and the base of its absolute addresses.

No address is made from a host that a request names, but for this machine's own names: caches keep what is made, and
others read it.
"""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, has_request_context, request
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from web.app.site import EXTENSION, site

EVERY_INTERFACE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104  (compared with, not listened on)
PATHS_KEPT = 20_000
WATCHED = frozenset({"public.health"})  # what a watcher on this machine asks for by the address listened on


class PlacedFlask(Flask):
    """A Flask whose absolute addresses come from the settings."""

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
        self._paths: dict[object, str] = {}

    def url_for(self, endpoint: str, *, _external: bool | None = None, **values: Any) -> str:  # noqa: ANN401
        """Return the address of a view; `_external` puts the site's own origin before it."""
        if None in values.values():  # Flask's own function of this name hands on so what nobody asked for
            values = {name: value for name, value in values.items() if value is not None}
        path = self._path(endpoint, values)
        return f"{origin(site().settings)}{path}" if _external else path

    def _path(self, endpoint: str, values: Mapping[str, Any]) -> str:
        """The same view and values have one path: a page asks for a hundred, and each takes longer than a line."""
        key = (request.script_root, endpoint, *values.items()) if has_request_context() else None
        if key is None or endpoint.startswith(".") or not all(isinstance(one, str) for one in values.values()):
            return super().url_for(endpoint, _external=False, **values)
        if (path := self._paths.get(key)) is None:
            if len(self._paths) >= PATHS_KEPT:
                self._paths.clear()
            path = self._paths[key] = super().url_for(endpoint, _external=False, **values)
        return path


def origin(settings: Settings) -> str:
    """Return scheme, host and port of the site, without a slash at the end.

    Without a public address: that of this machine as the reader reached it (the port may be a tunnel's), else the
    address that is listened on.
    """
    if settings.public_url is not None:
        return settings.public_url
    if _is_here(_name(request.host)):
        return request.host_url.rstrip("/")
    host = "127.0.0.1" if settings.host in EVERY_INTERFACE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def is_https() -> bool:
    """Tell whether readers come by https: this request did, or the site's address says that all do."""
    return request.is_secure or (site().settings.public_url or "").startswith("https:")


def check_host() -> None:
    """Refuse a request for a host that is not this site's; without a public address every host is."""
    public = site().settings.public_url
    if public is None or _name(request.host) == urlsplit(public).hostname:
        return
    if request.endpoint in WATCHED and _is_here(_name(request.host)):
        return
    abort(400)


def keep_on_site(response: Response) -> Response:
    """Write a redirect within the site as a path: Werkzeug would put the request's own Host before it."""
    if response.location:
        path = response.location.removeprefix(request.host_url.rstrip("/"))
        is_path = path.startswith("/") and not path.startswith(("//", "/\\"))  # else another host would stand there
        response.location = path if is_path else response.location
    return response


def install(app: Flask) -> None:
    """Read who asks and how from the trusted proxies alone, then check the host of every request."""
    proxies = app.extensions[EXTENSION].settings.trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.before_request(check_host)
    app.after_request(keep_on_site)


def _name(host: str) -> str:
    """Return a Host without its port; empty where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _is_here(name: str) -> bool:
    if name == "localhost" or (name and name == site().settings.host):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False

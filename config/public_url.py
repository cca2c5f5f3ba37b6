"""The public address of the site: scheme and host, and nothing that could be mistaken for a page."""

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from config.files.faults import fault

NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
DEFAULT_PORTS = {"http": 80, "https": 443}
REMEDY = "Write it as https://kexue.example.cn: http or https, a host, perhaps a port."


def public_origin(text: str) -> str:
    """Return the address as browsers write it: lower case, no port where it is the scheme's own, no slash at its end.

    Raises PydanticCustomError with what is wrong.
    """
    if not text.isprintable() or text != text.strip():
        raise _refusal("holds white space or characters that cannot be seen")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refusal("is no address") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise _refusal("is no http or https address")
    if "@" in parts.netloc:
        raise _refusal("holds a sign-in")
    if parts.path not in ("", "/") or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise _refusal("holds more than scheme, host and port")
    if port == 0:
        raise _refusal("has no usable port")
    shown_port = "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{_host(parts.hostname)}{shown_port}"


def _host(host: str) -> str:
    if ":" in host:
        try:
            return f"[{IPv6Address(host).compressed}]"
        except AddressValueError as error:
            raise _refusal("has no host that could be reached") from error
    try:
        name = host.encode("idna").decode("ascii").lower()  # a Chinese name comes in a request in this form
    except UnicodeError as error:
        raise _refusal("has no host that could be reached") from error
    if len(name) > 253 or NAME.fullmatch(name) is None:
        raise _refusal("has no host that could be reached")
    return name


def _refusal(what: str) -> PydanticCustomError:
    return fault(what, REMEDY)
